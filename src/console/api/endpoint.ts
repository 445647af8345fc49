import type { z } from 'zod';
import type { Account } from '../../accounts/account.js';
import type { Permission } from '../../accounts/permissions.js';
import type { ErrorCode } from '../../kernel/errors.js';

export type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/** What a handler is given: checked by the schemas of its endpoint. */
export interface ApiRequest<Params, Query, Body> {
  account: Account;
  params: Params;
  query: Query;
  body: Body;
  /** The version the client has seen (`If-Match`); 0 for endpoints that do not edit. */
  version: number;
  /** The mark the client has seen (`If-Match`); '' for endpoints without marks. */
  mark: string;
  /** Of a browser's session, for its next changes; '' for a program with a token. */
  csrf: string;
}

export type ApiAnswer<Body> =
  /** `version`, where there is one, goes out as the ETag. */
  | { body: Body; version?: number | string; status?: 200 | 201 }
  /** What may normally happen: a lost race, an edit of an old version (`current` is what is there). */
  | { problem: ErrorCode; detail: string; current?: unknown };

/** One route of the staff API: what it asks for, what it takes and gives, and who does it. */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  method: Method;
  /** Under `/api/v1`, parameters as `{id}`. */
  path: `/${string}`;
  permission: Permission;
  /** One line for the reader of the OpenAPI document. */
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Nothing leaves that it does not name. */
  answer: Answer;
  /** An edit asks for `If-Match`. */
  edits?: boolean;
  /** Its ETag is a mark of the content, not a number. */
  marks?: boolean;
  handle(
    request: ApiRequest<z.output<Params>, z.output<Query>, z.output<Body>>,
  ): Promise<ApiAnswer<z.input<Answer>>>;
}

export type AnyEndpoint = Endpoint;

/** Declares an endpoint; the schemas give the handler its types. */
export function endpoint<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(declared: Endpoint<Params, Query, Body, Answer>): AnyEndpoint {
  return declared as unknown as AnyEndpoint;
}
