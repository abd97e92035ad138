import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { compileMessage } from '../../../../../server/core/dbc/codec/message-plan.ts';
import { decodeMessage, decodeSignal } from '../../../../../server/core/dbc/codec/signal-columns.ts';
import {
  decodeRaw,
  findPresence,
  isPresent,
  readValue,
} from '../../../../../server/core/dbc/codec/signal-values.ts';
import { messageOf, signalOf, type TestSignal } from './message-of.ts';
import { firstRows, readSlowly, tableOf } from './slow-codec.ts';

function decode(signals: readonly TestSignal[], payloads: readonly string[]): number[][] {
  const columns = decodeMessage(
    compileMessage(messageOf(signals)),
    tableOf(payloads),
    firstRows(payloads.length),
  );
  return columns.map((column) => [...column]);
}

describe('compileMessage', () => {
  it('selects by the raw value of the multiplexor, not by the physical one', () => {
    const switching = signalOf({ factor: 2, offset: 10 });
    const first = signalOf({ startBit: 8 }, switching, [[1, 1]]);
    const second = signalOf({ startBit: 8 }, switching, [
      [2, 3],
      [9, 12],
    ]);
    assert.deepEqual(decode([switching, first, second], ['0105', '0206', '0307', '0408', '0c09', '0d0a']), [
      [12, 14, 16, 18, 34, 36],
      [5, NaN, NaN, NaN, NaN, NaN],
      [NaN, 6, 7, NaN, 9, NaN],
    ]);
  });

  it('wants all multiplexors above one, in whatever order the file has them', () => {
    const top = signalOf({});
    const middle = signalOf({ startBit: 8 }, top, [[1, 1]]);
    const leaf = signalOf({ startBit: 16 }, middle, [[2, 2]]);
    assert.deepEqual(decode([leaf, middle, top], ['010203', '000203', '010303', '01', '0102', '']), [
      [3, NaN, NaN, NaN, NaN, NaN],
      [2, NaN, 3, NaN, 2, NaN],
      [1, 0, 1, 1, 1, NaN],
    ]);
  });

  it('selects nothing where the multiplexor is behind the payload', () => {
    const far = signalOf({ startBit: 16 });
    const near = signalOf({}, far, [[0, 255]]);
    assert.deepEqual(decode([far, near], ['0102', '010203']), [
      [NaN, 3],
      [NaN, 1],
    ]);
  });

  it('selects by negative raw values', () => {
    const switching = signalOf({ isSigned: true });
    const branch = signalOf({ startBit: 8 }, switching, [[-2, -1]]);
    assert.deepEqual(decode([switching, branch], ['ff01', 'fe02', 'fd03'])[1], [1, 2, NaN]);
  });

  it('reads nothing of signals that cannot be decoded or that wait for each other', () => {
    const broken = signalOf({ isDecodable: false });
    const first = signalOf({});
    const second = signalOf({}, first, [[0, 255]]);
    Object.assign(first.multiplexing, { parent: second, ranges: [[0, 255]] });
    assert.deepEqual(decode([broken, first, second], ['01']), [[NaN], [NaN], [NaN]]);
  });

  it('follows multiplexors as deep as a file has them', () => {
    const signals = [signalOf({})];
    for (let i = 1; i < 5000; i++) signals.push(signalOf({}, signals[i - 1], [[0, 7]]));
    const plan = compileMessage(messageOf(signals.toReversed()));
    const [deepest] = plan.signals;
    assert.ok(deepest);
    assert.deepEqual([...decodeSignal(deepest, tableOf(['07', '08']), firstRows(2))], [7, NaN]);
    assert.equal(isPresent(deepest, tableOf(['07']), 0), true);
  });

  it('gives what reading signal by signal and row by row gives, and slow reading', () => {
    fc.assert(
      fc.property(
        anyMessage(),
        fc.array(fc.uint8Array({ maxLength: 9 }), { minLength: 1 }),
        (signals, payloads) => {
          const table = tableOf(payloads);
          const rows = firstRows(payloads.length);
          const plan = compileMessage(messageOf(signals));
          const columns = decodeMessage(plan, table, rows);
          for (const [i, signal] of signals.entries()) {
            const expected = payloads.map((payload) => readWithParents(payload, signal));
            const signalPlan = plan.signals[i];
            assert.ok(signalPlan);
            const physical = expected.map((raw) =>
              raw === undefined ? NaN : Number(raw) * signal.factor + signal.offset,
            );
            assert.deepEqual([...(columns[i] ?? [])], physical);
            assert.deepEqual([...decodeSignal(signalPlan, table, rows)], physical);
            assert.deepEqual(
              Array.from(rows, (row) => readValue(signalPlan, table, row)),
              physical,
            );
            const { values, presence } = decodeRaw(signalPlan, table, rows);
            const exact = signal.isSigned ? values : new BigUint64Array(values.buffer);
            assert.deepEqual(
              [...exact],
              expected.map((raw) => raw ?? 0n),
            );
            assert.deepEqual(
              [...presence],
              expected.map((raw) => (raw === undefined ? 0 : 1)),
            );
            assert.deepEqual(findPresence(signalPlan, table, rows), presence);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Signals of which each may be selected by any before it. */
function anyMessage(): fc.Arbitrary<readonly TestSignal[]> {
  const anySignal = fc.record({
    startBit: fc.integer({ min: 0, max: 63 }),
    length: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 64 })),
    byteOrder: fc.constantFrom('little-endian' as const, 'big-endian' as const),
    isSigned: fc.boolean(),
    factor: fc.constantFrom(1, 0.5, -3),
    offset: fc.constantFrom(0, 7),
    parent: fc.option(fc.nat(), { nil: undefined }),
    ranges: fc.array(fc.tuple(fc.integer({ min: -4, max: 8 }), fc.nat(4)), { minLength: 1, maxLength: 3 }),
  });
  return fc.array(anySignal, { minLength: 1, maxLength: 12 }).map((drafts) => {
    const signals: TestSignal[] = [];
    for (const { parent, ranges, ...layout } of drafts) {
      const above =
        parent === undefined || signals.length === 0 ? undefined : signals[parent % signals.length];
      signals.push(
        signalOf(
          layout,
          above,
          ranges.map(([first, more]) => [first, first + more] as const),
        ),
      );
    }
    return signals;
  });
}

function readWithParents(payload: Uint8Array, signal: TestSignal): bigint | undefined {
  for (let at = signal; at.multiplexing.parent !== undefined; at = at.multiplexing.parent) {
    const raw = readSlowly(payload, at.multiplexing.parent);
    if (raw === undefined) return undefined;
    if (!at.multiplexing.ranges.some(([first, last]) => raw >= first && raw <= last)) return undefined;
  }
  return readSlowly(payload, signal);
}
