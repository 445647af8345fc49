import type { Room } from './party.js';

interface OpenRoom extends Room {
  /** Who is in it, and whether the room closes when they leave. */
  members: Map<string, boolean>;
  close: () => void;
}

/**
 * Conferences and bridges: they open with the first who enters, and close when somebody leaves whose leaving ends
 * them (`endConferenceOnExit`), or nobody is left.
 */
export class Rooms {
  readonly #rooms = new Map<string, OpenRoom>();

  enter(name: string, who: string, closes: boolean): Room {
    const room = this.#rooms.get(name) ?? this.#open(name);
    room.members.set(who, closes);
    return room;
  }

  leave(name: string, who: string): void {
    const room = this.#rooms.get(name);
    const closes = room?.members.get(who);
    if (room === undefined || closes === undefined) return;
    room.members.delete(who);
    if (closes || room.members.size === 0) this.close(name);
  }

  /** Whether the room closes when this member leaves it. @returns whether they are in it */
  setExit(name: string, who: string, closes: boolean): boolean {
    const room = this.#rooms.get(name);
    if (room?.members.has(who) !== true) return false;
    room.members.set(who, closes);
    return true;
  }

  /** Closes a room for everybody in it; one that is closed already is no error. */
  close(name: string): void {
    const room = this.#rooms.get(name);
    if (room === undefined) return;
    this.#rooms.delete(name);
    room.close();
  }

  isOpen(name: string): boolean {
    return this.#rooms.has(name);
  }

  #open(name: string): OpenRoom {
    let close = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const members = new Map<string, boolean>();
    const room: OpenRoom = { name, members, closed, close, size: () => members.size };
    this.#rooms.set(name, room);
    return room;
  }
}
