import { html } from 'ghtml';
import type { Account } from '../../accounts/account.js';
import type { AvailabilityRule, Psychologist } from '../../booking/booking.js';
import { markOf } from '../../booking/diary-mark.js';
import type { Diary } from '../../booking/diary-store.js';
import type { Word } from '../layout.js';
import { awayList } from './away-view.js';
import { diaryNav } from './diary-nav.js';
import { type FormState, faultSummary, formFields, hiddenFields } from './form-fields.js';
import { ruleInWords } from './rule-words.js';
import type { DiaryPageView } from './site-view.js';

const byName = (a: { label: string }, b: { label: string }): number => a.label.localeCompare(b.label);

export function psychologistListView(t: Word, diary: Diary, accounts: readonly Account[]): string {
  const siteNames = new Map(diary.sites.map(({ id, name }) => [id, name]));
  const rows = [...diary.psychologists].sort(byName).map((person) => {
    const places = new Set(
      diary.rules
        .filter((rule) => rule.psychologist === person.id)
        .map(({ site }) => siteNames.get(site) ?? site),
    );
    return html`<tr><th scope="row"><a href="/console/psychologues/${person.id}">${person.label}</a></th>
<td>${[...places].join(' · ') || t('staff-diary.psychologists.no-hours')}</td><td>${loginOf(t, accounts, person)}</td>
<td><a href="/console/agenda?psychologue=${person.id}">${t('staff-diary.sites.week')}</a></td></tr>`;
  });
  const columns = ['psychologist', 'places', 'account', 'week'].map(
    (key) => html`<th scope="col">${t(`staff-diary.column.${key}`)}</th>`,
  );
  return html`!${diaryNav(t, 'psychologists')}<div class="head"><h1>${t('staff-diary.psychologists.title')}</h1>
<a class="button" href="/console/psychologues/nouveau">${t('staff-diary.psychologists.new')}</a></div>
<div class="table"><table><thead><tr>!${columns.join('')}</tr></thead><tbody>!${rows.join('')}</tbody></table></div>`;
}

function loginOf(t: Word, accounts: readonly Account[], { id }: Psychologist): string {
  const account = accounts.find((one) => (one.id as string) === id);
  if (account === undefined) return t('staff-diary.psychologists.no-account');
  return account.disabled ? t('staff-diary.psychologists.disabled', { login: account.login }) : account.login;
}

export function psychologistView(
  { t, csrf, diary }: DiaryPageView,
  one: {
    person: Psychologist | undefined;
    mark: string;
    form: FormState;
    accounts: readonly Account[];
  },
): string {
  const { person, mark, form, accounts } = one;
  const { input, select } = formFields(t, form);
  const known = new Set<string>(diary.psychologists.map(({ id }) => id));
  const free = accounts.filter(({ id }) => !known.has(id));
  const options = [
    { value: '', label: t('staff-diary.psychologists.no-account') },
    ...free.map(({ id, login, pseudonym }) => ({ value: id, label: `${login} (${pseudonym})` })),
  ];
  const account =
    person === undefined
      ? select(
          { name: 'account', label: t('staff-diary.field.account'), hint: t('staff-diary.hint.account') },
          options,
        )
      : html`<p>${t('staff-diary.psychologists.account', { login: loginOf(t, accounts, person) })}</p>`;
  return html`!${diaryNav(t, 'psychologists')}<h1>${person?.label ?? t('staff-diary.psychologists.new')}</h1>
<form method="post" action="/console/psychologues" class="form">!${faultSummary(t, form)}!${hiddenFields({ csrf, mark, id: person?.id ?? '' })}
!${input({ name: 'label', label: t('staff-diary.field.label'), hint: t('staff-diary.hint.label'), most: 120 })}
!${account}<button class="strong">${t('staff-diary.form.save')}</button></form>
!${person === undefined ? '' : hoursOf({ t, csrf, diary }, person)}`;
}

function hoursOf({ t, csrf, diary }: DiaryPageView, { id }: Psychologist): string {
  const names = new Map(diary.sites.map((site) => [site.id, site.name]));
  const rules = diary.rules.filter((rule) => rule.psychologist === id).sort(byStart);
  const lines = rules.map(
    (
      rule,
    ) => html`<li><span><strong>${names.get(rule.site) ?? rule.site}</strong><br>${ruleInWords(t, rule)}</span>
<a href="/console/agenda/serie?site=${rule.site}&rule=${encodeURIComponent(rule.id)}">${t('staff-diary.rule.edit')}</a></li>`,
  );
  const absences = diary.absences.filter((absence) => absence.psychologist === id);
  return html`<section><div class="head"><h2>${t('staff-diary.psychologists.hours')}</h2>
<span class="acts"><a class="button" href="/console/agenda?psychologue=${id}">${t('staff-diary.sites.week')}</a>
<a class="button" href="/console/agenda/nouvelle?psychologue=${id}">${t('staff-diary.rule.new')}</a></span></div>
!${lines.length === 0 ? html`<p>${t('staff-diary.psychologists.no-hours')}</p>` : html`<ul class="lines">!${lines.join('')}</ul>`}</section>
<section><div class="head"><h2>${t('staff-diary.absences.title')}</h2>
<a class="button" href="/console/absences/nouvelle?psychologue=${id}">${t('staff-diary.absences.new')}</a></div>
!${awayList(
    { t, csrf, remove: '/console/absences/retirer' },
    absences.map((absence) => ({ ...absence, mark: markOf(absence) })),
  )}</section>`;
}

const byStart = (a: AvailabilityRule, b: AvailabilityRule): number =>
  a.site.localeCompare(b.site) || a.firstDate.localeCompare(b.firstDate) || a.from.localeCompare(b.from);
