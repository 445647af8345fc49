import type { Audit } from '../accounts/audit.js';
import { type AuditAct, isNameable } from '../accounts/audit-entry.js';
import type { DiaryEditorParts } from '../booking/diary-editor.js';
import type { DiaryKind } from '../booking/diary-store.js';
import type { Alerts } from '../handoff/alerts.js';
import type { Desk, Operator } from '../handoff/desk.js';
import type { HelpContacts } from '../handoff/help-contacts.js';
import type { Notes } from '../handoff/notes.js';
import type { Presences } from '../handoff/presences.js';
import type { ConversationId } from '../kernel/ids.js';

type Recorder = Pick<Audit, 'record'>;

/** The same desk, which writes down what was done once it is done; whoever lost a race has done nothing. */
export function auditedDesk(audit: Recorder, desk: Desk): Desk {
  const recorded = async <T extends { kind: string }>(
    done: Promise<T>,
    entry: { by: Operator; act: AuditAct; on: ConversationId },
  ): Promise<T> => {
    const outcome = await done;
    if (outcome.kind === 'done' || outcome.kind === 'ringing')
      await audit.record({ ...entry, by: entry.by.id });
    return outcome;
  };
  return {
    ...desk,
    async claim(on, by) {
      const done = desk.claim(on, by);
      const act = (await done).kind === 'ringing' ? 'call-taken' : 'conversation-claimed';
      return recorded(done, { by, act, on });
    },
    reply: (on, by, text) => recorded(desk.reply(on, by, text), { by, act: 'conversation-replied', on }),
    handBack: (on, by, next) =>
      recorded(desk.handBack(on, by, next), { by, act: 'conversation-handed-back', on }),
    close: (on, by, closing) => recorded(desk.close(on, by, closing), { by, act: 'conversation-closed', on }),
    offer: (on, by, to) => recorded(desk.offer(on, by, to), { by, act: 'conversation-offered', on }),
    acceptOffer: (on, by) => recorded(desk.acceptOffer(on, by), { by, act: 'conversation-transferred', on }),
  };
}

/** The same notes and breaks, written down likewise. */
export function auditedNotes(audit: Recorder, notes: Notes): Notes {
  return {
    ...notes,
    async add(on, note) {
      const outcome = await notes.add(on, note);
      if (outcome === 'added') await audit.record({ by: note.staff, act: 'note-added', on });
      return outcome;
    },
  };
}

export function auditedPresences(audit: Recorder, presences: Presences): Presences {
  return {
    ...presences,
    async rename(person, pseudonym) {
      const outcome = await presences.rename(person, pseudonym);
      if (outcome === 'renamed') await audit.record({ by: person.id, act: 'shift-renamed' });
      return outcome;
    },
    async pause(person) {
      await presences.pause(person);
      await audit.record({ by: person.id, act: 'shift-paused' });
    },
    async resume(person) {
      await presences.resume(person);
      await audit.record({ by: person.id, act: 'shift-resumed' });
    },
  };
}

/** What may bring help is written down before it is shown, each time. */
export function auditedHelp(audit: Recorder, help: HelpContacts): HelpContacts {
  return {
    ...help,
    async reveal(on, by) {
      const outcome = await help.reveal(on, by);
      if (outcome.kind === 'revealed') await audit.record({ by, act: 'contact-revealed', on });
      return outcome;
    },
  };
}

/** The same alerts; what raises one is not staff. */
export function auditedAlerts(audit: Recorder, alerts: Alerts): Alerts {
  return {
    ...alerts,
    async acknowledge(on, by) {
      const outcome = await alerts.acknowledge(on, by);
      if (outcome.kind === 'acknowledged') await audit.record({ by, act: 'alert-acknowledged', on });
      return outcome;
    },
    async close(on, by, how) {
      const outcome = await alerts.close(on, by, how);
      if (outcome.kind === 'closed') await audit.record({ by, act: 'alert-closed', on });
      return outcome;
    },
  };
}

const DIARY_ACTS: Readonly<Record<DiaryKind, AuditAct>> = {
  site: 'site-changed',
  psychologist: 'psychologist-changed',
  rule: 'availability-changed',
  absence: 'absence-changed',
  closure: 'closure-changed',
};

/** Writes down what was changed in the diary; an id that came with a file may have a form that is not named. */
export const auditedDiary =
  (audit: Recorder): DiaryEditorParts['changed'] =>
  async (by, { kind, on }) => {
    await audit.record({ by, act: DIARY_ACTS[kind], on: isNameable(on) ? on : '' });
  };
