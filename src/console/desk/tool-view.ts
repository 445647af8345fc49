import { html } from 'ghtml';
import { MODES, type Slot } from '../../booking/booking.js';
import type { AdvisedService } from '../../directory/advise.js';
import { ACADEMIES } from '../../kernel/academies.js';
import { NEEDS } from '../../kernel/needs.js';
import type { Talk, TalkView } from './conversation-view.js';
import type { CodeCheck, OfferedSlot } from './side-desk.js';
import { whenAt } from './when-at.js';

export const TOOLS = ['book', 'orient', 'code'] as const;
export type Tool = (typeof TOOLS)[number];

/** What one tool shows, once it was opened. */
export type ToolState =
  | { tool: 'book'; mode: string; department: string; slots: readonly OfferedSlot[] | undefined }
  | { tool: 'orient'; need: string; department: string; services: readonly AdvisedService[] | undefined }
  | { tool: 'code'; check: CodeCheck | undefined };

/** A slot as a form carries it; whether it is offered is asked again when it is taken. */
export const slotValue = ({ psychologist, site, mode, start, end }: Slot): string =>
  [psychologist, site, mode, start, end].join('|');

export function toolsView(view: TalkView, talk: Talk, state: ToolState | undefined, say: string): string {
  const { t } = view;
  const links = TOOLS.map((tool) =>
    tool === state?.tool
      ? html`<li><a href="?tool=${tool}" aria-current="true">${t(`staff-desk.tool.${tool}`)}</a></li>`
      : html`<li><a href="?tool=${tool}">${t(`staff-desk.tool.${tool}`)}</a></li>`,
  );
  const said =
    say === '' ? '' : html`<p class="say">${t('staff-desk.say-aloud')} <strong>${say}</strong></p>`;
  return html`<section aria-labelledby="tools-title"><h2 id="tools-title">${t('staff-desk.tools')}</h2>!${said}
<ul class="filters">!${links}</ul>!${state === undefined ? '' : toolView(view, talk, state)}</section>`;
}

function toolView(view: TalkView, talk: Talk, state: ToolState): string {
  if (state.tool === 'book') return bookView(view, talk, state);
  if (state.tool === 'orient') return orientView(view, talk, state);
  return codeView(view, talk, state.check);
}

const token = ({ csrf }: TalkView): string => html`<input type="hidden" name="csrf" value="${csrf}">`;

const search = ({ t }: TalkView, { id }: Talk, tool: Tool, fields: string): string =>
  html`<form method="get" action="/console/conversations/${id}"><input type="hidden" name="tool" value="${tool}">!${fields}<button>${t('staff-desk.search')}</button></form>`;

function departmentField({ t }: TalkView, chosen: string): string {
  const option = ({ code, name }: { code: string; name: string }): string =>
    html`<option value="${code}" !${code === chosen ? 'selected' : ''}>${code} ${name}</option>`;
  const all = ACADEMIES.flatMap(({ departments }) => departments).sort((a, b) => (a.code < b.code ? -1 : 1));
  return html`<label for="department">${t('staff-desk.department')}</label>
<select id="department" name="department"><option value="">${t('staff-desk.anywhere')}</option>!${all.map(option)}</select>`;
}

function bookView(view: TalkView, talk: Talk, state: Extract<ToolState, { tool: 'book' }>): string {
  const { t } = view;
  const modes = MODES.map(
    (mode) =>
      html`<option value="${mode}" !${mode === state.mode ? 'selected' : ''}>${t(`staff-desk.mode.${mode}`)}</option>`,
  );
  const fields = html`<label for="mode">${t('staff-desk.how')}</label><select id="mode" name="mode">!${modes}</select>!${departmentField(view, state.department)}`;
  if (state.slots === undefined) return search(view, talk, 'book', fields);
  if (state.slots.length === 0)
    return html`!${search(view, talk, 'book', fields)}<p>${t('staff-desk.no-slot')}</p>`;
  const slots = state.slots.map(
    ({
      slot,
      place,
      zone,
    }) => html`<li><label><input type="radio" name="slot" value="${slotValue(slot)}" required>
${whenAt('fr', zone, slot.start)}<span>${slot.mode === 'telephone' ? t('staff-desk.mode.telephone') : place}</span></label></li>`,
  );
  return html`!${search(view, talk, 'book', fields)}
<form method="post" action="/console/conversations/${talk.id}/book">!${token(view)}
<fieldset><legend>${t('staff-desk.slots')}</legend><ul class="choices">!${slots}</ul></fieldset>
<button class="strong">${t('staff-desk.book')}</button><p class="hint">${t('staff-desk.book-hint')}</p></form>`;
}

function orientView(view: TalkView, talk: Talk, state: Extract<ToolState, { tool: 'orient' }>): string {
  const { t } = view;
  const needs = NEEDS.filter((need) => need !== 'crise').map(
    (need) =>
      html`<option value="${need}" !${need === state.need ? 'selected' : ''}>${t(`bilan.need.${need}`)}</option>`,
  );
  const fields = html`<label for="need">${t('staff-desk.need')}</label><select id="need" name="need">!${needs}</select>!${departmentField(view, state.department)}`;
  if (state.services === undefined) return search(view, talk, 'orient', fields);
  const services = state.services.map(
    ({ service, stale }) => html`<li><label><input type="checkbox" name="service" value="${service.id}">
${service.name.fr}<span>${service.contacts.map(({ value }) => value).join(' · ')}!${stale ? html` (${t('staff-desk.stale')})` : ''}</span></label></li>`,
  );
  return html`!${search(view, talk, 'orient', fields)}
<form method="post" action="/console/conversations/${talk.id}/orient">!${token(view)}
<input type="hidden" name="need" value="${state.need}"><input type="hidden" name="department" value="${state.department}">
<fieldset><legend>${t('staff-desk.services')}</legend><ul class="choices">!${services}</ul></fieldset>
<button class="strong">${t('staff-desk.send-card')}</button></form>`;
}

function codeView(view: TalkView, talk: Talk, check: CodeCheck | undefined): string {
  const { t } = view;
  const result = check === undefined ? '' : html`<p role="status">!${checkText(view, check)}</p>`;
  return html`<form method="post" action="/console/conversations/${talk.id}/code" autocomplete="off">!${token(view)}
<label for="code">${t('staff-desk.code')}</label>
<input id="code" name="code" inputmode="numeric" required maxlength="20" autocomplete="off">
<button>${t('staff-desk.check')}</button></form>!${result}`;
}

export function checkText({ t }: Pick<TalkView, 't'>, check: CodeCheck): string {
  if (check.kind === 'not-found') return html`${t('staff-desk.code-unknown')}`;
  const { site, mode, start } = check.booking;
  const place = mode === 'telephone' ? t('staff-desk.mode.telephone') : site.name;
  return html`${t('staff-desk.code-found', { when: whenAt('fr', site.zone, start), place })}`;
}
