import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByteSource, viewAsSource } from '../../../../server/adapters/files/byte-source.ts';
import { InputWindow, LOOKAHEAD_BYTES, SLACK_BYTES } from '../../../../server/adapters/files/input-window.ts';
import { randomBytes } from '../../../support/random.ts';

const content = randomBytes(1_700_000);

function openWindow(): InputWindow {
  return new InputWindow(viewAsSource(content, 'content'));
}

describe('InputWindow', () => {
  it('shows the bytes in order, however they are asked for', async () => {
    const steps = fc.array(
      fc.record({
        wanted: fc.integer({ min: 0, max: LOOKAHEAD_BYTES }),
        used: fc.double({ min: 0, max: 1, noNaN: true }),
        skipped: fc.integer({ min: 0, max: 400_000 }),
      }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const window = openWindow();
        let position = 0;
        for (const { wanted, used, skipped } of list) {
          const isThere = await window.require(wanted);
          expect(isThere).toBe(position + wanted <= content.length);
          expect(window.position).toBe(position);
          const seen = window.bytes.subarray(window.start, window.end);
          expect(Buffer.compare(seen, content.subarray(position, position + seen.length))).toBe(0);
          const taken = Math.floor(used * window.available);
          window.start += taken;
          position += taken;
          expect(await window.skip(skipped)).toBe(position + skipped <= content.length);
          position = Math.min(position + skipped, content.length);
        }
        await window.close();
      }),
      { numRuns: 40 },
    );
  });

  it('has readable bytes behind its end', async () => {
    const window = openWindow();
    await window.require(1);
    expect(window.bytes.length - window.end).toBeGreaterThanOrEqual(SLACK_BYTES);
    await window.close();
  });

  it('has nothing left when closed', async () => {
    const window = openWindow();
    await window.require(10);
    await window.close();
    expect([window.available, await window.require(1), await window.skip(1)]).toEqual([0, false, false]);
  });

  it('tells a failure where the bytes are wanted, and not before', async () => {
    const source: ByteSource = {
      name: 'broken',
      sizeBytes: 2_000_000,
      readAt: (target, position) =>
        position === 0 ? Promise.resolve(target.length) : Promise.reject(new Error('the disk is gone')),
      close: () => Promise.resolve(),
    };
    const window = new InputWindow(source);
    expect(await window.require(1000)).toBe(true);
    window.start = window.end;
    await expect(window.require(1)).rejects.toThrow('the disk is gone');
    await window.close();
  });
});
