import type { Answer, Party, Room } from '../local-phone/party.js';
import type { CommandIo, ExitCode } from './command.js';
import { Heard, type Step, unmet } from './script.js';

/** Somebody at the phone, and whether it went as it should. */
export interface Caller extends Party {
  outcome(): ExitCode;
}

/** Silences in a row while a script waits in line for what it is to hear. */
const LONGEST_WAIT = 60;
const LOOK_MS = 20;
const LOOKS = 500;

/** Plays a script: checks what was heard, then says the next line; waits in silence for what is to come. */
export function createScriptedCaller(io: CommandIo, steps: readonly Step[]): Caller {
  const heard = new Heard();
  let next = 0;
  let waits = 0;

  /** Passes the checks that are met; the step that comes then. */
  const upcoming = (): Step | undefined => {
    for (let step = steps[next]; step?.kind === 'expect' && heard.meets(step); step = steps[next]) next += 1;
    return steps[next];
  };
  const tell = (text: string): void => {
    heard.add(text);
    io.out(`☎  ${text}`);
  };

  return {
    hear: tell,
    async answer(): Promise<Answer> {
      const step = upcoming();
      if (step === undefined || step.kind === 'hang-up') return { kind: 'hang-up' };
      if (step.kind === 'expect') {
        waits += 1;
        return step.heard && waits <= LONGEST_WAIT ? { kind: 'silence' } : { kind: 'hang-up' };
      }
      next += 1;
      waits = 0;
      const answer = answerOf(step, heard);
      heard.clear();
      io.out(shown(answer));
      return answer;
    },
    async talk(room) {
      await somebodyElse(room);
      tell(`[en ligne, ${room.size()} personnes]`);
    },
    outcome() {
      const step = upcoming();
      if (step === undefined || step.kind === 'hang-up') return 0;
      io.error(
        step.kind === 'expect' ? unmet(step) : `Line ${step.line}: the call ended before it was said.`,
      );
      return 1;
    },
  };
}

function answerOf(step: Exclude<Step, { kind: 'expect' | 'hang-up' }>, heard: Heard): Answer {
  if (step.kind === 'keys') return { kind: 'keys', keys: heard.fill(step.keys) };
  return step.kind === 'say' ? { kind: 'speech', text: heard.fill(step.text) } : { kind: 'silence' };
}

function shown(answer: Answer): string {
  if (answer.kind === 'keys') return `→ ${answer.keys}`;
  return answer.kind === 'speech' ? `→ « ${answer.text} »` : '→ (silence)';
}

async function somebodyElse(room: Room): Promise<void> {
  for (let look = 0; look < LOOKS && room.size() < 2; look += 1)
    await Promise.race([room.closed, new Promise((resolve) => setTimeout(resolve, LOOK_MS))]);
}
