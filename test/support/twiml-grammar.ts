import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { SaxesParser } from 'saxes';
import twilio from 'twilio';

/** What one element may hold. `attributes` maps to the values allowed, or to a kind of value. */
interface Element {
  attributes: ReadonlyMap<string, string>;
  children: ReadonlyMap<string, string>;
}

interface Node {
  [method: string]: unknown;
}

const TYPES = readFileSync(
  createRequire(import.meta.url).resolve('twilio/lib/twiml/VoiceResponse.d.ts'),
  'utf8',
).replace(/\/\*[\s\S]*?\*\//g, '');

const unions = new Map(
  [...TYPES.matchAll(/\btype (\w+) = ([^;]+);/g)].map(([, name, is]) => [name, is] as const),
);

const attributesByInterface = new Map(
  [...TYPES.matchAll(/\binterface (\w+) (?:extends \w+ )?\{([^}]*)\}/g)].map(([, name, body = '']) => [
    name ?? '',
    new Map(
      [...body.matchAll(/['"]?([\w:-]+)['"]?\?: ([^;]+);/g)].map(([, key = '', type = '']) => [key, type]),
    ),
  ]),
);

/** Method -> interface of its attributes, for each class of the library's types. */
const methodsByClass = new Map(
  TYPES.split(/\bclass /)
    .slice(1)
    .map((text) => {
      const name = /^\w+/.exec(text)?.[0] ?? '';
      const body = text.split(/\bnamespace \w+ \{|\n {4}\}\n/)[0] ?? '';
      const methods = new Map<string, { attributes: string; returns: string }>();
      for (const [, method = '', parameters = '', returns = ''] of body.matchAll(
        /^\s+(\w+)\(([^)]*)\): VoiceResponse\.(\w+);/gm,
      )) {
        const attributes = /attributes\??: VoiceResponse\.(\w+)/.exec(parameters)?.[1];
        const known = methods.get(method)?.attributes ?? '';
        methods.set(method, { attributes: attributes ?? known, returns });
      }
      return [name, methods] as const;
    }),
);

/** The grammar of TwiML as the library's own types have it; element names as the library writes them. */
export function twimlGrammar(): ReadonlyMap<string, Element> {
  const grammar = new Map<string, Element>();
  const visit = (className: string, node: Node, attributes: string): void => {
    if (grammar.has(className)) return;
    const children = new Map<string, string>();
    grammar.set(className, { attributes: attributesByInterface.get(attributes) ?? new Map(), children });
    for (const [method, { attributes: given, returns }] of methodsByClass.get(className) ?? []) {
      const call = node[method];
      if (typeof call !== 'function') continue;
      const child = call.call(node, {}, 'x') as Node;
      children.set(elementName(child), returns);
      visit(returns, child, given);
    }
  };
  visit('VoiceResponse', new twilio.twiml.VoiceResponse() as unknown as Node, '');
  return grammar;
}

const elementName = (node: Node): string => (node[String(node._propertyName)] as { name: string }).name;

/** @returns what a document holds that TwiML does not know, one sentence each */
export function twimlFaults(xml: string, grammar: ReadonlyMap<string, Element>): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => faults.push(error.message));
  parser.on('opentag', ({ name, attributes }) => {
    const parent = open.at(-1);
    const found = parent === undefined ? rootClass(name) : grammar.get(parent)?.children.get(name);
    if (found === undefined) faults.push(`<${name}> may not stand in ${parent ?? 'the document'}`);
    for (const [attribute, value] of Object.entries(attributes)) {
      const type = grammar.get(found ?? '')?.attributes.get(attribute);
      if (type === undefined) faults.push(`<${name}> has no attribute ${attribute}`);
      else if (!allows(type, String(value)))
        faults.push(`<${name} ${attribute}="${String(value)}"> is not ${type}`);
    }
    open.push(found ?? name);
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return faults;
}

const rootClass = (name: string): string | undefined => (name === 'Response' ? 'VoiceResponse' : undefined);

function allows(type: string, value: string): boolean {
  if (type.endsWith('[]')) return value.split(' ').every((one) => allows(type.slice(0, -2), one));
  if (type === 'number') return /^-?\d+(\.\d+)?$/.test(value);
  if (type === 'boolean') return value === 'true' || value === 'false';
  const union = unions.get(type.replace(/^VoiceResponse\./, ''));
  const values = [...(union ?? '').matchAll(/"([^"]*)"/g)].map(([, one]) => one);
  return values.length === 0 || values.includes(value);
}
