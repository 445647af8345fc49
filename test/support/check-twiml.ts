import twilio from 'twilio';
import { twimlFaults, twimlGrammar } from './twiml-grammar.js';

/**
 * From its import on, every document this process writes is held against the grammar: one that TwiML does not
 * know fails the test that caused it.
 */
const { prototype } = twilio.twiml.VoiceResponse;
const write = prototype.toString;
const grammar = twimlGrammar();

export const checked = { documents: 0, faults: [] as string[] };

prototype.toString = function writeChecked(this: InstanceType<typeof twilio.twiml.VoiceResponse>): string {
  const xml = write.call(this);
  checked.documents += 1;
  const faults = twimlFaults(xml, grammar);
  checked.faults.push(...faults);
  if (faults.length > 0) throw new Error(`not TwiML: ${faults.join('; ')}`);
  return xml;
};
