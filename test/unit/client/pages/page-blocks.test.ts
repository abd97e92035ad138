import { describe, expect, it } from 'vitest';
import { liftBlocks } from '../../../../client/pages/page-blocks.ts';

function base64Of(...bytes: readonly number[]): string {
  return Buffer.from(bytes).toString('base64');
}

describe('liftBlocks', () => {
  it('turns blocks at every depth into bytes of their own, and counts them', () => {
    const { value, blockBytes } = liftBlocks({
      a: { base64: base64Of(1, 2) },
      list: [{ b: { base64: base64Of(3) } }],
    });
    expect(value).toEqual({
      a: { bytes: Uint8Array.of(1, 2).buffer },
      list: [{ b: { bytes: Uint8Array.of(3).buffer } }],
    });
    expect(blockBytes).toBe(3);
  });

  it('shares no memory between small blocks', () => {
    const { value } = liftBlocks([{ base64: base64Of(1) }, { base64: base64Of(2) }]);
    const [first] = value as readonly { readonly bytes: ArrayBuffer }[];
    expect(first?.bytes.byteLength).toBe(1);
  });

  it('leaves everything else as it is', () => {
    const row = { base64: 'AQ==', more: 1 };
    const value = { numbers: [1, 2, 3], texts: ['a'], nothing: null, row, base64: 7 };
    expect(liftBlocks(value)).toEqual({ value, blockBytes: 0 });
  });

  it('does not follow what is nested without end', () => {
    let deep: object = { base64: base64Of(1) };
    for (let count = 0; count < 10_000; count++) deep = { deep };
    expect(liftBlocks(deep).blockBytes).toBe(0);
  });

  it('keeps names that every object has', () => {
    const value = JSON.parse('{"__proto__":{"x":1},"constructor":2}') as object;
    expect(JSON.stringify(liftBlocks(value).value)).toBe('{"__proto__":{"x":1},"constructor":2}');
  });
});
