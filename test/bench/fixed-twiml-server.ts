import express from 'express';
import twilio from 'twilio';

/** What the voice webhooks are measured beside: the same web server, the same signature, always the same TwiML. */
const token = process.argv[2] ?? '';
const response = new twilio.twiml.VoiceResponse();
response
  .gather({ input: ['speech', 'dtmf'], action: '/twilio/turn?c=fixed&t=1', method: 'POST', numDigits: 1 })
  .say({ language: 'fr-FR' }, 'Dites-moi ce qui vous amène. Pour une personne, tapez 0.');
const xml = response.toString();

const app = express();
app.disable('x-powered-by');
app.use(express.urlencoded({ extended: false }));
app.post(/.*/, (request, answer) => {
  const url = `http://${request.get('host')}${request.originalUrl}`;
  const given = request.get('x-twilio-signature') ?? '';
  if (twilio.validateRequest(token, given, url, { ...request.body })) answer.type('text/xml').send(xml);
  else answer.status(403).end();
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
