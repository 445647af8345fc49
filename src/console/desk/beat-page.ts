import { html } from 'ghtml';
import type { StaffRoutes } from '../staff-routes.js';
import type { DeskParts } from './desk-parts.js';

/** Sooner than an owner in danger counts as lost. */
const AGAIN_SECONDS = 3;

/**
 * Without a script a small frame comes again and again in place of the page: whoever writes an answer is there, and
 * what they write is not lost to a page that reloads.
 */
export function addBeat({ presences }: Pick<DeskParts, 'presences'>, routes: StaffRoutes): void {
  routes.page('/desk/beat', 'desk:own', async ({ account, response }) => {
    await presences.beat(account);
    response
      .set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'self'")
      .type('html')
      .send(
        html`<!doctype html><html lang="fr"><head><title>·</title><meta http-equiv="refresh" content="${AGAIN_SECONDS}"></head><body></body></html>`,
      );
  });
}

export const beatFrame = (title: string): string =>
  html`<noscript><iframe class="beat" src="/console/desk/beat" title="${title}" tabindex="-1"></iframe></noscript>`;
