import { expect, it } from 'vitest';
import type { ByteStream } from '../../server/core/rlog/byte-stream.ts';
import { streamEventBatches } from '../../server/core/rlog/event-batches.ts';
import { buildEvent } from '../support/message-builder.ts';

const MIB = 1024 * 1024;
const EVENT = buildEvent({ monoTime: 1n, tag: 4 });
/** At every other word, what may be the start of an event's message of 58 MB. */
const PATTERN = Uint32Array.of(0, 0x70_0000, 0, 0x1_0002);

it('does little work where every other word may be the start of a large message', async () => {
  const stream = openHostileStream(160 * MIB);
  const batches = streamEventBatches(stream);
  for await (const batch of batches) expect(batch.length).toBe(1);
  // Searching is given up 64 MiB behind the event; the window holds at most one large message and what is before it.
  expect(batches.counts).toMatchObject({ events: 1, garbageBytes: 64 * MIB, isDone: true });
  expect(stream.fileBytesRead).toBeLessThanOrEqual(161 * MIB);
}, 20_000);

/** An event, a word that is no message, and then the pattern; nothing of it is kept in memory. */
function openHostileStream(byteLength: number): ByteStream {
  const start = new Uint8Array(EVENT.length + 8).fill(0xff);
  start.set(EVENT);
  const pattern = new Uint8Array(MIB);
  new Uint32Array(pattern.buffer).forEach((_, i, words) => (words[i] = PATTERN[i % PATTERN.length]!));
  let at = 0;
  return {
    format: 'plain',
    fileBytes: byteLength,
    problems: [],
    get fileBytesRead() {
      return at;
    },
    async read(target) {
      const inPattern = (at - start.length) % 16;
      const source = at < start.length ? start.subarray(at) : pattern.subarray(inPattern);
      const piece = source.subarray(0, Math.min(target.length, byteLength - at));
      target.set(piece);
      at += piece.length;
      return piece.length;
    },
    async close() {
      // Nothing is held.
    },
  };
}
