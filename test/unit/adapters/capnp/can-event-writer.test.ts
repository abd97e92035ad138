import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CanBatch, writeCanEvent } from '../../../../server/adapters/capnp/can-event-writer.ts';
import { EventWriter } from '../../../../server/adapters/capnp/event-writer.ts';
import { readSchemaSource } from '../../../../server/adapters/capnp/schema-source.ts';

const writer = new EventWriter(readSchemaSource());

/** Long enough for any event of this file. */
const ONE_SEGMENT = { segmentBytes: 1 << 20 };

const frames = fc.array(
  fc.record({
    address: fc.nat(0xffff_ffff),
    src: fc.nat(255),
    dat: fc.uint8Array({ maxLength: 70 }),
  }),
  { maxLength: 40 },
);

type Frame = { readonly address: number; readonly src: number; readonly dat: Uint8Array };

function toColumns(rows: readonly Frame[]): CanBatch {
  const dataStart = new Uint32Array(rows.length + 1);
  rows.forEach(({ dat }, row) => (dataStart[row + 1] = (dataStart[row] ?? 0) + dat.length));
  return {
    length: rows.length,
    arbitrationId: Uint32Array.from(rows, ({ address }) => address),
    bus: Uint8Array.from(rows, ({ src }) => src),
    dataStart,
    data: Uint8Array.from(rows.flatMap(({ dat }) => [...dat])),
  };
}

describe('writeCanEvent', () => {
  it('gives the bytes that the general writer gives', () => {
    fc.assert(
      fc.property(
        frames,
        fc.bigInt(0n, 2n ** 64n - 1n),
        fc.constantFrom('can' as const, 'sendcan' as const),
        (value, logMonoTime, service) => {
          const expected = writer.write({ logMonoTime, service, value }, ONE_SEGMENT);
          expect(writeCanEvent({ logMonoTime, service, frames: toColumns(value) })).toEqual(expected);
        },
      ),
    );
  });
});
