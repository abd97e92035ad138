import { describe, expect, it } from 'vitest';
import { streamEventBatches } from '../../../../server/core/rlog/event-batches.ts';
import type { MessageCounts } from '../../../../server/core/rlog/message-scanner.ts';
import { buildEvent, joinBytes } from '../../../support/message-builder.ts';
import { openMemoryStream } from '../../../support/memory-stream.ts';
import { walkMemory } from '../../../support/walked-log.ts';

const MIB = 1024 * 1024;
const EVENT = buildEvent({ monoTime: 0xabcd_ef01_2345_6789n, tag: 4 });

function fillWith(words: readonly number[], byteLength: number): Uint8Array {
  const filled = new Uint32Array(byteLength / 4);
  for (let i = 0; i < filled.length; i++) filled[i] = words[i % words.length]!;
  return new Uint8Array(filled.buffer);
}

function repeat(bytes: Uint8Array, count: number): Uint8Array {
  const repeated = new Uint8Array(count * bytes.length);
  for (let i = 0; i < count; i++) repeated.set(bytes, i * bytes.length);
  return repeated;
}

async function countStream(log: Uint8Array): Promise<{ counts: MessageCounts; bytesRead: number }> {
  const stream = openMemoryStream(log);
  const { counts } = await drain(streamEventBatches(stream));
  return { counts, bytesRead: stream.counts.bytes };
}

async function drain(batches: ReturnType<typeof streamEventBatches>): Promise<typeof batches> {
  for await (const batch of batches) expect(batch.length).toBeGreaterThan(0);
  return batches;
}

describe('a file that is no log', () => {
  const noise = fillWith([0xdead_beef], 10 * MIB);

  it('is given up after 4 MiB', async () => {
    const { counts, bytesRead } = await countStream(noise);
    expect(counts).toMatchObject({ events: 0, garbageBytes: 4 * MIB, bytes: 4 * MIB, isDone: true });
    expect(counts.listProblems()).toMatchObject([{ code: 'GARBAGE', atByte: 0, byteLength: 4 * MIB }]);
    expect(bytesRead).toBeLessThanOrEqual(6 * MIB);
    expect(walkMemory(noise).counts).toMatchObject({ garbageBytes: 4 * MIB, bytes: 4 * MIB });
  });

  it('is a log when its first message lies within them', async () => {
    const log = joinBytes(noise.subarray(0, 4 * MIB - EVENT.length), EVENT, EVENT, noise);
    const { counts } = await countStream(log);
    expect(counts).toMatchObject({
      events: 2,
      garbageBytes: log.length - 2 * EVENT.length,
      bytes: log.length,
    });
  });

  it('is a log whose rest is given up after 64 MiB without a message', () => {
    const { counts } = walkMemory(joinBytes(EVENT, fillWith([0xdead_beef], 65 * MIB), EVENT, EVENT));
    expect(counts).toMatchObject({ events: 1, garbageBytes: 64 * MIB, bytes: EVENT.length + 64 * MIB });
  });
});

/** Each would take minutes if every byte of it were followed to where it leads. */
describe('hostile bytes take little work', () => {
  const oddEnd = Uint8Array.of(0xff, 0xff, 0xff);
  const everywhereHuge = fillWith([0, 0x70_0000, 0, 0x1_0002], 4 * MIB);
  const everywhereSegments = fillWith([0x0302], 8 * MIB);
  const eventsOffWords = repeat(joinBytes(EVENT, EVENT, oddEnd), 100_000);

  it.each([
    [
      'a message of 58 MB at every other word',
      joinBytes(EVENT, fillWith([0xffff_ffff], 16), everywhereHuge),
      1,
    ],
    [
      'a table of many segments at every half word',
      joinBytes(EVENT, fillWith([0xffff_ffff], 16), everywhereSegments),
      1,
    ],
    ['garbage between all messages', eventsOffWords, 200_000],
    ['events inside of each other, all with the same end', buildNested(4 * MIB), undefined],
  ])('%s', async (_, log, events) => {
    const { counts, bytesRead } = await countStream(log);
    expect(counts.bytes).toBe(log.length);
    expect(bytesRead).toBe(log.length);
    if (events !== undefined) expect(counts.events).toBe(events);
    expect(counts.listProblems().length).toBeLessThanOrEqual(63);
  });

  it('in memory as well', () => {
    expect(walkMemory(eventsOffWords).counts.events).toBe(200_000);
    expect(walkMemory(buildNested(MIB)).counts.bytes).toBe(MIB + 48);
  });

  it('and a large message behind garbage is waited for all the same', async () => {
    const content = {
      kind: 'list',
      elementSize: 2,
      length: 5 * MIB,
      bytes: new Uint8Array(5 * MIB).fill(0xee),
    } as const;
    const large = new Uint8Array(EVENT.length + content.length);
    large.set(EVENT);
    large.set(content.bytes, EVENT.length);
    new DataView(large.buffer).setUint32(4, (large.length - 8) / 8, true);
    const { counts } = await countStream(joinBytes(EVENT, oddEnd, fillWith([0xeeee_eeee], 16), large, EVENT));
    expect(counts).toMatchObject({ events: 3, garbageBytes: 19, unreadableEvents: 0 });
  });
});

/** Events that begin at every 25th byte and all end in the same zeros, behind which is garbage: each could be to blame. */
function buildNested(byteLength: number): Uint8Array {
  const log = new Uint8Array(byteLength + 48).fill(0xff);
  const view = new DataView(log.buffer);
  log.fill(0, byteLength - 16, byteLength + 32);
  log.set(EVENT);
  for (let at = EVENT.length; at + 64 < byteLength; at += 25) {
    view.setBigUint64(at, BigInt(Math.floor((byteLength - at - 8) / 8)) << 32n, true);
    view.setBigUint64(at + 8, 0x1_0002n << 32n, true);
  }
  return log;
}
