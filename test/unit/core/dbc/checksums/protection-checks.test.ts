import { describe, expect, it } from 'vitest';
import { FrameTable } from '../../../../../server/core/can/frame-table.ts';
import { findProtection, type Protection } from '../../../../../server/core/dbc/checksums/protection.ts';
import {
  createCounterState,
  NOT_CHECKABLE,
  RIGHT,
  verifyChecksums,
  verifyCounters,
  WRONG,
} from '../../../../../server/core/dbc/checksums/protection-checks.ts';
import type { DatabaseSignal } from '../../../../../server/core/dbc/model/database.ts';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';

function protect(...signals: readonly DatabaseSignal[]): Protection {
  const protection = findProtection(makeMessage('M', signals), 'toyota_x');
  if (protection === undefined) throw new Error('no protection');
  return protection;
}

function tableOf(payloads: readonly (readonly number[])[]): FrameTable {
  const table = new FrameTable(1);
  for (const bytes of payloads)
    table.push({ seconds: 0, bus: 0, arbitrationId: 0x25 }, Uint8Array.from(bytes), [0, bytes.length]);
  return table;
}

const rowsOf = ({ length }: FrameTable): Uint32Array => Uint32Array.from({ length }, (_, row) => row);

const counter = makeSignal('COUNTER', { startBit: 0, length: 2 });

describe('checksums of frames', () => {
  it('are right, wrong, or not there', () => {
    const checksum = makeSignal('CHECKSUM', { startBit: 16, length: 8 });
    const table = tableOf([[1, 2, 3 + 3 + 0x25], [1, 2, 0], [1, 2], [], [1, 2, 0, 0]]);
    expect(verifyChecksums(protect(checksum), table, rowsOf(table))).toEqual(
      Uint8Array.of(RIGHT, WRONG, NOT_CHECKABLE, NOT_CHECKABLE, WRONG),
    );
    expect(verifyChecksums(protect(checksum), table, Uint32Array.of(1, 0))).toEqual(
      Uint8Array.of(WRONG, RIGHT),
    );
  });

  it('cannot be checked where there is none', () => {
    const table = tableOf([[1], [2]]);
    expect(verifyChecksums(protect(counter), table, rowsOf(table))).toEqual(Uint8Array.of(2, 2));
  });
});

describe('counters of frames', () => {
  it('go up by one and begin again', () => {
    const table = tableOf([[2], [3], [0], [1], [3], [3], [0]]);
    expect(verifyCounters(protect(counter), table, rowsOf(table))).toEqual(
      Uint8Array.of(NOT_CHECKABLE, RIGHT, RIGHT, RIGHT, WRONG, WRONG, RIGHT),
    );
  });

  it('go on where the rows before ended', () => {
    const table = tableOf([[2], [3], [0], [2]]);
    const state = createCounterState();
    const check = (...rows: number[]): Uint8Array =>
      verifyCounters(protect(counter), table, Uint32Array.from(rows), { state });
    expect(check(0, 1)).toEqual(Uint8Array.of(NOT_CHECKABLE, RIGHT));
    expect(check(2, 3)).toEqual(Uint8Array.of(RIGHT, WRONG));
    expect(state).toEqual({ last: 2, failures: 1 });
  });

  it('count failures up to five, and down with every right step', () => {
    const state = createCounterState();
    const table = tableOf([...Array.from({ length: 9 }, () => [1]), [2], [3]]);
    verifyCounters(protect(counter), table, rowsOf(table).subarray(0, 9), { state });
    expect(state.failures).toBe(5);
    verifyCounters(protect(counter), table, rowsOf(table).subarray(9), { state });
    expect(state.failures).toBe(3);
  });

  it('are passed over where a frame does not hold them', () => {
    const parent = makeSignal('MODE', {
      startBit: 8,
      length: 8,
      multiplexing: { isMultiplexor: true, parent: undefined, ranges: [] },
    });
    const chosen = { ...counter, multiplexing: { isMultiplexor: false, parent, ranges: [[1, 1] as const] } };
    const table = tableOf([[0, 1], [3, 2], [1, 1], [2], [2, 1]]);
    expect(verifyCounters(protect(parent, chosen), table, rowsOf(table))).toEqual(
      Uint8Array.of(NOT_CHECKABLE, NOT_CHECKABLE, RIGHT, NOT_CHECKABLE, RIGHT),
    );
  });

  it('cannot be checked where there is none', () => {
    const table = tableOf([[1], [2]]);
    const checksum = makeSignal('CHECKSUM', { startBit: 0, length: 8 });
    expect(verifyCounters(protect(checksum), table, rowsOf(table))).toEqual(Uint8Array.of(2, 2));
  });
});
