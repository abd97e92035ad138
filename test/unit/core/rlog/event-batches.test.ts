import { describe, expect, it } from 'vitest';
import { BATCH_ROWS } from '../../../../server/core/rlog/event-batch.ts';
import { scanEventBatches, streamEventBatches } from '../../../../server/core/rlog/event-batches.ts';
import { buildCanEvent, buildEvent, joinBytes, text } from '../../../support/message-builder.ts';
import { openMemoryStream } from '../../../support/memory-stream.ts';
import {
  listEvents,
  timesOf,
  walkMemory,
  walkStream,
  type WalkedEvent,
} from '../../../support/walked-log.ts';

const MESSAGES = [
  buildEvent({ monoTime: 1n, tag: 0, content: text('begin') }),
  buildCanEvent(2n, [{ address: 0x1ff, bus: 1, data: [0xff, 0xfe, 0xfd] }]),
  buildCanEvent(3n, [{ address: 0x2ff, bus: 0, data: [0xff] }], 'doubleFar'),
  buildEvent({ monoTime: (1n << 64n) - 1n, tag: 0xffff, isValid: false }),
];
const LOG = joinBytes(...MESSAGES);
const EVENTS: readonly WalkedEvent[] = [
  { tag: 0, monoTime: 1n, isValid: true },
  { tag: 4, monoTime: 2n, isValid: true },
  { tag: 4, monoTime: 3n, isValid: true },
  { tag: 0xffff, monoTime: (1n << 64n) - 1n, isValid: false },
].map((event, i) => ({
  ...event,
  at: joinBytes(...MESSAGES.slice(0, i)).length,
  byteLength: MESSAGES[i]?.length ?? 0,
}));

/** What a walk gives of the first `cut` bytes of the log. */
function expectedOfCut(cut: number): object {
  const whole = EVENTS.filter(({ at, byteLength }) => at + byteLength <= cut);
  const end = whole.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const isCut = end < cut;
  const message = `the log ends inside the message at byte ${end}: its last ${cut - end} bytes are dropped`;
  return {
    events: whole,
    counts: {
      events: whole.length,
      messages: whole.length,
      emptyMessages: 0,
      unreadableEvents: 0,
      garbageBytes: 0,
      bytes: cut,
      isCut,
    },
    problems: isCut ? [{ code: 'LOG_CUT', atByte: end, byteLength: cut - end, message }] : [],
  };
}

it('gives the whole messages before a cut, wherever the cut is', async () => {
  for (let cut = 0; cut <= LOG.length; cut++) {
    const log = LOG.slice(0, cut);
    expect(walkMemory(log)).toEqual(expectedOfCut(cut));
    expect(await walkStream(log, { windowBytes: 64 }, [7])).toEqual(expectedOfCut(cut));
    expect(await walkStream(log, { stopAtGarbage: true })).toEqual(expectedOfCut(cut));
  }
});

it('gives the same through a window of any size, read in pieces of any size', async () => {
  for (let windowBytes = 8; windowBytes < LOG.length + 16; windowBytes += 8)
    for (const chunkBytes of [[1], [3, 1, 64], [1000]])
      expect(await walkStream(LOG, { windowBytes }, chunkBytes)).toEqual(expectedOfCut(LOG.length));
});

it('walks bytes that lie anywhere in their buffer', () => {
  for (let offset = 0; offset < 8; offset++) {
    const log = new Uint8Array(offset + LOG.length).subarray(offset);
    log.set(LOG);
    expect(walkMemory(log)).toEqual(expectedOfCut(LOG.length));
  }
});

describe('batches', () => {
  const event = buildEvent({ monoTime: 9n, tag: 1 });
  const many = joinBytes(...new Array<Uint8Array>(2 * BATCH_ROWS + 1).fill(event));

  it('hold so many rows at most, and no event is lost between them', async () => {
    const scanned: number[] = [];
    for (const { length } of scanEventBatches(many)) scanned.push(length);
    expect(scanned).toEqual([BATCH_ROWS, BATCH_ROWS, 1]);
    const lengths: number[] = [];
    for await (const { length } of streamEventBatches(openMemoryStream(many), { windowBytes: 1 << 22 }))
      lengths.push(length);
    expect(lengths).toEqual([BATCH_ROWS, BATCH_ROWS, 1]);
    const places = walkMemory(many).events.map(({ at }) => at);
    expect(places).toEqual(Array.from({ length: 2 * BATCH_ROWS + 1 }, (_, i) => i * event.length));
  });

  it('are borrowed: the next one overwrites them', async () => {
    const kept = [];
    const seen = [];
    for await (const batch of streamEventBatches(openMemoryStream(LOG), { windowBytes: 128 })) {
      kept.push(batch);
      seen.push(...listEvents(batch));
    }
    expect(seen).toEqual(EVENTS);
    expect(kept.length).toBeGreaterThan(1);
    expect(new Set(kept).size).toBe(1);
  });

  it('are never empty', () => {
    expect([...scanEventBatches(new Uint8Array(0))]).toEqual([]);
    expect([...scanEventBatches(new Uint8Array(800))]).toEqual([]);
  });
});

describe('the window', () => {
  it('grows for a message that is larger', async () => {
    const large = buildEvent({ monoTime: 5n, tag: 3, content: text('x'.repeat(100_000)) }, 'far');
    const log = joinBytes(LOG, large, LOG, large);
    const walked = await walkStream(log, { windowBytes: 64 });
    expect(walked).toEqual(walkMemory(log));
    expect(walked.counts.events).toBe(10);
    expect(walked.problems).toEqual([]);
  });

  it('is filled before it is walked, and no byte is read twice', async () => {
    const stream = openMemoryStream(LOG, [40]);
    for await (const batch of streamEventBatches(stream, { windowBytes: 1024 })) expect(batch.length).toBe(4);
    expect(stream.counts).toEqual({ reads: Math.ceil(LOG.length / 40) + 1, bytes: LOG.length });
  });
});

describe('a disk that fails', () => {
  it('ends the walk with its error, behind the events that were read', async () => {
    const event = buildEvent({ tag: 7 });
    const stream = openMemoryStream(joinBytes(event, event, event, event), [2.5 * event.length]);
    const failing = {
      ...stream,
      read: (target: Uint8Array) => {
        if (stream.counts.reads > 0) return Promise.reject(new Error('EIO'));
        return stream.read(target);
      },
    };
    const batches = streamEventBatches(failing);
    const lengths: number[] = [];
    const walk = async () => {
      for await (const { length } of batches) lengths.push(length);
    };
    await expect(walk()).rejects.toThrow('EIO');
    expect(lengths).toEqual([2]);
    expect(batches.counts.events).toBe(2);
  });
});

describe('aborting', () => {
  it('ends the walk with the reason', async () => {
    const abort = new AbortController();
    const batches = streamEventBatches(openMemoryStream(LOG), { windowBytes: 64, signal: abort.signal });
    const walk = async (): Promise<void> => {
      for await (const batch of batches) if (batch.length > 0) abort.abort(new Error('enough'));
    };
    await expect(walk()).rejects.toThrow('enough');
    expect(batches.counts.events).toBeLessThan(4);
  });

  it('does nothing while it does not happen', async () => {
    expect(timesOf(await walkStream(LOG, { signal: new AbortController().signal }))).toHaveLength(4);
  });
});
