import { describe, expect, it } from 'vitest';
import { RecentValues } from '../../../server/services/recent-values.ts';

describe('RecentValues', () => {
  it('drops what was not asked for the longest', () => {
    const recent = new RecentValues<string>(10);
    recent.set('a', 'A', 4);
    recent.set('b', 'B', 4);
    expect(recent.get('a')).toBe('A');
    recent.set('c', 'C', 4);
    expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual(['A', undefined, 'C']);
    expect(recent.amount).toBe(8);
  });

  it('keeps what comes last, however large it is, and nothing beside it', () => {
    const recent = new RecentValues<string>(10);
    recent.set('a', 'A', 4);
    recent.set('b', 'B', 40);
    expect([recent.get('a'), recent.get('b'), recent.amount]).toEqual([undefined, 'B', 40]);
  });

  it('counts a value once that is kept anew, and not at all when it is gone', () => {
    const recent = new RecentValues<string>(10);
    recent.set('a', 'A', 4);
    recent.set('a', 'B', 6);
    expect([recent.get('a'), recent.amount]).toEqual(['B', 6]);
    recent.delete('a');
    recent.delete('a');
    expect(recent.amount).toBe(0);
  });
});
