import type { Response } from 'express';
import type { z } from 'zod';
import type { Translate } from '../../locales/translate.js';
import { CodedError } from '../kernel/errors.js';
import { layout, type Page, type Word } from './layout.js';
import type { StaffRequest } from './staff-routes.js';

/** What all staff pages are made with. */
export interface ConsoleFrame {
  t: Word;
  /**
   * Answers with a page. `?said=<code>` in its address shows `console.said.<code>` when `said` lists that code:
   * forms answer with a redirect to it.
   */
  show(staff: StaffRequest, page: Page, said?: readonly string[]): void;
}

export function createFrame(translate: Translate): ConsoleFrame {
  const t: Word = (key, params) => translate('fr', key, params);
  return {
    t,
    show({ account, csrf, request, response }, page, said = ['done']) {
      const code = String(request.query.said ?? '');
      const notice = page.notice ?? (said.includes(code) ? t(`console.said.${code}`) : '');
      const path = `${request.baseUrl}${request.path}`.replace(/\/$/, '');
      if (page.styleNonce !== undefined) letStyleIn(response, page.styleNonce);
      response.type('html').send(layout(t, { path, account, csrf, notice }, page));
    },
  };
}

/** The library's sheet, and the letters of its arrows, which stand inside the sheet. */
function letStyleIn(response: Response, nonce: string): void {
  const policy = String(response.get('Content-Security-Policy') ?? '');
  const own = "style-src 'self'";
  response.set('Content-Security-Policy', `${policy.replace(own, `${own} 'nonce-${nonce}'`)};font-src data:`);
}

/**
 * What a form or an address brought, checked.
 * @throws CodedError `invalid-input`
 */
export function parseForm<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new CodedError('invalid-input', 'The form is incomplete; go back and fill it in.');
  return parsed.data;
}
