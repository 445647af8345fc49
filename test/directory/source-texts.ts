import { existsSync, readFileSync } from 'node:fs';

/** A public document of the service, line by line, with the names of persons taken out. */
export function sourceText(document: string): string | undefined {
  const file = new URL(`documents/${document}.txt`, import.meta.url);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

export const linesOf = (text: string): string[] => text.split('\n');

/** Letters and digits only: line ends, punctuation and markup do not count. */
export const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** The words of a quotation begin on that line, counted from 1. */
export function standsAt(text: string, line: number, quote: string): boolean {
  const lines = linesOf(text);
  const at = bare(lines.slice(line - 1).join(' ')).indexOf(bare(quote));
  return at >= 0 && at < bare(lines[line - 1] ?? '').length;
}
