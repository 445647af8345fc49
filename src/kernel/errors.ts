/**
 * Every failure that an outside caller can meet, with the HTTP status it maps to.
 * A dialog turn, a webhook and a job report the same code (see `describeError`).
 */
const STATUS = {
  'invalid-input': 400,
  unauthenticated: 401,
  'token-expired': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'version-conflict': 412,
  'too-large': 413,
  'version-missing': 428,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;

export class CodedError extends Error {
  readonly code: ErrorCode;

  /** @param message what to do about it, in one sentence; never a caller's words, number or name */
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** A start-up fault that the operations team can mend: printed as one sentence, exit code 1. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export interface ErrorDescription {
  code: ErrorCode;
  status: number;
  /** Safe to show and to log: written by us, or generic when the error was not expected. */
  message: string;
}

/** The one translation of an exception into what may leave the process. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof CodedError) return { code: error.code, status: error.status, message: error.message };
  return {
    code: 'internal',
    status: 500,
    message: 'An internal error occurred; the request may be tried again.',
  };
}
