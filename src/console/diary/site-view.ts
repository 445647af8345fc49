import { html } from 'ghtml';
import { type Closure, SITE_KINDS, type Site } from '../../booking/booking.js';
import { markOf } from '../../booking/diary-mark.js';
import type { Diary } from '../../booking/diary-store.js';
import { ACADEMIES, COLLECTIVITIES } from '../../kernel/academies.js';
import type { Word } from '../layout.js';
import { awayList } from './away-view.js';
import { diaryNav } from './diary-nav.js';
import { type FormState, faultSummary, formFields, hiddenFields } from './form-fields.js';

export interface DiaryPageView {
  t: Word;
  csrf: string;
  diary: Diary;
}

export function siteListView(t: Word, { sites, rules }: Diary): string {
  const ordered = [...sites].sort(
    (a, b) => a.department.localeCompare(b.department) || a.name.localeCompare(b.name),
  );
  const people = (site: Site): number =>
    new Set(rules.filter((rule) => rule.site === site.id).map(({ psychologist }) => psychologist)).size;
  const rows = ordered.map(
    (site) => html`<tr><th scope="row"><a href="/console/sites/${site.id}">${site.name}</a></th>
<td>${t(`staff-diary.kind.${site.kind}`)}</td><td>${site.department || '—'}</td><td>${site.zone}</td><td class="number">${people(site)}</td>
<td><a href="/console/agenda?site=${site.id}">${t('staff-diary.sites.week')}</a></td></tr>`,
  );
  const columns = ['site', 'kind', 'department', 'zone', 'people', 'week'].map(
    (key) => html`<th scope="col">${t(`staff-diary.column.${key}`)}</th>`,
  );
  return html`!${diaryNav(t, 'sites')}<div class="head"><h1>${t('staff-diary.sites.title')}</h1>
<a class="button" href="/console/sites/nouveau">${t('staff-diary.sites.new')}</a></div>
<div class="table"><table><thead><tr>!${columns.join('')}</tr></thead><tbody>!${rows.join('')}</tbody></table></div>`;
}

const ZONES = [...new Set([...ACADEMIES, ...COLLECTIVITIES].map(({ zone }) => zone))].sort((a, b) =>
  a === 'Europe/Paris' ? -1 : b === 'Europe/Paris' ? 1 : a.localeCompare(b),
);

export function siteView(
  { t, csrf, diary }: DiaryPageView,
  { site, mark, form }: { site: Site | undefined; mark: string; form: FormState },
): string {
  const { input, select, choices } = formFields(t, form);
  const kinds = SITE_KINDS.map((kind) => ({ value: kind, label: t(`staff-diary.kind.${kind}`) }));
  const fridays = ['closed', 'works'].map((value) => ({
    value,
    label: t(`staff-diary.good-friday.${value}`),
  }));
  const closures = diary.closures.filter((closure) => closure.site === site?.id);
  return html`!${diaryNav(t, 'sites')}<h1>${site?.name ?? t('staff-diary.sites.new')}</h1>
!${site === undefined ? '' : siteLinks(t, site)}
<form method="post" action="/console/sites" class="form">!${faultSummary(t, form)}!${hiddenFields({ csrf, mark, id: site?.id ?? '' })}
!${input({ name: 'name', label: t('staff-diary.field.name'), most: 120 })}
!${select({ name: 'kind', label: t('staff-diary.field.kind') }, kinds)}
!${input({ name: 'department', label: t('staff-diary.field.department'), hint: t('staff-diary.hint.department'), optional: true, most: 3 })}
!${input({ name: 'address', label: t('staff-diary.field.address'), optional: true })}
!${input({ name: 'accessibility', label: t('staff-diary.field.accessibility'), hint: t('staff-diary.hint.accessibility'), optional: true })}
!${select(
    { name: 'zone', label: t('staff-diary.field.zone'), hint: t('staff-diary.hint.zone') },
    ZONES.map((zone) => ({ value: zone, label: zone })),
  )}
!${choices({ name: 'goodFriday', label: t('staff-diary.field.good-friday'), kind: 'radio' }, fridays)}
<button class="strong">${t('staff-diary.form.save')}</button></form>
!${site === undefined ? '' : closuresOf(t, csrf, { site, closures })}`;
}

const siteLinks = (t: Word, { id }: Site): string =>
  html`<p class="acts"><a class="button" href="/console/agenda?site=${id}">${t('staff-diary.sites.week')}</a></p>`;

const closuresOf = (
  t: Word,
  csrf: string,
  { site, closures }: { site: Site; closures: readonly Closure[] },
): string => html`<section><div class="head"><h2>${t('staff-diary.closures.title')}</h2>
<a class="button" href="/console/fermetures/nouvelle?site=${site.id}">${t('staff-diary.closures.new')}</a></div>
!${awayList(
  { t, csrf, remove: '/console/fermetures/retirer' },
  closures.map((closure) => ({ ...closure, mark: markOf(closure) })),
)}</section>`;
