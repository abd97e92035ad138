import { describe, expect, it } from 'vitest';
import { scanEventBatches } from '../../../../server/core/rlog/event-batches.ts';
import { appendFieldValues, FieldColumn } from '../../../../server/core/schema/field-column.ts';
import { compileFieldPath } from '../../../../server/core/schema/field-path.ts';
import {
  bitList,
  buildEvent,
  buildMessage,
  type EventContent,
  joinBytes,
  numberList,
  type Placing,
  pointerList,
  raw,
  struct,
  structList,
  structPointer,
  text,
} from '../../../support/message-builder.ts';
import { openTinySchema } from '../../../support/tiny-schema.ts';

const SAMPLE = 0;
const POINTS = 1;

function extract(path: string, log: Uint8Array): FieldColumn {
  const column = new FieldColumn();
  const compiled = compileFieldPath(openTinySchema(), path);
  for (const batch of scanEventBatches(log)) appendFieldValues(batch, compiled, column);
  return column;
}

function valuesOf(path: string, log: Uint8Array): number[] {
  const { value, length } = extract(path, log);
  return [...value.subarray(0, length)];
}

function valueOf(path: string, event: EventContent, placing: Placing = 'together'): number | undefined {
  return valuesOf(path, buildEvent(event, placing))[0];
}

const ONE_AND_HALF = 0x3fc00000n;
const SAMPLES = struct(
  [
    (0xfen << 8n) | (1n << 32n),
    7n,
    0xfffdn << 32n,
    0x3fb999999999999an,
    1n << 63n,
    1n | (3n << 32n),
    BigInt.asUintN(64, -9n),
    0n,
  ],
  [
    text('n'),
    undefined,
    struct([ONE_AND_HALF], [undefined]),
    numberList(Float32Array.of(0.5, 2)),
    bitList([false, true]),
    undefined,
    pointerList([numberList(Float32Array.of(1)), numberList(Float32Array.of(3, 4))]),
    numberList(Uint16Array.of(0, 9)),
    numberList(BigInt64Array.of(-5n)),
    undefined,
    struct([0n, 0n]),
  ],
);

describe('appendFieldValues', () => {
  it.each([
    ['sample.flag', 1],
    ['sample.small', -2],
    ['sample.level', 1],
    ['sample.count', 7],
    ['sample.offset', -1],
    ['sample.gain', Math.fround(0.05)],
    ['sample.ratio', 0.1],
    ['sample.ticks', 2 ** 63],
    ['sample.delta', -9],
    ['sample.half', -3],
    ['sample.inner.x', 1.5],
    ['sample.inner.y', 0],
    ['sample.floats[1]', 2],
    ['sample.floats[2]', NaN],
    ['sample.floats.length', 2],
    ['sample.bits[1]', 1],
    ['sample.grid[1][1]', 4],
    ['sample.grid[1].length', 2],
    ['sample.grid[9].length', NaN],
    ['sample.levels[1]', 9],
    ['sample.big[0]', -5],
    ['sample.pair.first', 3],
    ['sample.left', NaN],
    ['sample.right.x', 0],
    ['sample.voids.length', 0],
  ])('reads %s', (path, value) => {
    for (const placing of ['together', 'far', 'doubleFar'] as const) {
      expect(valueOf(path, { tag: SAMPLE, content: SAMPLES }, placing)).toBe(value);
    }
  });

  it.each([
    ['sample.offset', -1],
    ['sample.gain', Math.fround(0.05)],
    ['sample.flag', 1],
    ['sample.inner.x', 0],
    ['sample.left', 0],
    ['sample.right.x', NaN],
    ['sample.floats.length', 0],
    ['sample.floats[0]', NaN],
  ])('reads the default of %s in an event without content', (path, value) => {
    expect(valueOf(path, { tag: SAMPLE, content: undefined })).toBe(value);
    expect(valueOf(path, { tag: SAMPLE, content: struct([]) })).toBe(value);
  });

  it('reads lists of structs and the number of their elements', () => {
    const points = structList([struct([1n], [undefined]), struct([ONE_AND_HALF], [undefined])]);
    expect(valueOf('points[1].x', { tag: POINTS, content: points })).toBe(1.5);
    expect(valueOf('points[2].x', { tag: POINTS, content: points })).toBe(NaN);
    expect(valueOf('points.length', { tag: POINTS, content: points }, 'far')).toBe(2);
    expect(valueOf('points.length', { tag: POINTS, content: undefined })).toBe(0);
  });

  it('takes the events of its service only, with their times', () => {
    const log = joinBytes(
      buildEvent({ monoTime: 2n ** 64n - 1n, tag: SAMPLE, content: struct([0n, 5n]) }),
      buildEvent({ monoTime: 1n, tag: POINTS }),
      buildEvent({ monoTime: 2n ** 32n, tag: SAMPLE, content: struct([0n, 6n]) }),
    );
    const { length, value, monoTime } = extract('sample.count', log);
    expect([length, ...value.subarray(0, length)]).toEqual([2, 5, 6]);
    expect([...monoTime.subarray(0, length)]).toEqual([2n ** 64n - 1n, 2n ** 32n]);
  });

  it('reads what every event has', () => {
    const log = joinBytes(
      buildEvent({ monoTime: 2n ** 40n, tag: SAMPLE }),
      buildEvent({ monoTime: 2n, tag: 77, isValid: false }),
    );
    expect(valuesOf('logMonoTime', log)).toEqual([2 ** 40, 2]);
    expect(valuesOf('valid', log)).toEqual([1, 0]);
  });

  it('counts bad pointers and goes on', () => {
    const bad = raw(structPointer(1000, 1, 0));
    const log = joinBytes(
      buildEvent({ tag: SAMPLE, content: bad }),
      buildEvent({ tag: SAMPLE, content: struct([], [undefined, undefined, bad]) }, 'far'),
      buildEvent({ tag: SAMPLE, content: SAMPLES }),
    );
    const column = extract('sample.inner.x', log);
    expect([column.badPointers, ...column.value.subarray(0, column.length)]).toEqual([2, NaN, NaN, 1.5]);
    const wrong = struct([], [...Array<undefined>(3), pointerList([undefined])]);
    expect(extract('sample.floats[0]', buildEvent({ tag: SAMPLE, content: wrong })).badPointers).toBe(1);
  });

  it('reads an event that has no pointers at all', () => {
    expect(valuesOf('sample.count', buildMessage(struct([1n, 0n])))).toEqual([0]);
    expect(valuesOf('sample.count', buildMessage(struct([1n, 0n]), 'far'))).toEqual([0]);
  });

  it('grows as far as it must', () => {
    const event = buildEvent({ monoTime: 3n, tag: SAMPLE, content: struct([0n, 5n]) });
    const column = extract('sample.count', joinBytes(...Array<Uint8Array>(3000).fill(event)));
    expect(column.length).toBe(3000);
    expect(new Set(column.value.subarray(0, 3000))).toEqual(new Set([5]));
    expect(new Set(column.monoTime.subarray(0, 3000))).toEqual(new Set([3n]));
  });
});
