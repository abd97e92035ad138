import { describe, expect, it } from 'vitest';
import { EventOrder } from '../../../../server/core/rlog/event-order.ts';

/** Numbers that look random, the same each time. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** As it is meant: by time, then by row. */
function sortSlowly(seconds: readonly number[]): readonly number[] {
  return Array.from(seconds.keys()).sort((a, b) => (seconds[a] ?? 0) - (seconds[b] ?? 0) || a - b);
}

function listRows(order: EventOrder): readonly number[] {
  return [...order.rows.subarray(0, order.length)];
}

const random = createRandom(7);
const LOGS: Readonly<Record<string, readonly number[]>> = {
  'in order': Array.from({ length: 3000 }, (_, row) => row / 10),
  'nearly in order': Array.from({ length: 3000 }, (_, row) => row / 10 + random()),
  backwards: Array.from({ length: 3000 }, (_, row) => -row),
  'of equal times': Array.from({ length: 3000 }, (_, row) => Math.floor(row / 100)),
  'of six segments of the same minute': Array.from({ length: 3000 }, (_, row) => row % 500),
  'in no order': Array.from({ length: 3000 }, () => Math.floor(1000 * random())),
};

describe('the order of events', () => {
  it.each(Object.entries(LOGS))('is that of a sort, piece by piece: %s', (_, times) => {
    const order = new EventOrder();
    const seconds = Float64Array.from(times);
    for (let length = 0; length < times.length;) {
      length = Math.min(times.length, length + Math.ceil(200 * random()));
      if (random() < 0.5) order.update({ length, seconds });
      else order.follow({ length, seconds });
    }
    order.update({ length: times.length, seconds });
    expect(listRows(order)).toEqual(sortSlowly(times));
  });

  it.each(Object.entries(LOGS))('finds places: %s', (_, times) => {
    const order = new EventOrder();
    const seconds = Float64Array.from(times);
    order.update({ length: times.length, seconds });
    for (let row = 0; row < times.length; row += 97) {
      expect(order.rows[order.placeOf(row, seconds)]).toBe(row);
      const at = times[row] ?? 0;
      expect(order.placeAfter(at, seconds)).toBe(times.filter((time) => time <= at).length);
    }
  });

  it('lets rows that would move many others wait until they are many', () => {
    const [first, added] = [200_000, 1000];
    const seconds = Float64Array.from({ length: first + added }, (_, row) => row % first);
    const order = new EventOrder();
    order.follow({ length: first, seconds });
    order.follow({ length: first + added, seconds });
    expect(order.length).toBe(first);
    order.update({ length: first + added, seconds });
    expect(order.length).toBe(first + added);
    expect([...order.rows.subarray(0, 4)]).toEqual([0, first, 1, first + 1]);
  });
});
