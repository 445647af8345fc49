import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSmtpMailer } from '../../../src/channels/email/smtp-mailer.js';
import { createLogger } from '../../../src/kernel/log.js';

let server: SMTPServer;
let received: { from: string; to: string[]; data: string }[];
let logged: string;
let refuse: boolean;

const log = () =>
  createLogger(
    'debug',
    new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk);
        done();
      },
    }),
  );
const address = (): string => `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;

beforeEach(async () => {
  received = [];
  logged = '';
  refuse = false;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (to, _session, done) => done(refuse ? new Error(`no such box ${to.address}`) : null),
    onData(stream, session, done) {
      let data = '';
      stream.on('data', (chunk) => {
        data += String(chunk);
      });
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((one) => one.address),
          data,
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

const MAIL = { to: 'prof@exemple.fr', subject: 'Rappel', text: 'Rappel : mardi 3 mars à 14 h.' };

describe('the mailer, with a real SMTP server', () => {
  it('delivers a plain text from the sender of the address', async () => {
    const mailer = createSmtpMailer(`${address()}?from=ligne@exemple.fr`, log());
    expect(await mailer.send(MAIL)).toBe('sent');
    expect(received).toMatchObject([{ from: 'ligne@exemple.fr', to: ['prof@exemple.fr'] }]);
    expect(received[0]?.data).toContain('Subject: Rappel');
    expect(received[0]?.data).toContain('Auto-Submitted: auto-generated');
    expect(received[0]?.data).toMatch(/mardi 3 mars/);
  });

  it('answers a refusal as a value, and logs no address', async () => {
    refuse = true;
    const mailer = createSmtpMailer(`${address()}?from=ligne@exemple.fr`, log());
    expect(await mailer.send(MAIL)).toBe('failed');
    expect(logged).toContain('a mail could not be sent');
    expect(logged).not.toContain('exemple.fr');
  });

  it('answers a server that cannot be reached as a value', async () => {
    const mailer = createSmtpMailer('smtp://127.0.0.1:1?from=ligne@exemple.fr', log());
    expect(await mailer.send(MAIL)).toBe('failed');
  });

  it('asks for a sender at start', () => {
    expect(() => createSmtpMailer('smtp://127.0.0.1:25', log())).toThrow(/SMTP_URL: add the sender/);
  });
});
