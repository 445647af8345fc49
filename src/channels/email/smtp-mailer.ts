import { createTransport } from 'nodemailer';
import { StartError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/log.js';

export interface Mailer {
  send(mail: { to: string; subject: string; text: string }): Promise<'sent' | 'failed'>;
}

const TIMEOUT_MS = 10_000;

/**
 * Sends plain mails through the server of SMTP_URL. The sender is the account of the address, or `from` in its query
 * (`smtps://account:password@host?from=ligne@exemple.fr`).
 * @throws StartError when there is no sender
 */
export function createSmtpMailer(smtpUrl: string, log: Logger): Mailer {
  const url = new URL(smtpUrl);
  const from = url.searchParams.get('from') ?? decodeURIComponent(url.username);
  if (!from.includes('@')) throw new StartError('SMTP_URL: add the sender, ?from=address, to it.');
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
    secure: url.protocol === 'smtps:',
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // The text and its address stay out of the library's own log.
    logger: false,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail({ ...mail, from, headers: { 'Auto-Submitted': 'auto-generated' } });
        return 'sent';
      } catch (error) {
        // The library's message holds the address: only its code is kept.
        log.warn('a mail could not be sent', { part: 'mail', code: codeOf(error) });
        return 'failed';
      }
    },
  };
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
