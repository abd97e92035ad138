import { describe, expect, it } from 'vitest';
import type { Problem } from '#protocol';
import { MAX_MESSAGE_BYTES } from '../../../../server/core/rlog/message-frame.ts';
import { MessageScanner } from '../../../../server/core/rlog/message-scanner.ts';
import {
  buildEvent,
  dataBytes,
  frameSegments,
  joinBytes,
  structPointer,
} from '../../../support/message-builder.ts';
import { timesOf, walkMemory, walkStream } from '../../../support/walked-log.ts';

/** An event of 96 bytes in whose content no message can begin. */
function eventAt(monoTime: number): Uint8Array {
  const time = (0xabcdn << 48n) | BigInt(monoTime);
  return buildEvent({ monoTime: time, tag: 17, content: dataBytes(new Uint8Array(56).fill(0xee)) });
}

function eventsAt(...times: readonly number[]): Uint8Array {
  return joinBytes(...times.map(eventAt));
}

const EVENT_BYTES = eventAt(0).length;

function seen(log: Uint8Array): number[] {
  return walkMemory(log).events.map(({ monoTime }) => Number(monoTime & 0xffffn));
}

function noise(length: number): Uint8Array {
  return new Uint8Array(length).fill(0xee);
}

function garbage(atByte: number, byteLength: number): Problem {
  const message = `${byteLength} bytes at byte ${atByte} are no message: skipped`;
  return { code: 'GARBAGE', atByte, byteLength, message };
}

describe('garbage of any length', () => {
  const lengths = Array.from({ length: 50 }, (_, i) => i + 1);

  it.each(lengths)('of %i bytes before, between and behind messages is passed over', async (length) => {
    const pieces = [noise(length), eventsAt(1, 2), noise(length), eventsAt(3, 4), noise(length + 24)];
    const log = joinBytes(...pieces);
    const walked = walkMemory(log);
    expect(seen(log)).toEqual([1, 2, 3, 4]);
    expect(walked.counts).toMatchObject({
      events: 4,
      garbageBytes: 3 * length + 24,
      bytes: log.length,
      isCut: false,
    });
    const second = length + 2 * EVENT_BYTES;
    expect(walked.problems).toEqual([
      garbage(0, length),
      garbage(second, length),
      garbage(second + second, length + 24),
    ]);
    expect(await walkStream(log, { windowBytes: 128 }, [5])).toEqual(walked);
  });

  it.each([1, 7, 8, 13, 16])('of %i bytes ends the walk where it is asked to', async (length) => {
    const log = joinBytes(eventsAt(1, 2), noise(Math.max(8, length)), eventsAt(3, 4));
    const at = 2 * EVENT_BYTES;
    const expected = {
      counts: { events: 2, messages: 2, garbageBytes: 0, bytes: at, isCut: false },
      problems: [
        {
          code: 'GARBAGE',
          atByte: at,
          message: `the bytes from byte ${at} on are no message: reading stopped there`,
        },
      ],
    };
    expect(walkMemory(log, new MessageScanner(true))).toMatchObject(expected);
    for (const windowBytes of [64, 96, 4096])
      expect(await walkStream(log, { windowBytes, stopAtGarbage: true })).toMatchObject(expected);
  });

  it.each(Array.from({ length: 16 }, (_, i) => 56 + i))(
    'of %i bytes, up to the end of a window',
    async (length) => {
      const far = buildEvent({ monoTime: 3n, tag: 17 }, 'far');
      for (const events of [eventsAt(1, 2), joinBytes(far, far)]) {
        const log = joinBytes(noise(length), events);
        expect(await walkStream(log, { windowBytes: 64 })).toEqual(walkMemory(log));
        expect(walkMemory(log).counts).toMatchObject({ events: 2, garbageBytes: length });
      }
    },
  );

  it('of less than a word at the end is a cut message', () => {
    const { counts, problems } = walkMemory(joinBytes(eventsAt(1), noise(7)));
    expect([counts.isCut, counts.garbageBytes, counts.bytes]).toEqual([true, 0, EVENT_BYTES + 7]);
    expect(problems).toMatchObject([{ code: 'LOG_CUT', atByte: EVENT_BYTES, byteLength: 7 }]);
  });

  it('is all there is', () => {
    expect(walkMemory(noise(100))).toMatchObject({
      events: [],
      counts: { messages: 0, garbageBytes: 100, bytes: 100, isCut: false },
      problems: [garbage(0, 100)],
    });
  });
});

