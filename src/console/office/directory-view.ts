import { html } from 'ghtml';
import type { DirectoryEntry } from '../../directory/directory-editor.js';
import type { DirectoryEdit, DirectoryGap } from '../../directory/directory-store.js';
import type { DirectoryHealth } from '../../directory/directory-table.js';
import { isStale, reviewDate } from '../../directory/freshness.js';
import { POSITIONS } from '../../directory/profile.js';
import { SERVICE_KINDS, type Service } from '../../directory/service.js';
import { ACADEMIES } from '../../kernel/academies.js';
import { CORPS } from '../../kernel/corps.js';
import { NEEDS } from '../../kernel/needs.js';
import { FEW } from '../../reporting/disclosure.js';
import { parisTime } from '../account/paris-time.js';
import { address } from '../diary/addresses.js';
import { type FormState, faultSummary, formFields, hiddenFields } from '../diary/form-fields.js';
import type { Word } from '../layout.js';
import { CONTACT_KINDS } from './directory-form.js';
import { territoryName } from './territories.js';
import { wideTable } from './wide-table.js';

export const PLACES: readonly string[] = ['national', ...ACADEMIES.map(({ slug }) => slug)];

export interface DirectoryListView {
  nav: string;
  services: readonly Service[];
  withdrawn: readonly DirectoryEntry[];
  health: DirectoryHealth;
  gaps: readonly DirectoryGap[];
  /** ISO date. */
  today: string;
  /** One place to look at; without it, all in one line each. */
  place: string | undefined;
}

export function directoryListView(t: Word, view: DirectoryListView): string {
  const { nav, place, services, health, today } = view;
  const { select } = formFields(t, { values: { place }, faults: [] });
  const places = PLACES.map((value) => ({ value, label: territoryName(t, value) }));
  const all = { value: '', label: t('staff-office.directory.all') };
  const exports = (['csv', 'json'] as const).map(
    (format) =>
      html`<a class="button" href="/console/annuaire/export.${format}">${t(`staff-office.directory.export-${format}`)}</a>`,
  );
  const shown = services.filter(({ academy }) => academy === place);
  return html`!${nav}<div class="head"><h1>${t('staff-office.directory.title')}</h1><div class="acts">!${exports.join('')}
<a class="button strong" href="${address('/console/annuaire/nouveau', { place })}">${t('staff-office.directory.new')}</a></div></div>
<p class="lead">${t('staff-office.directory.count', { count: services.length, stale: health.stale.length })}</p>
!${place === undefined ? '' : missingAt(t, view)}<form action="/console/annuaire" class="chooser">!${select({ name: 'place', label: t('staff-office.directory.field.academy') }, [all, ...places])}<button>${t('staff-office.hours.open-form')}</button></form>
!${place === undefined ? overview(t, view) : entriesTable(t, { services: shown, today, label: territoryName(t, place) })}
!${withdrawnList(t, view)}!${gapsTable(t, view.gaps)}`;
}

function missingAt(t: Word, { health, place }: DirectoryListView): string {
  const kinds = health.missing.find(({ academy }) => academy === place)?.kinds ?? [];
  if (kinds.length === 0) return '';
  const names = kinds.map((kind) => t(`staff-office.kind.${kind}`)).join(', ');
  return html`<p>${t('staff-office.directory.missing-here', { names })}</p>`;
}

function overview(t: Word, { services, health, today }: DirectoryListView): string {
  const missing = new Map(health.missing.map(({ academy, kinds }) => [academy, kinds]));
  const rows = PLACES.map((place) => {
    const here = services.filter(({ academy }) => academy === place);
    const old = here.filter((service) => isStale(service, today)).length;
    const gaps = (missing.get(place) ?? []).map((kind) => t(`staff-office.kind.${kind}`));
    const told =
      gaps.length > 4
        ? t('staff-office.directory.missing-many', { count: gaps.length })
        : gaps.join(', ') || '—';
    return html`<tr><th scope="row"><a href="${address('/console/annuaire', { place })}">${territoryName(t, place)}</a></th>
<td class="number">${here.length}</td><td class="number">${old}</td><td>${told}</td></tr>`;
  });
  const columns = ['place', 'entries', 'stale', 'missing'].map((key) => t(`staff-office.directory.${key}`));
  return wideTable(t('staff-office.directory.title'), { columns, rows });
}

