import { describe, expect, it } from 'vitest';
import { viewAsWindow } from '../../../../server/core/rlog/log-window.ts';
import {
  MAX_MESSAGE_BYTES,
  messageEnd,
  NO_MESSAGE,
  UNKNOWN_END,
  weighMessageAt,
} from '../../../../server/core/rlog/message-frame.ts';
import { segmentTableBytes } from '../../../../server/core/rlog/message-view.ts';
import {
  buildEvent,
  farPointer,
  frameSegments,
  joinBytes,
  structPointer,
} from '../../../support/message-builder.ts';

/** A segment table with its padding, and nothing behind it. */
function tableOf(...counts: readonly number[]): Uint8Array {
  const table = [counts.length - 1, ...counts];
  if (table.length % 2 === 1) table.push(0xdead);
  return new Uint8Array(Uint32Array.from(table).buffer);
}

function endOf(bytes: Uint8Array, start = 0, filled = bytes.length): number {
  return messageEnd(viewAsWindow(bytes), start, filled);
}

describe('messageEnd', () => {
  const MAX_WORDS = MAX_MESSAGE_BYTES / 8;
  it.each([
    ['one segment', tableOf(3), 8 + 24],
    ['no words', tableOf(0), 8],
    ['two segments', tableOf(3, 1), 16 + 32],
    ['three segments', tableOf(3, 1, 2), 16 + 48],
    ['the largest message', tableOf(MAX_WORDS - 1), MAX_MESSAGE_BYTES],
    ['a message above the largest', tableOf(MAX_WORDS), NO_MESSAGE],
    ['sizes of which the sum overflows 32 bits', tableOf(0xffff_ffff, 0xffff_ffff, 2), NO_MESSAGE],
    ['too many segments', new Uint8Array(Uint32Array.of(1 << 20, 0).buffer), NO_MESSAGE],
    [
      'as many segments as can be, their table cut',
      new Uint8Array(Uint32Array.of((1 << 20) - 1, 0).buffer),
      UNKNOWN_END,
    ],
    ['four billion segments', new Uint8Array(Uint32Array.of(0xffff_ffff, 1).buffer), NO_MESSAGE],
    ['a table cut in its first word', tableOf(3).subarray(0, 7), UNKNOWN_END],
    ['a table cut behind its first word', tableOf(3, 1, 2).subarray(0, 15), UNKNOWN_END],
  ])('of %s', (_, bytes, end) => {
    expect(endOf(bytes)).toBe(end);
  });

  it('counts from where the message begins, and only what is filled', () => {
    const log = joinBytes(tableOf(0), tableOf(3));
    expect(endOf(log, 8)).toBe(8 + 8 + 24);
    expect(endOf(log, 8, 15)).toBe(UNKNOWN_END);
  });
});

it.each([
  [1, 8],
  [2, 16],
  [3, 16],
  [4, 24],
])('a table of %i segments has %i bytes', (segments, bytes) => {
  expect(segmentTableBytes(segments)).toBe(bytes);
});

describe('weighMessageAt', () => {
  const event = buildEvent({ monoTime: 7n, tag: 4 });
  const multi = buildEvent({ monoTime: 7n, tag: 4 }, 'far');
  const noise = new Uint8Array(24).fill(0xee);
  const root = (offset: number, dataWords: number, pointers: number): Uint8Array =>
    frameSegments([structPointer(offset, dataWords, pointers), ...new Array<bigint>(12).fill(0n)]);

  const words = new Uint8Array(
    BigUint64Array.of(...new Array<bigint>(4).fill(structPointer(0, 2, 1))).buffer,
  );
  const padBehind = joinBytes(frameSegments([farPointer(1, 0, 2), 0n, 0n, 0n], [farPointer(0, 1)]), words);

  it.each([
    ['an event before another', joinBytes(event, event), 'message'],
    ['an event of several segments before another', joinBytes(multi, multi), 'message'],
    ['an event before zeros', joinBytes(event, new Uint8Array(24)), 'message'],
    ['an event before noise', joinBytes(event, noise), 'none'],
    ['an event at the end', event, 'message'],
    ['an event before an end too short to tell', joinBytes(event, noise.subarray(0, 23)), 'message'],
    ['a cut event', event.subarray(0, -1), 'none'],
    ['a few bytes', event.subarray(0, 23), 'none'],
    ['noise', noise, 'none'],
    ['zeros', new Uint8Array(48), 'none'],
    ['a root of eight data words and four pointers', root(0, 8, 4), 'message'],
    ['a root of one data word', root(0, 1, 1), 'none'],
    ['a root of nine data words', root(0, 9, 1), 'none'],
    ['a root without pointers', root(0, 2, 0), 'none'],
    ['a root of five pointers', root(0, 2, 5), 'none'],
    ['a root that does not lie first', root(1, 2, 1), 'none'],
    ['a root larger than its segment', frameSegments([structPointer(0, 2, 1), 0n, 0n]), 'none'],
    ['a root that just fits', frameSegments([structPointer(0, 2, 1), 0n, 0n, 0n]), 'message'],
    ['a far root of a message of one segment', frameSegments([farPointer(0, 0), 0n, 0n]), 'none'],
    ['a far root of which the pad ends behind the message', padBehind, 'none'],
    ['a far root into no segment', frameSegments([farPointer(2, 0), 0n], [0n]), 'none'],
    [
      'more segments than a real event has',
      frameSegments([structPointer(0, 2, 1), 0n, 0n, 0n], ...new Array<bigint[]>(64).fill([])),
      'none',
    ],
    [
      'a table that reaches behind the end',
      joinBytes(tableOf(...new Array<number>(60).fill(1)).subarray(0, 200)),
      'none',
    ],
    [
      'a size above the largest message',
      joinBytes(tableOf(MAX_MESSAGE_BYTES / 8), root(0, 2, 1).subarray(8)),
      'none',
    ],
  ] as const)('%s', (_, bytes, expected) => {
    // At every alignment, and with the log going on behind what is filled.
    for (let at = 0; at < 8; at++) {
      const window = viewAsWindow(joinBytes(new Uint8Array(at).fill(0xff), bytes, noise));
      const place = { at, filled: at + bytes.length, isLast: true };
      expect(weighMessageAt(window.bytes, window.view, place)).toBe(expected);
    }
  });

  it.each([
    ['what is no root', noise, 'none'],
    ['a few bytes', event.subarray(0, 23), 'unknown'],
    ['a cut event', event.subarray(0, -1), 'unknown'],
    ['an event that nothing follows yet', event, 'unknown'],
    ['an event before too few bytes to tell', joinBytes(event, noise.subarray(0, 23)), 'unknown'],
    ['an event before noise', joinBytes(event, noise), 'none'],
    ['an event before another', joinBytes(event, event), 'message'],
  ] as const)('%s, before more of the log', (_, bytes, expected) => {
    const { view } = viewAsWindow(bytes.slice());
    expect(weighMessageAt(bytes, view, { at: 0, filled: bytes.length, isLast: false })).toBe(expected);
  });
});
