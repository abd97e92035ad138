import { describe, expect, it } from 'vitest';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';
import { createLines, drive, type Frame, readLines, tableOf } from '../../../../support/line-frames.ts';

describe('which frames become lines', () => {
  const frames: Frame[] = [
    [0, 0, 0x25, '0000'],
    [1, 0, 0x99, '0000'],
    [2, 2, 0x25, '0000'],
    [3, 1, 0x25, '0100'],
    [4, 0, 0x25, '0200'],
    [5, 0, 0x25, '0200'],
    [6, 0, 0x25, '0201'],
  ];
  const secondsOf = (lines: readonly string[]): readonly unknown[] =>
    lines.map((line) => (JSON.parse(line) as { seconds: number }).seconds);

  it('are those of messages that the database of the bus has, in their order', () => {
    expect(secondsOf(readLines(frames, [drive]))).toEqual([0, 3, 4, 5, 6]);
    const lines = createLines([drive], { messages: [] });
    expect([...lines.read(tableOf(frames))].flat()).toEqual([]);
    expect(lines.decodedFrames).toBe(5);
  });

  it('are those in a range of time, both ends included', () => {
    expect(secondsOf(readLines(frames, [drive], { fromSeconds: 3, toSeconds: 5 }))).toEqual([3, 4, 5]);
    expect(secondsOf(readLines(frames, [drive], { fromSeconds: 5.5 }))).toEqual([6]);
    expect(readLines([[NaN, 0, 0x25, '00']], [drive], { toSeconds: 1 })).toEqual([]);
  });

  it('are those that changed, on each bus', () => {
    expect(secondsOf(readLines(frames, [drive], { changesOnly: true }))).toEqual([0, 3, 4, 6]);
    expect(secondsOf(readLines(frames, [drive], { changesOnly: true, signals: ['SPEED'] }))).toEqual([
      0, 3, 4,
    ]);
  });

  it('counters and checksums change nothing unless they are asked for; becoming wrong does', () => {
    const message = makeMessage(
      'M',
      [makeSignal('COUNTER', { startBit: 0, length: 8 }), makeSignal('A', { startBit: 8, length: 8 })],
      { arbitrationId: 1 },
    );
    const counted: Frame[] = ['0105', '0205', '0305', '0505', '0605', '0706'].map((hex, i) => [i, 0, 1, hex]);
    const options = { name: 'toyota_x', changesOnly: true };
    expect(secondsOf(readLines(counted, [message], options))).toEqual([0, 3, 4, 5]);
    expect(secondsOf(readLines(counted, [message], { ...options, signals: ['COUNTER'] }))).toHaveLength(6);
  });

  it('are the same whatever the windows are', () => {
    const names = Array.from({ length: 300 }, (_, i) =>
      makeSignal(`S${String(i)}`, { startBit: i % 57, length: 8 }),
    );
    const many = makeMessage('MANY', names, { arbitrationId: 7 });
    const drives = Array.from({ length: 6000 }, (_, i): Frame => [
      i,
      i % 2,
      i % 3 === 0 ? 7 : 0x25,
      '01020304',
    ]);
    const lines = createLines([drive, many]);
    const windows = [...lines.read(tableOf(drives))];
    expect(windows.length).toBeGreaterThan(2);
    expect(secondsOf(windows.flat())).toEqual(drives.map(([seconds]) => seconds));
    const [, second] = windows;
    expect(second?.[1]).toBe(
      readLines([[...(drives[(windows[0]?.length ?? 0) + 1] ?? drives[0]!)] as Frame], [drive, many])[0],
    );
  });

  it('go on in the next table', () => {
    const lines = createLines([drive], { changesOnly: true });
    const first = [...lines.read(tableOf([[0, 0, 0x25, '0000']]))].flat();
    const second = [
      ...lines.read(
        tableOf([
          [1, 0, 0x25, '0000'],
          [2, 0, 0x25, '0001'],
        ]),
      ),
    ].flat();
    expect([secondsOf(first), secondsOf(second)]).toEqual([[0], [2]]);
  });
});
