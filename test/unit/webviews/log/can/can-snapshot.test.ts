import { describe, expect, test } from 'vitest';
import { CanSnapshot } from '../../../../../webviews/log/can/can-snapshot.ts';
import { SuppressedBytes } from '../../../../../webviews/log/can/suppressed-bytes.ts';

function blockOf(values: readonly number[]): { readonly bytes: ArrayBuffer } {
  return { bytes: Uint8Array.from(values).buffer };
}

const snapshot = new CanSnapshot({
  stride: 2,
  sizes: blockOf([2, 255, 1]),
  payloads: blockOf([1, 2, 0, 0, 9, 0]),
  changes: blockOf([3, 1, 0, 0, 2, 0]),
  times: { bytes: Float64Array.of(1.5, NaN, 2).buffer },
});

describe('a snapshot', () => {
  test('gives each message its payload', () => {
    expect(snapshot.payloadOf(0)).toEqual({ bytes: Uint8Array.of(1, 2), changes: Uint8Array.of(3, 1) });
    expect(snapshot.payloadOf(2)).toEqual({ bytes: Uint8Array.of(9), changes: Uint8Array.of(2) });
    expect(snapshot.timeOf(0)).toBe(1.5);
  });

  test('has nothing before the first frame, nor for rows that are not there', () => {
    expect(snapshot.payloadOf(1)).toBeNull();
    expect(snapshot.payloadOf(7)).toBeNull();
    expect(snapshot.timeOf(7)).toBeNaN();
  });
});

describe('suppressed bytes', () => {
  test('lose their change, and get it back', () => {
    const suppressed = new SuppressedBytes();
    const payload = snapshot.payloadOf(0);
    suppressed.turn('0:1', 1);
    expect(suppressed.quieten('0:1', payload)?.changes).toEqual(Uint8Array.of(3, 0));
    expect(suppressed.quieten('0:2', payload)?.changes).toEqual(Uint8Array.of(3, 1));
    suppressed.turn('0:1', 1);
    expect(suppressed.quieten('0:1', payload)).toBe(payload);
  });

  test('are all that toggle, where a whole message is meant', () => {
    const suppressed = new SuppressedBytes();
    const payload = snapshot.payloadOf(0);
    if (payload === null) throw new Error('no payload');
    suppressed.addToggling('0:1', payload);
    expect(suppressed.quieten('0:1', payload)?.changes).toEqual(Uint8Array.of(0, 1));
    suppressed.clear();
    expect(suppressed.quieten('0:1', payload)).toBe(payload);
  });
});
