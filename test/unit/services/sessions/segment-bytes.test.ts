import { describe, expect, it } from 'vitest';
import type { LogWindow } from '../../../../server/core/rlog/log-window.ts';
import type { LogSegment } from '../../../../server/services/logs/log-source.ts';
import { RecentValues } from '../../../../server/services/recent-values.ts';
import { SegmentBytes } from '../../../../server/services/sessions/segment-bytes.ts';
import { openMemoryStream } from '../../../support/memory-stream.ts';

const BYTES = Uint8Array.from({ length: 64 }, (_, place) => place);

/** One segment that was read, and whose bytes were dropped; opening it waits until it is let. */
function readAndDrop() {
  const gate = Promise.withResolvers<undefined>();
  const segment: LogSegment = {
    ...{ segment: undefined, name: 'log', path: '/log', kind: 'rlog', fileBytes: BYTES.length },
    open: async () => {
      await gate.promise;
      return openMemoryStream(BYTES);
    },
  };
  const cache = new RecentValues<LogWindow>(1e6);
  const checkFiles = (): Promise<void> => Promise.resolve();
  const bytes = new SegmentBytes({ key: 'a', segments: [segment], cache, maxBytes: 1e6, checkFiles });
  bytes.begin(0);
  bytes.append(BYTES);
  bytes.end();
  bytes.clear();
  const release = (): void => {
    gate.resolve(undefined);
  };
  return { bytes, cache, release };
}

describe('bytes of a segment', () => {
  it('are unpacked anew when they were dropped, and kept', async () => {
    const { bytes, cache, release } = readAndDrop();
    expect(cache.amount).toBe(0);
    release();
    const window = await bytes.of(0);
    expect([...window.bytes.subarray(0, 64)]).toEqual([...BYTES]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(cache.amount).toBeGreaterThanOrEqual(64);
  });

  it('that come when the log is closed already reach who waits, and are not kept', async () => {
    const { bytes, cache, release } = readAndDrop();
    const asked = bytes.of(0);
    bytes.clear();
    release();
    expect((await asked).bytes[63]).toBe(63);
    await new Promise((resolve) => setImmediate(resolve));
    expect(cache.amount).toBe(0);
  });
});
