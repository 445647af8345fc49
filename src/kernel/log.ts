import { pino } from 'pino';

/**
 * The only fields a log line may carry. Codes, counts and our own random ids: never a number, a name, an
 * address or words of a caller (product.md, "Anonymity", rule 1). Anything else is dropped.
 */
const ALLOWED = new Set([
  'code',
  'status',
  'count',
  'ms',
  'channel',
  'route',
  'method',
  'part',
  'job',
  'kind',
  'outcome',
  'conversation',
  'alert',
  'version',
  'attempt',
  'port',
  'store',
  'errorName',
  'stack',
]);

/** Values longer than this, or not made of these characters, are free text and are dropped. */
const CODE_LIKE = /^[\w./:@-]{1,80}$/;

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A run of six digits or more could be a caller's number, whatever the field is called. */
const isAllowedValue = (field: string, value: unknown): boolean => {
  if (typeof value === 'number' || typeof value === 'boolean') return true;
  if (field === 'stack') return typeof value === 'string';
  return typeof value === 'string' && CODE_LIKE.test(value) && (isOurId(field) || !/\d{6}/.test(value));
};

const isOurId = (field: string): boolean => field === 'conversation' || field === 'alert';

/** Keeps the allowed fields whose values look like codes. */
export function allowedFields(fields: LogFields = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => ALLOWED.has(name) && isAllowedValue(name, value)),
  );
}

/**
 * Where an exception came from, without its message: messages may quote input, frames never do.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: 'NotAnError' };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { errorName: error.name, stack: frames.slice(0, 6).join('\n') };
}

/** @param destination a writable stream, `process.stdout` by default */
export function createLogger(level: LogLevel, destination?: NodeJS.WritableStream): Logger {
  const out = pino({ level, base: null }, destination ?? process.stdout);
  const write = (name: 'debug' | 'info' | 'warn' | 'error') => (event: string, fields?: LogFields) =>
    out[name](allowedFields(fields), event);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
