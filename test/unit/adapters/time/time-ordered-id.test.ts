import { describe, expect, it } from 'vitest';
import { createTimeOrderedId } from '../../../../server/adapters/time/time-ordered-id.ts';

describe('ids', () => {
  it('have the form of a UUID of version 7', () => {
    expect(createTimeOrderedId()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    // The example of RFC 9562, appendix A.6, but for what is random.
    expect(createTimeOrderedId(0x017f22e279b0)).toMatch(/^017f22e2-79b0-7/);
  });

  it('sort by time and never repeat', () => {
    const ids = Array.from({ length: 1000 }, (_, ms) => createTimeOrderedId(1e12 + ms));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(Array.from({ length: 1000 }, () => createTimeOrderedId(1e12))).size).toBe(1000);
  });
});
