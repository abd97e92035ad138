import { describe, expect, test } from 'vitest';
import { describePayload, unpackChange, writeHex } from '../../../../../webviews/shared/can/byte-change.ts';

describe('packed changes', () => {
  test('carry kind and age', () => {
    expect(unpackChange(0)).toEqual({ kind: 'none', age: 0 });
    expect(unpackChange(1)).toEqual({ kind: 'rising', age: 0 });
    expect(unpackChange(2 | (1 << 2))).toEqual({ kind: 'falling', age: 1 });
    expect(unpackChange(3 | (2 << 2))).toEqual({ kind: 'toggling', age: 2 });
  });

  test('are read whatever the byte holds', () => {
    for (let packed = 0; packed < 256; packed += 1) expect([0, 1, 2]).toContain(unpackChange(packed).age);
  });
});

describe('a payload in words', () => {
  test('names the bytes that changed', () => {
    const bytes = Uint8Array.of(0xfd, 0x24, 0x00);
    expect(writeHex(bytes)).toBe('FD 24 00');
    expect(describePayload({ bytes, changes: Uint8Array.of(0, 3, 2) })).toBe(
      'FD 24 00, byte 1 toggling, byte 2 falling',
    );
  });

  test('says nothing of bytes that are not there', () => {
    expect(describePayload({ bytes: Uint8Array.of(1), changes: Uint8Array.of(0, 1) })).toBe('01');
  });
});
