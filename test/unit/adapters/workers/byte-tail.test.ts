import { describe, expect, it } from 'vitest';
import { ByteTail } from '../../../../server/adapters/workers/byte-tail.ts';

describe('a tail', () => {
  it.each([
    { pieces: [], tail: '' },
    { pieces: ['ab'], tail: 'ab' },
    { pieces: ['ab', 'cd'], tail: 'abcd' },
    { pieces: ['ab', 'cd', 'e'], tail: 'bcde' },
    { pieces: ['abcdefgh'], tail: 'efgh' },
    { pieces: ['abcdefgh', 'i'], tail: 'fghi' },
    { pieces: ['a', 'b', 'c', 'd', 'e', 'f'], tail: 'cdef' },
    { pieces: ['a', '', '', 'bcde'], tail: 'bcde' },
  ])('of $pieces is $tail', ({ pieces, tail }) => {
    const kept = new ByteTail(4);
    for (const piece of pieces) kept.append(Buffer.from(piece));
    expect(kept.toString()).toBe(tail);
  });
});
