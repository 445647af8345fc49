import { html } from 'ghtml';
import type { AuditPage } from '../../accounts/audit.js';
import type { ChainState } from '../../accounts/audit-chain.js';
import { AUDIT_ACTS, type AuditAct, type AuditEntry } from '../../accounts/audit-entry.js';
import { parisTime } from '../account/paris-time.js';
import type { Word } from '../layout.js';

export interface AuditView {
  csrf: string;
  page: AuditPage;
  /** Logins by account, and who acts without one. */
  names: ReadonlyMap<string, string>;
  filter: { by: string; act: AuditAct | undefined };
  chain: ChainState;
  /** Whether the whole chain was followed. */
  whole: boolean;
}

export function auditView(t: Word, view: AuditView): string {
  const { csrf, page } = view;
  const post = (action: string, word: string): string =>
    html`<form method="post" action="${action}"><input type="hidden" name="csrf" value="${csrf}"><button>${word}</button></form>`;
  return html`<h1>${t('staff-admin.audit')}</h1>
!${chainStatus(t, view)}
<div class="acts">!${post('/console/journal', t('staff-admin.chain.verify'))}!${post('/console/journal/export', t('staff-admin.export'))}</div>
!${filters(t, view)}
!${page.entries.length === 0 ? html`<p>${t('staff-admin.nothing')}</p>` : table(t, view)}
!${older(t, view)}`;
}

function chainStatus(t: Word, { chain, whole }: AuditView): string {
  if (chain.kind === 'broken')
    return html`<p class="fault" role="alert">${t('staff-admin.chain.broken', { seq: chain.seq })}</p>`;
  const key = whole ? 'staff-admin.chain.whole' : 'staff-admin.chain.recent';
  return html`<p class="notice" role="status">${t(key, { count: chain.entries })} <code>${chain.head.slice(0, 16)}</code></p>`;
}

function filters(t: Word, { names, filter }: AuditView): string {
  const option = (value: string, word: string, chosen: boolean): string =>
    html`<option value="${value}" !${chosen ? 'selected' : ''}>${word}</option>`;
  const people = [...names].map(([id, name]) => option(id, name, id === filter.by));
  const acts = AUDIT_ACTS.map((act) => option(act, t(`staff-audit.act.${act}`), act === filter.act));
  return html`<form method="get" action="/console/journal" class="filters">
<label>${t('staff-admin.who')} <select name="by">!${option('', t('staff-admin.everybody'), filter.by === '')}!${people}</select></label>
<label>${t('staff-admin.what')} <select name="act">!${option('', t('staff-admin.everything'), filter.act === undefined)}!${acts}</select></label>
<button>${t('staff-admin.filter')}</button></form>`;
}

function table(t: Word, { page, names }: AuditView): string {
  const named = (id: string): string => names.get(id) ?? id;
  const row = ({ seq, at, by, act, on }: AuditEntry): string =>
    html`<tr><td>${seq}</td><td>${parisTime(at)}</td><td>${named(by)}</td><td>${t(`staff-audit.act.${act}`)}</td><td><code>${named(on)}</code></td></tr>`;
  const head = ['number', 'when', 'who', 'what', 'on'].map(
    (name) => html`<th scope="col">${t(`staff-admin.column.${name}`)}</th>`,
  );
  return html`<div class="table" tabindex="0" role="group" aria-label="${t('staff-admin.audit')}"><table><thead><tr>!${head}</tr></thead><tbody>!${page.entries.map(row)}</tbody></table></div>`;
}

function older(t: Word, { page, filter }: AuditView): string {
  if (page.next === undefined) return '';
  const query = new URLSearchParams({ by: filter.by, act: filter.act ?? '', below: String(page.next) });
  return html`<p><a class="button" href="/console/journal?${query.toString()}">${t('staff-admin.older')}</a></p>`;
}
