import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';
import { readSignal, readSignalColumn } from '../../../../server/core/dbc/signal-column.ts';
import type { SignalLayout } from '../../../../server/core/dbc/signal-layout.ts';
import { sharedDir } from '../../../support/shared.ts';

const PLAIN: SignalLayout = {
  startBit: 0,
  length: 8,
  byteOrder: 'little-endian',
  isSigned: false,
  factor: 1,
  offset: 0,
};

describe('readSignal', () => {
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
  ])('reads %s', (_, [payload, layout, expected]) => {
    assert.equal(readSignal(tableOf([payload]), 0, { ...PLAIN, ...layout }), expected);
  });

  it.each<[string, Partial<SignalLayout>]>([
    ['', {}],
    ['ff', { startBit: 1 }],
    ['ffffffffffffff', { startBit: 51, length: 13 }],
    ['ffffffffffffff', { startBit: 51, length: 12, byteOrder: 'big-endian' }],
  ])('reads no number where the payload "%s" is too short', (payload, layout) => {
    // The padding of the table is no payload.
    assert.equal(readSignal(tableOf([payload]), 0, { ...PLAIN, ...layout }), NaN);
  });

  it('reads what a calculation with all bits of the payload finds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), layouts(), (payload, layout) => {
        const table = tableOf(['ffffffffffffffffff', payload, 'ffffffff']);
        assert.equal(readSignal(table, 1, layout), calculate(payload, layout));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('readSignalColumn', () => {
  it('reads the rows that are asked for, in their order', () => {
    const table = tableOf(['01', '02', '', '04']);
    assert.deepEqual([...readSignalColumn(table, Uint32Array.of(3, 2, 0), PLAIN)], [4, NaN, 1]);
  });
});

const vectors = sharedDir === undefined ? undefined : join(sharedDir, 'vectors/schema/opendbc');

describe.skipIf(vectors === undefined || !existsSync(vectors))('signals of opendbc', () => {
  const files = vectors === undefined ? [] : readdirSync(join(vectors, 'decode'));

  it.each(files)('reads every signal of %s as opendbc does', (file) => {
    const layouts = parseLayouts(
      readFileSync(join(vectors ?? '', 'dbc', file.replace('.json', '.dbc')), 'latin1'),
    );
    const { messages } = JSON.parse(
      readFileSync(join(vectors ?? '', 'decode', file), 'utf8'),
    ) as DecodeVectors;
    let compared = 0;
    for (const { id, decode } of messages)
      for (const { data, signals } of decode)
        for (const [name, [, physical]] of Object.entries(signals)) {
          const layout = layouts.get(`${String(id)} ${name}`);
          // opendbc goes on in zeros where a signal leaves its message.
          if (layout === undefined || Number.isNaN(calculate(Buffer.from(data, 'hex'), layout))) continue;
          assert.equal(
            readSignal(tableOf([data]), 0, layout),
            Number(physical),
            `${String(id)} ${name} of ${data}`,
          );
          compared++;
        }
    assert.ok(compared > 0);
  });
});

interface DecodeVectors {
  readonly messages: readonly {
    readonly id: number;
    readonly decode: readonly {
      readonly data: string;
      readonly signals: Readonly<Record<string, readonly [raw: number | string, physical: number | string]>>;
    }[];
  }[];
}

/** Reads as much of a DBC file as this test needs. */
function parseLayouts(dbc: string): ReadonlyMap<string, SignalLayout> {
  const layouts = new Map<string, SignalLayout>();
  let id = '';
  for (const line of dbc.split('\n')) {
    id = /^BO_ (\d+)/.exec(line)?.[1] ?? id;
    const match = /^\s*SG_ (\w+)[^:]*: *(\d+)\|(\d+)@([01])([+-]) *\(([^,]+),([^)]+)\)/.exec(line);
    if (match === null) continue;
    const [, name = '', start, length, order, sign, factor, offset] = match;
    layouts.set(`${String(Number(id) & 0x1fff_ffff)} ${name}`, {
      startBit: Number(start),
      length: Number(length),
      byteOrder: order === '0' ? 'big-endian' : 'little-endian',
      isSigned: sign === '-',
      factor: Number(factor),
      offset: Number(offset),
    });
  }
  return layouts;
}

function layouts(): fc.Arbitrary<SignalLayout> {
  return fc.record({
    startBit: fc.integer({ min: 0, max: 95 }),
    length: fc.integer({ min: 1, max: 64 }),
    byteOrder: fc.constantFrom('little-endian', 'big-endian'),
    isSigned: fc.boolean(),
    factor: fc.constantFrom(1, 0.057, -2),
    offset: fc.constantFrom(0, -40, 0.5),
  });
}

/** Bit by bit, in whole numbers of any size. */
function calculate(payload: Uint8Array, layout: SignalLayout): number {
  const { startBit, length, byteOrder, isSigned, factor, offset } = layout;
  const bits: bigint[] = [];
  for (let i = 0, at = startBit; i < length; i++) {
    const byte = payload[at >> 3];
    if (byte === undefined) return NaN;
    bits.push(BigInt((byte >> (at & 7)) & 1));
    if (byteOrder === 'little-endian') at++;
    else at = (at & 7) === 0 ? at + 15 : at - 1;
  }
  if (byteOrder === 'big-endian') bits.reverse();
  const value = bits.reduce((sum, bit, i) => sum + (bit << BigInt(i)), 0n);
  return Number(isSigned ? BigInt.asIntN(length, value) : value) * factor + offset;
}

function tableOf(payloads: readonly (string | Uint8Array)[]): FrameTable {
  const table = new FrameTable(1);
  for (const payload of payloads) {
    const bytes = typeof payload === 'string' ? Buffer.from(payload, 'hex') : payload;
    table.push({ seconds: 0, bus: 0, arbitrationId: 1 }, bytes, [0, bytes.length]);
  }
  return table;
}
