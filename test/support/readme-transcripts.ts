import { readFileSync, writeFileSync } from 'node:fs';

const README = new URL('../../README.md', import.meta.url);
const BEGIN = '<!-- transcripts -->\n';
const END = '<!-- /transcripts -->';

export interface Transcript {
  command: string;
  title: string;
  lines: readonly string[];
}

/** The part of the README that shows what the commands print. */
export function readmeSection(): string {
  const text = readFileSync(README, 'utf8');
  return text.slice(text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END));
}

/** Called by `UPDATE_README=1 npx vitest run test/cli/scripts.test.ts`. */
export function writeReadmeSection(section: string): void {
  const text = readFileSync(README, 'utf8');
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  writeFileSync(README, before + section + text.slice(text.indexOf(END)));
}

/** Codes are random: every digit of one becomes the same. */
const withoutCodes = (line: string): string =>
  line
    .replace(/\b\d{3} \d{3} \d{3}\b/g, '000 000 000')
    .replace(/\b\d{9}\b/g, '000000000')
    .replace(/\b\d \d \d, \d \d \d, \d \d \d\b/g, '0 0 0, 0 0 0, 0 0 0');

/** Who of several phones is told that the call is taken depends on the moment. */
const isCertain = (line: string): boolean => !line.includes('déjà pris');

export const sectionOf = (transcripts: readonly Transcript[]): string =>
  transcripts
    .map(({ command, title, lines }) =>
      [
        `<details><summary>${title}</summary>`,
        '',
        '```text',
        `$ ${command}`,
        ...lines.filter(isCertain).map(withoutCodes),
        '```',
        '',
        '</details>',
        '',
      ].join('\n'),
    )
    .join('\n');
