const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const;

/** `2024-12-13` as "13 décembre 2024". The directory answers in French, the language of its documents. */
export function frenchDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const number = Number(day) === 1 ? '1er' : String(Number(day));
  return `${number} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
}
