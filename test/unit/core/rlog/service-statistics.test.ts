import { describe, expect, it } from 'vitest';
import { createEventBatch, type EventBatch } from '../../../../server/core/rlog/event-batch.ts';
import { allocateWindow } from '../../../../server/core/rlog/log-window.ts';
import { ServiceCounter } from '../../../../server/core/rlog/service-statistics.ts';

const INIT_DATA = 0;
const CAN = 4;
const CAR_STATE = 21;
const SENTINEL = 71;
const MAX = (1n << 64n) - 1n;

type Event = readonly [tag: number, monoTime: bigint];

function batchOf(events: readonly Event[]): EventBatch {
  const batch = createEventBatch(allocateWindow(0));
  for (const [tag, monoTime] of events) {
    batch.tag[batch.length] = tag;
    batch.monoTime[batch.length++] = monoTime;
  }
  return batch;
}

function count(...batches: readonly (readonly Event[])[]): ServiceCounter {
  const counter = new ServiceCounter();
  for (const events of batches) counter.add(batchOf(events));
  return counter;
}

const SECOND = 1_000_000_000n;

describe('times', () => {
  it('are unknown without events', () => {
    expect([count([]).times, count([]).list(), count([]).events]).toEqual([undefined, [], 0]);
  });

  it.each<[string, readonly Event[], object]>([
    ['one event', [[CAN, 5n]], { start: 5n, first: 5n, last: 5n, min: 5n, max: 5n }],
    [
      'what the logger writes of itself before',
      [
        [INIT_DATA, 1n],
        [SENTINEL, 2n],
        [CAN, 7n],
        [CAR_STATE, 6n],
        [SENTINEL, 9n],
      ],
      { start: 6n, first: 1n, last: 9n, min: 1n, max: 9n },
    ],
    [
      'only what the logger writes of itself',
      [
        [SENTINEL, 5n],
        [INIT_DATA, 3n],
      ],
      { start: 3n, first: 5n, last: 3n, min: 3n, max: 5n },
    ],
    [
      'both ends of time',
      [
        [CAN, MAX],
        [CAN, 0n],
        [CAN, 1n],
      ],
      { start: 0n, first: MAX, last: 1n, min: 0n, max: MAX },
    ],
    [
      'a carry of 32 bits',
      [
        [CAN, 0x1_0000_0000n],
        [CAN, 0xffff_ffffn],
        [CAN, 0x1_0000_0005n],
      ],
      {
        start: 0xffff_ffffn,
        first: 0x1_0000_0000n,
        last: 0x1_0000_0005n,
        min: 0xffff_ffffn,
        max: 0x1_0000_0005n,
      },
    ],
  ])('of %s', (_, events, expected) => {
    expect(count(events).times).toEqual(expected);
    expect(count(...events.map((event) => [event])).times).toEqual(expected);
  });

  it('start where the first segment does, whatever comes', () => {
    const counter = count([[CAN, 100n]]);
    counter.fixStart();
    counter.add(
      batchOf([
        [CAN, 50n],
        [CAR_STATE, 20n],
      ]),
    );
    expect(counter.times).toEqual({ start: 100n, first: 100n, last: 20n, min: 20n, max: 100n });
    expect(counter.list()[0]?.lastSeconds).toBe(-50e-9);
  });

  it('start later where the first segment has only what the logger writes of itself', () => {
    const counter = count([[INIT_DATA, 100n]]);
    counter.fixStart();
    counter.add(
      batchOf([
        [CAN, 150n],
        [CAN, 120n],
      ]),
    );
    expect(counter.times?.start).toBe(120n);
  });
});

it.each<[string, readonly bigint[], number]>([
  ['order', [1n, 2n, 2n, 3n], 0],
  ['one step back', [1n, 3n, 2n, 4n], 1],
  ['reverse order', [4n, 3n, 2n, 1n], 3],
  ['steps back by one across 32 bits', [0x1_0000_0000n, 0xffff_ffffn, 0x1_0000_0000n], 1],
  ['a step back that the lower half hides', [0x2_0000_0000n, 0x1_0000_0009n], 1],
])('counts events that are earlier than the one before: %s', (_, times, inversions) => {
  expect(count(times.map((time) => [CAN, time])).inversions).toBe(inversions);
  expect(count(...times.map((time) => [[CAN, time] as const])).inversions).toBe(inversions);
});

describe('services', () => {
  it('tell count, times, rate and longest gap, the most frequent first', () => {
    const counter = count(
      [
        [INIT_DATA, SECOND],
        [CAN, 10n * SECOND],
        [CAR_STATE, 11n * SECOND],
        [CAN, 12n * SECOND],
      ],
      [
        [CAN, 15n * SECOND],
        [CAR_STATE, 16n * SECOND],
        [CAN, 16n * SECOND],
      ],
    );
    expect(counter.events).toBe(7);
    expect(counter.list()).toEqual([
      {
        tag: CAN,
        count: 4,
        firstSeconds: 0,
        lastSeconds: 6,
        rateHz: 0.5,
        longestGap: { seconds: 3, fromSeconds: 2 },
      },
      {
        tag: CAR_STATE,
        count: 2,
        firstSeconds: 1,
        lastSeconds: 6,
        rateHz: 0.2,
        longestGap: { seconds: 5, fromSeconds: 1 },
      },
      {
        tag: INIT_DATA,
        count: 1,
        firstSeconds: -9,
        lastSeconds: -9,
        rateHz: undefined,
        longestGap: undefined,
      },
    ]);
  });

  it.each<[string, readonly bigint[], object]>([
    ['at one time', [7n, 7n], { rateHz: undefined, longestGap: { seconds: 0, fromSeconds: 2e-9 } }],
    ['that go back in time', [7n, 6n], { rateHz: undefined, longestGap: { seconds: 0, fromSeconds: 2e-9 } }],
    [
      'with equal gaps, of which the first is told',
      [5n, 7n, 9n],
      { count: 3, longestGap: { seconds: 2e-9, fromSeconds: 0 } },
    ],
  ])('%s', (_, times, expected) => {
    const counter = count([[CAN, 5n], ...times.map((time): Event => [CAR_STATE, time])]);
    expect(counter.list()[0]).toMatchObject({ tag: CAR_STATE, ...expected });
  });

  it('of a log of the logger alone are timed from its earliest event', () => {
    const [initData] = count([
      [SENTINEL, 5n * SECOND],
      [INIT_DATA, 3n * SECOND],
    ]).list();
    expect(initData).toMatchObject({ tag: INIT_DATA, firstSeconds: 0 });
  });

  it('may be as many as there are tags', () => {
    const events = Array.from({ length: 65_536 }, (_, tag): Event => [tag, BigInt(tag)]);
    const halves = [events.slice(0, 32_768), events.slice(32_768)];
    const list = count(...halves, ...halves).list();
    expect(list.map(({ tag }) => tag)).toEqual(events.map(([tag]) => tag));
    expect(new Set(list.map((service) => service.count))).toEqual(new Set([2]));
    expect(list[65_535]).toMatchObject({ firstSeconds: list[65_535]?.lastSeconds });
  });
});
