import { describe, expect, it } from 'vitest';
import { findProtection } from '../../../../../server/core/dbc/checksums/protection.ts';
import { MessageTally } from '../../../../../server/core/dbc/signals/message-tally.ts';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';
import { tabulateFrames } from '../../../../support/frame-lists.ts';

// Honda: the counter in two bits, the checksum in four.
const MESSAGE = makeMessage(
  'PROTECTED',
  [
    makeSignal('COUNTER', { startBit: 5, length: 2, byteOrder: 'big-endian' }),
    makeSignal('CHECKSUM', { startBit: 3, length: 4, byteOrder: 'big-endian' }),
  ],
  { size: 1 },
);

describe('MessageTally', () => {
  it('counts frames, sizes and the rate over all portions', () => {
    const tally = new MessageTally(undefined);
    for (const frames of [
      [
        [1, '00'],
        [2, '0011'],
      ],
      [[0.5, '']],
      [[5, '22']],
    ]) {
      const { table, rows } = tabulateFrames(frames);
      tally.add(table, rows);
    }
    expect(tally).toMatchObject({ frames: 4, sizes: [0, 1, 2], checksums: undefined, counters: undefined });
    expect(tally.rateHz).toBeCloseTo(3 / 4.5, 12);
  });

  it('has no rate for one frame, nor for frames of one moment', () => {
    const tally = new MessageTally(undefined);
    const { table, rows } = tabulateFrames([[1, '00']]);
    tally.add(table, rows);
    expect(tally.rateHz).toBeUndefined();
    tally.add(table, rows);
    expect(tally).toMatchObject({ frames: 2, rateHz: undefined });
  });

  it('checks counters from one portion to the next, and checksums of each frame', () => {
    const protection = findProtection(MESSAGE, 'honda_civic');
    const compute = (payload: number): number =>
      protection?.checksum?.compute(MESSAGE.arbitrationId, Uint8Array.of(payload)) ?? 0;
    const tally = new MessageTally(protection);
    // 0 1 | 2 3 | 0 2: one step is wrong; the last checksum is, too.
    for (const [first, second] of [
      [0, 1],
      [2, 3],
      [0, 2],
    ] as const) {
      const bytes = [first, second].map((counter) => (counter << 4) | compute(counter << 4));
      if (second === 2) bytes[1] = (bytes[1] ?? 0) ^ 1;
      const { table, rows } = tabulateFrames(
        bytes.map((byte, i) => [i, byte.toString(16).padStart(2, '0')]),
        { arbitrationId: MESSAGE.arbitrationId },
      );
      tally.add(table, rows);
    }
    expect(tally).toMatchObject({ checksums: { checked: 6, wrong: 1 }, counters: { checked: 5, wrong: 1 } });
  });

  it('tells no more different sizes than a bus can have', () => {
    const tally = new MessageTally(undefined);
    const { table, rows } = tabulateFrames(
      Array.from({ length: 80 }, (_, size) => [size, '00'.repeat(size)]),
    );
    tally.add(table, rows);
    expect(tally.sizes).toHaveLength(65);
  });
});
