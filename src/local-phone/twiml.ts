import { SaxesParser } from 'saxes';

/** One element of a TwiML document. */
export interface Verb {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Verb[];
  text: string;
}

/** What a phone of Twilio's does with a document that is not TwiML: it says so and ends the call. */
export class TwimlError extends Error {
  override readonly name = 'TwimlError';
}

const TOP = ['Say', 'Play', 'Pause', 'Gather', 'Dial', 'Redirect', 'Hangup', 'Reject'];
const SSML = ['prosody', 'break', 'emphasis', 's', 'p', 'sub', 'w', 'say-as', 'phoneme', 'lang'];
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  Response: TOP,
  Gather: ['Say', 'Play', 'Pause'],
  Dial: ['Number', 'Sip', 'Conference'],
  Say: SSML,
  ...Object.fromEntries(SSML.map((name) => [name, SSML])),
};
const MAX_LENGTH = 64_000;

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: Verb[];
  text: string;
}

/** @throws TwimlError for what is not XML, not TwiML, or holds a verb where it may not stand */
export function parseTwiml(xml: string): Verb[] {
  if (xml.length > MAX_LENGTH) throw new TwimlError('the document is longer than 64 kB');
  const parser = new SaxesParser();
  const open: Open[] = [];
  let root: Verb | undefined;
  parser.on('error', () => {
    throw new TwimlError('the document is not XML');
  });
  parser.on('opentag', ({ name, attributes }) => {
    checkPlace(name, open.at(-1)?.name);
    open.push({ name, attributes: { ...attributes }, children: [], text: '' });
  });
  parser.on('text', (text) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  });
  parser.on('closetag', () => {
    const done = open.pop();
    if (done === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = { ...done, text: done.text.trim() };
    else if (SSML.includes(done.name)) parent.text += done.text;
    else parent.children.push({ ...done, text: done.text.trim() });
  });
  parser.write(xml).close();
  if (root === undefined) throw new TwimlError('the document is empty');
  return [...root.children];
}

function checkPlace(name: string, parent: string | undefined): void {
  if (parent === undefined) {
    if (name !== 'Response') throw new TwimlError('the root is not <Response>');
    return;
  }
  if (!(INSIDE[parent] ?? []).includes(name))
    throw new TwimlError(`invalid element <${name}> in <${parent}>`);
}
