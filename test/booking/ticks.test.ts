import { describe, expect, it } from 'vitest';
import { ticksOf } from '../../src/booking/ticks.js';
import { at, psychologistId } from './builders.js';

const time = (from: string, to: string) => ({
  psychologist: psychologistId('anna'),
  blockedFrom: at(`2026-03-02T${from}Z`),
  blockedTo: at(`2026-03-02T${to}Z`),
});
const epochTick = at('2026-03-02T09:00Z') / 300_000;

describe('ticks', () => {
  it('cover a time from its start included to its end excluded', () => {
    expect(ticksOf(time('09:00', '09:15'))).toEqual([0, 1, 2].map((index) => `anna|${epochTick + index}`));
  });

  it('are taken whole when they are begun', () => {
    expect(ticksOf(time('09:02', '09:06'))).toEqual([`anna|${epochTick}`, `anna|${epochTick + 1}`]);
  });

  it.each([
    ['touching ends', time('09:00', '09:45'), time('09:45', '10:30'), false],
    ['a shared last tick', time('09:00', '09:50'), time('09:45', '10:30'), true],
    ['one inside the other', time('09:00', '10:00'), time('09:20', '09:30'), true],
    ['one begun tick', time('09:00', '09:46'), time('09:48', '10:00'), true],
  ])('collide exactly when two times overlap: %s', (_, a, b, expected) => {
    expect(ticksOf(a).some((tick) => ticksOf(b).includes(tick))).toBe(expected);
  });

  it('refuse an empty time and one over twelve hours', () => {
    expect(() => ticksOf(time('09:00', '09:00'))).toThrow(/5 minutes to 12 hours/);
    expect(() => ticksOf(time('09:00', '08:00'))).toThrow(/5 minutes to 12 hours/);
    expect(() => ticksOf(time('09:00', '21:05'))).toThrow(/5 minutes to 12 hours/);
    expect(ticksOf(time('09:00', '21:00'))).toHaveLength(144);
  });
});
