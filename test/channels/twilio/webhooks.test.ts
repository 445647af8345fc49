import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../../src/local-phone/signed-webhook.js';
import { runningService, type TestService } from '../../support/running-service.js';

const NUMBER = '+33639980001';
const SID = `CA${'0'.repeat(32)}`;
let running: TestService;
let calls = 0;
beforeAll(async () => {
  running = await runningService({ TWILIO_API_BASE_URL: 'http://127.0.0.1:9' });
});
afterAll(() => running.remove());

const newCall = (): string => {
  calls += 1;
  return `CA${String(calls).padStart(32, '0')}`;
};

async function post(
  path: string,
  fields: Record<string, string>,
  signature?: string,
): Promise<{ status: number; body: string }> {
  const url = running.url + path;
  const token = running.environment.TWILIO_AUTH_TOKEN ?? '';
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature ?? signatureOf(token, url, fields),
    },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, body: await response.text() };
}

const call = (sid: string) => post('/twilio/voice', { CallSid: sid, From: NUMBER, To: '+33100000000' });
const actionOf = (twiml: string): string =>
  (/action="([^"]+)"/.exec(twiml)?.[1] ?? '').replaceAll('&amp;', '&');

function verbsOf(xml: string): string[] {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => names.push(name));
  parser.write(xml).close();
  return names;
}

describe('the voice webhooks', () => {
  it('answer a call with words, a question by speech and keys, and a way on after silence', async () => {
    const { status, body } = await call(newCall());
    expect(status).toBe(200);
    expect(verbsOf(body)).toEqual(['Response', 'Gather', 'Say', 'Say', 'Say', 'Redirect']);
    expect(body).toContain('input="speech dtmf"');
    expect(body).not.toContain(NUMBER.slice(1));
  });

  it('answer an unsigned request, and one signed for another body, with 403', async () => {
    const fields = { CallSid: SID, From: NUMBER };
    expect((await post('/twilio/voice', fields, '')).status).toBe(403);
    expect((await post('/twilio/voice', fields, 'AAAA')).status).toBe(403);
    const url = `${running.url}/twilio/voice`;
    const signed = signatureOf(running.environment.TWILIO_AUTH_TOKEN ?? '', url, fields);
    expect((await post('/twilio/voice', { ...fields, From: '+33639980002' }, signed)).status).toBe(403);
  });

  it('answer a malformed one with 400 that names the fields, without their content', async () => {
    const { status, body } = await post('/twilio/voice', { CallSid: 'nonsense', From: NUMBER });
    expect(status).toBe(400);
    expect(body).toContain('CallSid');
    expect(body).not.toMatch(/nonsense|33639980001/);
    expect((await post('/twilio/turn?c=../x&t=1', { CallSid: SID })).status).toBe(400);
    expect((await post('/twilio/turn?c=abc&t=1', { CallSid: SID, Digits: 'abc' })).status).toBe(400);
  });

  it('answer a body over 128 KB with 413', async () => {
    const { status } = await post('/twilio/voice', { CallSid: SID, SpeechResult: 'a'.repeat(1_000_000) });
    expect(status).toBe(413);
  });

  it('answer a call of nobody with the emergency numbers, never with an error', async () => {
    const { status, body } = await post('/twilio/turn?c=unknown&t=3', { CallSid: SID, Digits: '1' });
    expect(status).toBe(200);
    expect(body).toContain('faites le 15');
    expect(verbsOf(body)).toContain('Hangup');
  });

  it('hear the same when a webhook comes twice, and take what was said once', async () => {
    const sid = newCall();
    const [first, again] = await Promise.all([call(sid), call(sid)]);
    expect(again.body).toBe(first.body);
    const said = { CallSid: sid, SpeechResult: 'je voudrais prendre rendez-vous avec un psychologue' };
    const path = actionOf(first.body);
    const [one, two] = await Promise.all([post(path, said), post(path, said)]);
    expect(two.body).toBe(one.body);
    expect(one.body).toContain('Que préférez-vous');
  });

  it('take what comes late for a question already answered as answered', async () => {
    const sid = newCall();
    const welcome = actionOf((await call(sid)).body);
    const answer = { CallSid: sid, SpeechResult: 'annuler mon rendez-vous' };
    const code = (await post(welcome, answer)).body;
    expect((await post(welcome, { CallSid: sid })).body).toBe(code);
  });

  it('end a conversation when the caller has hung up, twice without harm', async () => {
    const sid = newCall();
    const welcome = actionOf((await call(sid)).body);
    const over = { CallSid: sid, CallStatus: 'completed' };
    expect((await post('/twilio/status', over)).status).toBe(204);
    expect((await post('/twilio/status', over)).status).toBe(204);
    expect((await post(welcome, { CallSid: sid, Digits: '1' })).body).toContain('faites le 15');
  });

  it('log no number and no word', () => {
    expect(running.logged()).not.toMatch(/639980001|psychologue|annuler/);
  });
});
