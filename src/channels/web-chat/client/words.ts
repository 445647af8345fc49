const words = JSON.parse(document.body.dataset.words ?? '{}') as Readonly<Record<string, string>>;

/** Words of the page's language; `#` in them stands for `value`. */
export const word = (key: string, value: string | number = ''): string =>
  (words[key] ?? '').replace('#', String(value));

export const language = document.documentElement.lang;
