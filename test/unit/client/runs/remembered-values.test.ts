import { describe, expect, it } from 'vitest';
import { PageMemory } from '../../../../client/pages/page-memory.ts';
import { readValues, storeValues } from '../../../../client/runs/remembered-values.ts';

class FakeMemory {
  readonly values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.values.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
  }
}

describe('remembered values', () => {
  it('are those of the last time, by tool', async () => {
    const memory = new FakeMemory();
    await storeValues(memory, 'a', { x: 1, list: ['b'], odd: { deep: 1 }, none: null });
    await storeValues(memory, 'b', { x: 2 });
    expect(readValues(memory, 'a')).toEqual({ x: 1, list: ['b'] });
    expect(readValues(memory, 'c')).toEqual({});
  });

  it('are bounded, and names of objects are names like all others', async () => {
    const memory = new FakeMemory();
    await storeValues(memory, 'a', { x: 'y'.repeat(65_537) });
    expect(readValues(memory, 'a')).toEqual({});
    expect(readValues(memory, 'constructor')).toEqual({});
    await storeValues(memory, '__proto__', { x: 1 });
    expect(readValues(memory, '__proto__')).toEqual({ x: 1 });
    expect(({} as { readonly x?: number }).x).toBeUndefined();
  });

  it('survive what is stored by mistake', () => {
    const memory = new FakeMemory();
    memory.values.set('cts.values', 'broken');
    expect(readValues(memory, 'a')).toEqual({});
  });
});

describe('PageMemory', () => {
  it('keeps states of forty pages, the latest first', () => {
    const memory = new FakeMemory();
    const pages = new PageMemory(memory);
    for (let page = 0; page < 45; page++) pages.write(`p${page}`, String(page));
    pages.write('p44', 'again');
    expect([pages.read('p44'), pages.read('p5'), pages.read('p4')]).toEqual(['again', '5', null]);
  });

  it('believes no broken store, and keeps no state without end', () => {
    const memory = new FakeMemory();
    memory.values.set('cts.pages', [['p', 7], 'x', ['q', 'ok']]);
    const pages = new PageMemory(memory);
    pages.write('r', 'x'.repeat(65_537));
    expect([pages.read('p'), pages.read('q'), pages.read('r')]).toEqual([null, 'ok', null]);
  });
});