describe('a message of a wrong size costs one message', () => {
  const count = 12;
  const times = Array.from({ length: count }, (_, i) => i);
  const log = eventsAt(...times);

  // 12 words too many are the next message, exactly: nothing tells that it is one of its own.
  it.each([1, 2, 3, 5, 11, 13, 20, 23, 25, 50, 1000, -1, -2, -3, -5])('by %i words', async (words) => {
    for (const damaged of [0, 5, count - 2, count - 1]) {
      const wrong = log.slice();
      const sizeAt = damaged * EVENT_BYTES + 4;
      const view = new DataView(wrong.buffer);
      view.setUint32(sizeAt, view.getUint32(sizeAt, true) + words, true);
      const found = new Set(seen(wrong));
      expect(times.filter((time) => time !== damaged && !found.has(time))).toEqual([]);
      expect(timesOf(await walkStream(wrong, { windowBytes: 256 }, [100]))).toEqual(
        timesOf(walkMemory(wrong)),
      );
    }
  });

  it('also where it claims more than the log has, and the log is not cut for that', () => {
    const wrong = log.slice();
    wrong[5 * EVENT_BYTES + 5] = 1;
    expect(walkMemory(wrong)).toMatchObject({
      counts: { events: count - 1, garbageBytes: EVENT_BYTES, isCut: false },
      problems: [garbage(5 * EVENT_BYTES, EVENT_BYTES)],
    });
  });

  it('and is told apart from garbage', () => {
    const wrong = log.slice();
    wrong[4] = (wrong[4] ?? 0) + 3;
    const { counts, problems } = walkMemory(wrong);
    expect(counts).toMatchObject({ events: count, garbageBytes: 0, bytes: log.length });
    const message = `the message before byte ${EVENT_BYTES} claims more bytes than it has: read on where the next one begins`;
    expect(problems).toEqual([{ code: 'GARBAGE', atByte: EVENT_BYTES, byteLength: 0, message }]);
  });

  it('by more than a message can have', () => {
    const wrong = joinBytes(eventsAt(1), frameSegments([]), eventsAt(2, 3));
    new DataView(wrong.buffer).setUint32(EVENT_BYTES + 4, MAX_MESSAGE_BYTES / 8, true);
    expect(walkMemory(wrong)).toMatchObject({ problems: [garbage(EVENT_BYTES, 8)], counts: { events: 3 } });
  });
});

describe('empty messages', () => {
  const zeros = new Uint8Array(800);

  it.each<[string, Uint8Array, object]>([
    ['alone', zeros, { atByte: 0, byteLength: 800, count: 100 }],
    ['at the end', joinBytes(eventsAt(1), zeros), { atByte: EVENT_BYTES, byteLength: 800, count: 100 }],
    [
      'of null roots',
      joinBytes(frameSegments([0n]), frameSegments([])),
      { atByte: 0, byteLength: 24, count: 2 },
    ],
  ])('%s are told as one run', async (_, log, expected) => {
    const walked = walkMemory(log);
    expect(walked.problems).toMatchObject([{ code: 'EMPTY_MESSAGES', ...expected }]);
    expect(walked.problems[0]?.message).toMatch(
      /^\d+ empty messages \(\d+ bytes\) at the end of the log: ignored$/,
    );
    expect(await walkStream(log, { windowBytes: 64 }, [9])).toEqual(walked);
  });

  it('between events are told run by run', async () => {
    const log = joinBytes(zeros, eventsAt(1), zeros, eventsAt(2));
    const walked = walkMemory(log);
    expect(seen(log)).toEqual([1, 2]);
    expect(walked.counts).toMatchObject({
      emptyMessages: 200,
      messages: 202,
      garbageBytes: 0,
      bytes: log.length,
    });
    expect(walked.problems).toEqual(
      [0, 800 + EVENT_BYTES].map((at) => ({
        code: 'EMPTY_MESSAGES',
        atByte: at,
        byteLength: 800,
        count: 100,
        message: `100 empty messages (800 bytes) at byte ${at}: ignored`,
      })),
    );
    expect(await walkStream(log, { windowBytes: 64 }, [9])).toEqual(walked);
  });

  it('that end within a word are a run and a cut', () => {
    expect(walkMemory(zeros.subarray(0, 83)).problems).toMatchObject([
      { code: 'EMPTY_MESSAGES', atByte: 0, byteLength: 80, count: 10 },
      { code: 'LOG_CUT', atByte: 80, byteLength: 3 },
    ]);
  });
});

it('passes over messages that cannot be read, and tells where they are', () => {
  const unreadable = frameSegments([structPointer(5, 2, 1), 1n]);
  const log = joinBytes(eventsAt(1), unreadable, unreadable, eventsAt(2));
  const { counts, problems } = walkMemory(log);
  expect(seen(log)).toEqual([1, 2]);
  expect(counts).toMatchObject({ events: 2, messages: 4, unreadableEvents: 2, garbageBytes: 0 });
  expect(problems).toEqual(
    [EVENT_BYTES, EVENT_BYTES + 24].map((at) => ({
      code: 'EVENT_UNREADABLE',
      atByte: at,
      byteLength: 24,
      message: `the message at byte ${at} has a root that points outside of it: skipped`,
    })),
  );
});
