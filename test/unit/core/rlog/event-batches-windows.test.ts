import { describe, expect, it } from 'vitest';
import type { ByteStream } from '../../../../server/core/rlog/byte-stream.ts';
import type { EventBatch } from '../../../../server/core/rlog/event-batch.ts';
import { scanEventBatches, streamEventBatches } from '../../../../server/core/rlog/event-batches.ts';
import { MessageScanner } from '../../../../server/core/rlog/message-scanner.ts';
import { buildEvent, joinBytes, text } from '../../../support/message-builder.ts';

/** Six events of 56 bytes, at monoTime 0 to 5. */
function buildLog(): Uint8Array {
  return joinBytes(
    ...Array.from({ length: 6 }, (_, i) =>
      buildEvent({ monoTime: BigInt(i), tag: 17, content: text('0123456789') }),
    ),
  );
}

/** Lets the event at monoTime 1 claim so many words more than it has. */
function enlargeSecond(log: Uint8Array, words: number): Uint8Array {
  const sizeAt = log.length / 6 + 4;
  return log.map((byte, at) => (at === sizeAt ? byte + words : byte));
}

const DAMAGED: readonly (readonly [name: string, log: Uint8Array])[] = [
  ['a whole log', buildLog()],
  ['an event that claims a part of the next', enlargeSecond(buildLog(), 3)],
  ['an event that claims the next and a part of the one behind', enlargeSecond(buildLog(), 9)],
  ['an event that claims all behind it and more', enlargeSecond(buildLog(), 40)],
  ['a cut', buildLog().slice(0, -20)],
  ['garbage at the start', joinBytes(new Uint8Array(13).fill(0xff), buildLog())],
  ['garbage between', joinBytes(buildLog(), new Uint8Array(21).fill(0xff), buildLog())],
];

describe.each(DAMAGED)('%s', (_, log) => {
  it('is read alike in one piece and through a window of any size', async () => {
    const scanner = new MessageScanner(false);
    const expected = scanWhole(log, scanner);
    expect(expected.length).toBeGreaterThanOrEqual(5);
    for (let windowBytes = 8; windowBytes <= log.length + 8; windowBytes += 8) {
      const { events, batches } = await collect(log, windowBytes);
      expect(events).toEqual(expected);
      expect(batches.counts.listProblems()).toEqual(scanner.listProblems());
      expect(batches.counts.bytes).toBe(log.length);
    }
  });
});

it('finds the events that a size too large has swallowed', () => {
  const claims = enlargeSecond(buildLog(), 9);
  const times = scanWhole(claims, new MessageScanner(false)).map((event) => event.split(' ')[1]);
  expect(times).toEqual(['0', '1', '2', '3', '4', '5']);
});

function scanWhole(log: Uint8Array, scanner: MessageScanner): string[] {
  const events: string[] = [];
  for (const batch of scanEventBatches(log, scanner)) events.push(...listEvents(batch));
  return events;
}

async function collect(
  log: Uint8Array,
  windowBytes: number,
): Promise<{ events: string[]; batches: ReturnType<typeof streamEventBatches> }> {
  const batches = streamEventBatches(createStream(log), { windowBytes });
  const events: string[] = [];
  for await (const batch of batches) events.push(...listEvents(batch));
  return { events, batches };
}

/** Place and time of each event, as text: the batch is borrowed. */
function listEvents(batch: EventBatch): string[] {
  return Array.from({ length: batch.length }, (_, row) => {
    const start = batch.windowStart + batch.start[row]!;
    return `${start} ${String(batch.monoTime[row])} ${batch.end[row]! - batch.start[row]!}`;
  });
}

/** Gives 7 bytes at a time. */
function createStream(log: Uint8Array): ByteStream {
  let at = 0;
  return {
    format: 'plain',
    fileBytes: log.length,
    fileBytesRead: 0,
    problems: [],
    async read(target) {
      const piece = log.subarray(at, at + Math.min(7, target.length));
      target.set(piece);
      at += piece.length;
      return piece.length;
    },
    async close() {
      // Nothing is held.
    },
  };
}
