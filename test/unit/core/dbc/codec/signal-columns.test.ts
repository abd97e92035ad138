import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { decodeMessage, decodeSignal } from '../../../../../server/core/dbc/codec/signal-columns.ts';
import { compileMessage } from '../../../../../server/core/dbc/codec/message-plan.ts';
import { compileSignal } from '../../../../../server/core/dbc/codec/signal-plan.ts';
import { readRaw, readValue } from '../../../../../server/core/dbc/codec/signal-values.ts';
import type { SignalLayout } from '../../../../../server/core/dbc/signal-layout.ts';
import { messageOf, signalOf } from './message-of.ts';
import { anyLayout, calculate, firstRows, PLAIN, readSlowly, tableOf } from './slow-codec.ts';

function decodeOne(payload: string, layout: Partial<SignalLayout>): number | undefined {
  return decodeSignal(compileSignal({ ...PLAIN, ...layout }), tableOf([payload]), firstRows(1))[0];
}

describe('decodeSignal', () => {
  it.each<[string, [payload: string, layout: Partial<SignalLayout>, expected: number]]>([
    ['a byte', ['a512', {}, 0xa5]],
    ['bits over the edge of bytes', ['a512', { startBit: 6, length: 4 }, 0b1010]],
    ['the wheel of a Subaru', ['0000000000000c00', { startBit: 38, length: 13, factor: 0.057 }, 233.472]],
    [
      'its set speed: 51|12@0+',
      ['000000000000c041', { startBit: 51, length: 12, byteOrder: 'big-endian' }, 65],
    ],
    ['a big-endian word', ['1234', { startBit: 7, length: 16, byteOrder: 'big-endian' }, 0x1234]],
    ['a negative number', ['ff', { isSigned: true }, -1]],
    ['its factor and offset', ['fe', { isSigned: true, factor: 0.5, offset: -40 }, -41]],
    ['64 bits', ['ffffffffffffff7f', { length: 64 }, 2 ** 63]],
    ['64 signed bits', ['0000000000000080', { length: 64, isSigned: true }, -(2 ** 63)]],
    ['64 bits, not at the edge of bytes', ['f0ffffffffffffff0f', { startBit: 4, length: 64 }, 2 ** 64]],
    ['40 big-endian bits', ['0080000001', { startBit: 7, length: 40, byteOrder: 'big-endian' }, 0x80000001]],
    ['2^53 + 1, rounded to even', ['0100000000002000', { length: 64 }, 2 ** 53]],
    ['2^53 + 3, rounded to even', ['0300000000002000', { length: 64 }, 2 ** 53 + 4]],
    ['a float', ['0000c0bf', { length: 32, valueType: 'float32', factor: 2, offset: 1 }, -2]],
    ['a float within words', ['aa0000c0bfaa', { startBit: 8, length: 32, valueType: 'float32' }, -1.5]],
    [
      'a big-endian float',
      ['bfc00000', { startBit: 7, length: 32, byteOrder: 'big-endian', valueType: 'float32' }, -1.5],
    ],
    ['a double', ['000000000000f8bf', { length: 64, valueType: 'float64' }, -1.5]],
    [
      'a double within words',
      ['aa000000000000f8bf', { startBit: 8, length: 64, valueType: 'float64' }, -1.5],
    ],
    ['a half float', ['00c2', { length: 16, valueType: 'float16' }, -3]],
    ['a half float within bytes', ['003004', { startBit: 4, length: 16, valueType: 'float16' }, 3.5]],
    ['the largest half float', ['ff7b', { length: 16, valueType: 'float16' }, 65504]],
    ['the least half float', ['0100', { length: 16, valueType: 'float16' }, 2 ** -24]],
    ['a float of 24 bits as an integer', ['010203', { length: 24, valueType: 'float32' }, 0x30201]],
  ])('reads %s', (_, [payload, layout, expected]) => {
    assert.equal(decodeOne(payload, layout), expected);
  });

  it.each<[string, Partial<SignalLayout>]>([
    ['', {}],
    ['ff', { startBit: 1 }],
    ['ffffffffffffff', { startBit: 51, length: 13 }],
    ['ffffffffffffff', { startBit: 51, length: 12, byteOrder: 'big-endian' }],
  ])('reads no number where the payload "%s" is too short', (payload, layout) => {
    // The padding of the table is no payload.
    assert.equal(decodeOne(payload, layout), NaN);
  });

  it.each<Partial<SignalLayout>>([
    { length: 0 },
    { length: 65 },
    { length: 2 ** 31 },
    { length: 1.5 },
    { length: NaN },
    { startBit: -1 },
    { startBit: 2 ** 31 },
    { startBit: 2 ** 32 },
    { startBit: Infinity },
    { startBit: 0.5, byteOrder: 'big-endian' },
  ])('reads no number with the layout %o', (layout) => {
    assert.equal(decodeOne('ff'.repeat(64), layout), NaN);
  });

  it('reads what a calculation with all bits of the payload finds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), anyLayout(), (payload, layout) => {
        const table = tableOf(['ff'.repeat(68), payload, 'ff'.repeat(68)]);
        const plan = compileSignal(layout);
        assert.equal(decodeSignal(plan, table, Uint32Array.of(1))[0], calculate(payload, layout));
        assert.equal(readValue(plan, table, 1), calculate(payload, layout));
        assert.equal(readRaw(plan, table, 1), readSlowly(payload, layout));
      }),
      { numRuns: 5000 },
    );
  });

  it('reads every place and length of eight bytes', () => {
    const payload = Buffer.from('9e3779b97f4a7c15', 'hex');
    const table = tableOf([payload]);
    for (const byteOrder of ['little-endian', 'big-endian'] as const)
      for (const isSigned of [false, true])
        for (let startBit = 0; startBit < 64; startBit++)
          for (let length = 1; length <= 64; length++) {
            const layout = { ...PLAIN, startBit, length, byteOrder, isSigned };
            const [found] = decodeSignal(compileSignal(layout), table, firstRows(1));
            assert.equal(found, calculate(payload, layout));
          }
  });

  it('reads the rows that are asked for, in their order', () => {
    const table = tableOf(['01', '02', '', '04']);
    const column = decodeSignal(compileSignal(PLAIN), table, Uint32Array.of(3, 2, 0));
    assert.deepEqual([...column], [4, NaN, 1]);
  });

  it('writes into a longer array, and nothing behind its rows', () => {
    const into = Float64Array.of(7, 7, 7);
    assert.equal(decodeSignal(compileSignal(PLAIN), tableOf(['01', '02']), firstRows(2), into), into);
    assert.deepEqual([...into], [1, 2, 7]);
  });
});

describe('decodeMessage', () => {
  it('reads many signals of many frames, of which some are short', () => {
    const anyPayloads = fc.array(fc.uint8Array({ maxLength: 64 }), { minLength: 1, maxLength: 40 });
    const anyLayouts = fc.array(anyLayout(), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(anyPayloads, anyLayouts, fc.integer({ min: 1, max: 60 }), (payloads, layouts, times) => {
        const repeated = Array.from({ length: times }, () => payloads).flat();
        const plan = compileMessage(messageOf(layouts.map((layout) => signalOf(layout))));
        const columns = decodeMessage(plan, tableOf(repeated), firstRows(repeated.length));
        for (const [i, layout] of layouts.entries())
          assert.deepEqual(
            [...(columns[i] ?? [])],
            repeated.map((payload) => calculate(payload, layout)),
          );
      }),
      { numRuns: 60 },
    );
  });
});
