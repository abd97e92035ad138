import { describe, expect, it } from 'vitest';
import type { DatabaseSignal } from '../../../../../server/core/dbc/model/database.ts';
import { isState, MessageSeries } from '../../../../../server/core/dbc/signals/message-series.ts';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';
import { tabulateFrames } from '../../../../support/frame-lists.ts';

const OPTIONS = { from: 0, to: 10, columns: 1000 };

const MODE = makeSignal('MODE', {
  startBit: 0,
  length: 8,
  multiplexing: { isMultiplexor: true, parent: undefined, ranges: [] },
});
const WARM = makeSignal('WARM', {
  startBit: 8,
  length: 8,
  factor: 0.5,
  multiplexing: { isMultiplexor: false, parent: MODE, ranges: [[1, 2]] },
});
const FAR = makeSignal('FAR', { startBit: 24, length: 8, factor: 0.5 });
const MESSAGE = makeMessage('MUX', [MODE, WARM, FAR]);

function pointsOf(signal: DatabaseSignal, frames: readonly (readonly [number, string])[]): unknown {
  const message = new MessageSeries(MESSAGE, OPTIONS);
  const series = message.add(signal);
  for (const frame of frames) {
    const { table, rows } = tabulateFrames([frame]);
    message.append(table, rows);
  }
  const { seconds, values } = series.finish();
  return seconds.map((at, i) => [at, values[i]]);
}

describe('MessageSeries', () => {
  it('has a sample of a multiplexed signal only where it is there, its multiplexor not asked for', () => {
    const frames = [
      [1, '0103'],
      [1.1, '0305'],
      [1.2, '0207'],
      [1.3, '0009'],
    ] as const;
    expect(pointsOf(WARM, frames)).toEqual([
      [1, 1.5],
      [1.2, 3.5],
    ]);
  });

  it('has no sample of what a short payload does not hold', () => {
    expect(
      pointsOf(FAR, [
        [1, '000000'],
        [1.1, '00000003'],
        [1.2, ''],
      ]),
    ).toEqual([[1.1, 1.5]]);
  });

  it('reads several signals of a message together, one of them twice, portions growing', () => {
    const message = new MessageSeries(MESSAGE, OPTIONS);
    const all = [WARM, FAR, WARM].map((signal) => message.add(signal));
    for (const count of [1, 3, 2]) {
      const frames = Array.from({ length: count }, (_, i) => [count + i / 10, '010300ff'] as const);
      const { table, rows } = tabulateFrames(frames);
      message.append(table, rows);
    }
    const finished = all.map((series) => series.finish(false));
    expect(finished.map(({ samples, maximum }) => [samples, maximum])).toEqual([
      [6, 1.5],
      [6, 127.5],
      [6, 1.5],
    ]);
    expect(finished[0]).toEqual(finished[2]);
  });

  it.each<[string, Partial<DatabaseSignal>, boolean]>([
    ['a bit', { length: 1 }, true],
    ['one with labels', { labels: new Map([[0, 'P']]) }, true],
    ['a multiplexor', { multiplexing: MODE.multiplexing }, true],
    ['a number', {}, false],
  ])('takes %s for a state: %s', (_, given, expected) => {
    expect(isState(makeSignal('S', { startBit: 0, length: 8, ...given }))).toBe(expected);
  });
});
