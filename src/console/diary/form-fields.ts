import { html } from 'ghtml';
import type { Word } from '../layout.js';

/** What a form shows: what was typed or stands, and the names of the fields at fault. */
export interface FormState {
  values: Readonly<Record<string, string | undefined>>;
  faults: readonly string[];
  /** Before the ids of the fields, where a page has several forms. */
  prefix?: string;
}

export const emptyForm: FormState = { values: {}, faults: [] };

interface FieldShape {
  name: string;
  label: string;
  type?: 'text' | 'date' | 'time' | 'datetime-local';
  hint?: string;
  optional?: boolean;
  most?: number;
}

/** Fields of one form, each with its label, its hint and its fault beside it. */
export function formFields(t: Word, { values, faults, prefix }: FormState) {
  const idOf = (name: string): string => (prefix === undefined ? name : `${prefix}-${name}`);
  const faultOf = (name: string): string =>
    faults.includes(name)
      ? html`<span class="fault" id="${idOf(name)}-fault">${t('staff-diary.form.fault')}</span>`
      : '';
  const about = (name: string, hint: string | undefined): string => {
    const ids = [
      ...(hint === undefined ? [] : [`${idOf(name)}-hint`]),
      ...(faults.includes(name) ? [`${idOf(name)}-fault`] : []),
    ];
    const described = ids.length === 0 ? '' : html` aria-describedby="${ids.join(' ')}"`;
    return faults.includes(name) ? `${described} aria-invalid="true"` : described;
  };
  const wrap = (shape: { name: string; label: string; hint?: string | undefined }, control: string): string =>
    html`<div class="field"><label for="${idOf(shape.name)}">${shape.label}</label>!${control}!${
      shape.hint === undefined
        ? ''
        : html`<span class="hint" id="${idOf(shape.name)}-hint">${shape.hint}</span>`
    }!${faultOf(shape.name)}</div>`;

  return {
    input(shape: FieldShape): string {
      const { name, type = 'text', hint, optional = false, most = 300 } = shape;
      const bound = type === 'text' ? html` maxlength="${most}"` : '';
      const required = optional ? '' : ' required';
      return wrap(
        shape,
        html`<input id="${idOf(name)}" name="${name}" type="${type}" value="${values[name] ?? ''}"!${bound}!${required}!${about(name, hint)}>`,
      );
    },
    select(
      shape: { name: string; label: string; hint?: string },
      options: readonly { value: string; label: string }[],
    ): string {
      const { name, hint } = shape;
      const lines = options.map(
        ({ value, label }) =>
          html`<option value="${value}"!${value === values[name] ? ' selected' : ''}>${label}</option>`,
      );
      return wrap(
        shape,
        html`<select id="${idOf(name)}" name="${name}"!${about(name, hint)}>!${lines.join('')}</select>`,
      );
    },
    /** Choices of a group, one or several. */
    choices(
      shape: { name: string; label: string; kind: 'radio' | 'checkbox' },
      options: readonly { value: string; label: string }[],
    ): string {
      const { name, label, kind } = shape;
      const chosen = (values[name] ?? '').split(',');
      const lines = options.map(
        (option) =>
          html`<label class="choice"><input type="${kind}" name="${name}" value="${option.value}"!${chosen.includes(option.value) ? ' checked' : ''}> ${option.label}</label>`,
      );
      return html`<fieldset class="field"><legend>${label}</legend>!${lines.join('')}!${faultOf(name)}</fieldset>`;
    },
  };
}

/** Fields that are sent along and not shown. */
export const hiddenFields = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
    .join('');

/** Said above a form that could not be saved as it is. */
export const faultSummary = (t: Word, { faults }: FormState): string =>
  faults.length === 0
    ? ''
    : html`<p class="problem" role="alert">${t('staff-diary.form.faults', { count: faults.length })}</p>`;

/** What a form sent, as text; a group of boxes is joined by commas. */
export function formValues(body: unknown): Record<string, string> {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value).trim()]),
  );
}