function entriesTable(
  t: Word,
  { services, today, label }: { services: readonly Service[]; today: string; label: string },
): string {
  if (services.length === 0) return html`<p class="fine">${t('staff-office.directory.nothing')}</p>`;
  const rows = services.map((service) => {
    const review = reviewDate(service);
    const state = isStale(service, today)
      ? html`<span class="tag stale">${t('staff-office.directory.to-check')}</span>`
      : html`${review === 'never' ? t('staff-office.directory.never') : review}`;
    return html`<tr><th scope="row"><a href="/console/annuaire/entree/${service.id}">${service.name.fr}</a></th><td>${t(`staff-office.kind.${service.kind}`)}</td>
<td>${service.contacts.map(({ value }) => value).join(' · ') || '—'}</td><td class="hint">${service.source.document}<br>${service.source.date ?? t('staff-office.directory.undated')}</td><td>!${state}</td></tr>`;
  });
  const columns = ['service', 'kind', 'contacts', 'source', 'review'].map((key) =>
    t(`staff-office.directory.${key}`),
  );
  return wideTable(label, { columns, rows });
}

function withdrawnList(t: Word, { withdrawn }: DirectoryListView): string {
  if (withdrawn.length === 0) return '';
  const lines = withdrawn.map(
    ({ serviceId: id }) => html`<li><a href="/console/annuaire/entree/${id}">${id}</a></li>`,
  );
  return html`<section><h2>${t('staff-office.directory.withdrawn')}</h2><ul class="lines">!${lines.join('')}</ul></section>`;
}

/** Needs that a place had no entry of its own for; a count from 1 to 4 is not told apart. */
function gapsTable(t: Word, gaps: readonly DirectoryGap[]): string {
  const rows = gaps.map(
    ({ month, place, need, count }) =>
      html`<tr><th scope="row">${territoryName(t, place)}</th><td>${t(`bilan.need.${need}`)}</td><td>${month}</td><td class="number">${count > FEW ? count : `< ${FEW + 1}`}</td></tr>`,
  );
  const columns = ['place', 'need', 'month', 'times'].map((key) => t(`staff-office.directory.${key}`));
  const table =
    rows.length === 0
      ? html`<p class="fine">${t('staff-office.directory.no-gaps')}</p>`
      : wideTable(t('staff-office.directory.gaps'), { columns, rows });
  return html`<section><h2>${t('staff-office.directory.gaps')}</h2><p class="hint">${t('staff-office.directory.gaps-why')}</p>!${table}</section>`;
}

export interface DirectoryPageView {
  t: Word;
  csrf: string;
  nav: string;
  entry: DirectoryEntry | undefined;
  form: FormState;
  history: readonly DirectoryEdit[];
  today: string;
  nameOf: (staff: string) => string;
}

export function directoryEntryView(page: DirectoryPageView): string {
  const { t, csrf, nav, entry, form, today } = page;
  const service = entry?.service ?? undefined;
  const old =
    service !== undefined && isStale(service, today)
      ? html`<p class="problem">${t('staff-office.directory.stale-why')}</p>`
      : '';
  const gone =
    entry?.service === null ? html`<p class="fine">${t('staff-office.directory.is-withdrawn')}</p>` : '';
  const fields = hiddenFields({ csrf, id: entry?.serviceId ?? '', version: String(entry?.version ?? 0) });
  const withdraw =
    service === undefined
      ? ''
      : html`<form method="post" action="/console/annuaire/retirer">!${fields}<button>${t('staff-office.directory.withdraw')}</button></form>`;
  return html`!${nav}<h1>${service?.name.fr ?? t('staff-office.directory.new')}</h1>!${old}!${gone}
<form method="post" action="/console/annuaire" class="form">!${faultSummary(t, form)}!${fields}!${entryFields(t, form)}
<button class="strong">${t('staff-diary.form.save')}</button></form>
!${historyOf(page)}<div class="acts">!${withdraw}</div>`;
}

