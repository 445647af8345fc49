import type { Room } from './party.js';

interface OpenRoom extends Room {
  members: number;
  close: () => void;
}

/** Conferences and bridges: they open with the first who enters and close when one who was in them leaves. */
export class Rooms {
  readonly #rooms = new Map<string, OpenRoom>();

  enter(name: string): Room {
    const room = this.#rooms.get(name) ?? this.#open(name);
    room.members += 1;
    return room;
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
    const room: OpenRoom = { name, members: 0, closed, close, size: () => room.members };
    this.#rooms.set(name, room);
    return room;
  }
}