function entryFields(t: Word, form: FormState): string {
  const { input, select, choices, area } = withAreas(t, form);
  const label = (name: string) => ({ name, label: t(`staff-office.directory.field.${name}`) });
  const kinds = SERVICE_KINDS.map((value) => ({ value, label: t(`staff-office.kind.${value}`) }));
  const places = PLACES.map((value) => ({ value, label: territoryName(t, value) }));
  const needs = NEEDS.map((value) => ({ value, label: t(`bilan.need.${value}`) }));
  const corps = CORPS.map((value) => ({ value, label: t(`bilan.corps.${value}`) }));
  const positions = POSITIONS.map((value) => ({ value, label: t(`staff-office.position.${value}`) }));
  const optional = true;
  return [
    input({ ...label('nameFr'), most: 160 }),
    input({ ...label('nameEn'), most: 160 }),
    area({ ...label('whatFr'), most: 400 }),
    area({ ...label('whatEn'), most: 400 }),
    input({ ...label('audience'), most: 200 }),
    html`<div class="pair">!${select(label('kind'), kinds)}!${select(label('academy'), places)}</div>`,
    input({
      ...label('departments'),
      hint: t('staff-office.directory.departments-hint'),
      optional,
      most: 60,
    }),
    html`<p class="hint">${t('staff-office.directory.functional')}</p>`,
    ...CONTACT_KINDS.map((kind) => area({ ...label(kind), most: 1_000, optional })),
    choices({ ...label('needs'), kind: 'checkbox' }, needs),
    html`<details><summary>${t('staff-office.directory.only-for')}</summary>!${choices({ ...label('corps'), kind: 'checkbox' }, corps)}!${choices({ ...label('positions'), kind: 'checkbox' }, positions)}</details>`,
    html`<div class="pair">!${input({ ...label('document'), most: 200 })}!${input({ ...label('date'), hint: t('staff-office.directory.date-hint'), optional, most: 10 })}!${input({ ...label('line'), optional, most: 6 })}</div>`,
    area({ ...label('quote'), most: 400 }),
    input({ ...label('reviewBy'), type: 'date', hint: t('staff-office.directory.review-hint'), optional }),
    choices({ ...label('permanent'), kind: 'checkbox' }, [
      { value: 'yes', label: t('staff-office.directory.permanent') },
    ]),
  ].join('\n');
}

/** Fields of several lines beside those of the diary's forms. */
function withAreas(t: Word, form: FormState) {
  const fields = formFields(t, form);
  return {
    ...fields,
    area({
      name,
      label,
      most,
      optional = false,
    }: {
      name: string;
      label: string;
      most: number;
      optional?: boolean;
    }) {
      const wrong = form.faults.includes(name);
      const fault = wrong
        ? html`<span class="fault" id="${name}-fault">${t('staff-diary.form.fault')}</span>`
        : '';
      const about = wrong ? html` aria-invalid="true" aria-describedby="${name}-fault"` : '';
      return html`<div class="field"><label for="${name}">${label}</label><textarea id="${name}" name="${name}" rows="2" maxlength="${most}"!${optional ? '' : ' required'}!${about}>${form.values[name] ?? ''}</textarea>!${fault}</div>`;
    },
  };
}

function historyOf({ t, csrf, entry, history, nameOf }: DirectoryPageView): string {
  if (entry === undefined || history.length === 0) return '';
  const fields = hiddenFields({ csrf, id: entry.serviceId, version: String(entry.version) });
  const back = (version: number): string =>
    version === entry.version
      ? ''
      : html`<form method="post" action="/console/annuaire/revenir">!${fields}<input type="hidden" name="to" value="${version}">
<button class="quiet" aria-label="${t('staff-office.revert-named', { version })}">${t('staff-office.revert')}</button></form>`;
  const said = (service: Service | null): string =>
    service === null
      ? t('staff-office.directory.is-withdrawn')
      : [service.name.fr, ...service.contacts.map(({ value }) => value)].join(' · ');
  const rows = history.map(
    ({ version, service, editedAt, editedBy }) =>
      html`<tr><th scope="row" class="number">${version}</th><td>${parisTime(editedAt)}</td><td>${nameOf(editedBy)}</td><td>${said(service)}</td><td>!${service === null ? '' : back(version)}</td></tr>`,
  );
  const shipped = html`<tr><th scope="row" class="number">0</th><td>—</td><td>${t('staff-office.directory.shipped')}</td><td></td><td>!${back(0)}</td></tr>`;
  const columns = ['version', 'when', 'who', 'what', 'act'].map((key) => t(`staff-office.history.${key}`));
  return html`<section><h2>${t('staff-office.history.title')}</h2>!${wideTable(t('staff-office.history.title'), { columns, rows: [...rows, shipped] })}</section>`;
}
