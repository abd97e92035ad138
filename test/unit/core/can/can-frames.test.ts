import { describe, expect, it } from 'vitest';
import {
  bitList,
  buildCanEvent,
  buildEvent,
  buildMessage,
  CAN_TAG,
  type CanFrameContent,
  canFrames,
  type Content,
  dataBytes,
  farPointer,
  frameSegments,
  joinBytes,
  type ListContent,
  listPointer,
  numberList,
  type Placing,
  pointerList,
  raw,
  struct,
  structList,
  structPointer,
  text,
} from '../../../support/message-builder.ts';
import { readFrames } from '../../../support/frame-listing.ts';

const PLACINGS: readonly Placing[] = ['together', 'far', 'doubleFar'];

function bytesUpTo(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i * 7 + 1);
}

const FRAMES: readonly CanFrameContent[] = [
  { address: 0, bus: 0, data: [] },
  { address: 0x7ff, bus: 1, data: [1, 2, 3] },
  { address: 0xffff_ffff, bus: 255, data: bytesUpTo(8) },
  { address: 0x1fff_ffff, bus: 128, data: bytesUpTo(64) },
];

describe.each(PLACINGS)('frames placed %s', (placing) => {
  it('are read as they were written, in file order, at the time of their event', () => {
    const max = (1n << 64n) - 1n;
    const log = joinBytes(
      buildCanEvent(max, FRAMES, placing),
      buildEvent({ tag: 16, content: canFrames(FRAMES) }, placing),
      buildCanEvent(1n, [], placing),
      buildCanEvent(2n, FRAMES.slice(1, 2), placing),
    );
    const { frames, reader } = readFrames(log);
    const at = (monoTime: bigint) => (frame: CanFrameContent) => ({
      ...frame,
      monoTime,
      data: [...(frame.data as number[])],
    });
    expect(frames).toEqual([...FRAMES.map(at(max)), ...FRAMES.slice(1, 2).map(at(2n))]);
    expect([reader.events, reader.firstMonoTime]).toEqual([3, max]);
    expect(reader.takeProblems()).toEqual([]);
    expect(readFrames(log, 16).frames).toEqual(FRAMES.map(at(0n)));
  });

  it.each([0, 1, 7, 8, 9, 63, 64, 65, 255, 256, 70_000])(
    'have payloads of any length: %i bytes',
    (length) => {
      const data = bytesUpTo(length);
      const { frames } = readFrames(
        buildCanEvent(
          1n,
          [
            { address: 1, bus: 2, data: [9] },
            { address: 3, bus: 4, data },
          ],
          placing,
        ),
      );
      expect(frames.map((frame) => frame.data)).toEqual([[9], [...data]]);
    },
  );

  it.each<[string, Content, readonly object[]]>([
    ['no list', undefined, []],
    [
      'wider elements',
      structList([struct([5n | (6n << 48n), 99n], [dataBytes([7]), text('new')])]),
      [{ address: 5, bus: 6, data: [7] }],
    ],
    [
      'elements without a payload',
      structList([struct([5n | (6n << 48n)])]),
      [{ address: 5, bus: 6, data: [] }],
    ],
    [
      'elements without a data section',
      structList([struct([], [dataBytes([7])])]),
      [{ address: 0, bus: 0, data: [7] }],
    ],
    [
      'a payload that is not set',
      structList([struct([5n], [undefined])]),
      [{ address: 5, bus: 0, data: [] }],
    ],
    ['elements of nothing', structList([struct([]), struct([])]), [{ address: 0 }, { address: 0 }]],
    [
      'a list of nothing',
      { kind: 'list', elementSize: 0, length: 2 },
      [{ address: 0, data: [] }, { address: 0 }],
    ],
    [
      'bytes upgraded',
      dataBytes([5, 6]),
      [
        { address: 0, bus: 0 },
        { address: 0, bus: 0 },
      ],
    ],
    ['two bytes upgraded', numberList(Uint16Array.of(5)), [{ address: 0, bus: 0, data: [] }]],
    [
      'four bytes upgraded',
      numberList(Int32Array.of(5, -1)),
      [{ address: 5, bus: 0 }, { address: 0xffff_ffff }],
    ],
    [
      'eight bytes upgraded',
      numberList(BigInt64Array.of(5n | (6n << 48n))),
      [{ address: 5, bus: 6, data: [] }],
    ],
    [
      'payloads upgraded',
      pointerList([dataBytes([7]), undefined]),
      [{ address: 0, data: [7] }, { data: [] }],
    ],
  ])('may have %s', (_, content, expected) => {
    const { frames, reader } = readFrames(buildEvent({ tag: CAN_TAG, content }, placing));
    expect(frames).toMatchObject(expected);
    expect(reader.takeProblems()).toEqual([]);
  });

  it.each<[string, ListContent]>([
    ['is a list', numberList(Uint16Array.of(5))],
    ['is a list of structs', structList([struct([5n])])],
  ])('costs one frame when its payload %s', (_, payload) => {
    const content = structList([
      struct([1n], [dataBytes([1])]),
      struct([2n], [payload]),
      struct([3n], [dataBytes([3])]),
    ]);
    const { frames, reader } = readFrames(buildEvent({ tag: CAN_TAG, content }, placing));
    expect(frames).toMatchObject([
      { address: 1, data: [1] },
      { address: 3, data: [3] },
    ]);
    expect([reader.damagedEvents, reader.damagedFrames]).toEqual([1, 1]);
  });

  it.each<[string, Content]>([
    ['a list of bits', bitList([true])],
    ['a struct', struct([1n])],
    ['a capability', raw(3n)],
    ['a list behind its segment', raw(listPointer(1000, 7, 2))],
    ['a list before its segment', raw(listPointer(-1000, 7, 2))],
    ['bytes behind their segment', raw(listPointer(1000, 2, 2))],
    ['more words than there are', raw(listPointer(-3, 7, 1000))],
    ['a tag that is none', raw(listPointer(-1, 7, 0))],
    ['more frames than words', raw(listPointer(-3, 7, 1))],
    ['a segment that is not there', raw(farPointer(99, 0))],
    ['half a billion frames of nothing', { kind: 'list', elementSize: 0, length: (1 << 29) - 1 }],
  ])('cost the event when the list is %s', (_, content) => {
    const bad = buildEvent({ monoTime: 0xffff_fff0n, tag: CAN_TAG, content }, placing);
    const { frames, reader } = readFrames(joinBytes(bad, buildCanEvent(2n, FRAMES.slice(1, 2))));
    expect(frames).toMatchObject([{ address: 0x7ff }]);
    expect(reader.takeProblems()).toEqual([
      { code: 'FRAMES_UNREADABLE', count: 1, message: '1 events hold frames that cannot be read' },
    ]);
    expect(reader.takeProblems()).toEqual([]);
  });
});

/** An event of two frames in one segment; the payload pointer of the second, at word 8, is the one given. */
function withSecondPayload(pointer: bigint, ...behind: bigint[]): Uint8Array {
  const root = [structPointer(0, 2, 1), 1n, BigInt(CAN_TAG), listPointer(0, 7, 4), structPointer(2, 1, 1)];
  return frameSegments([...root, 1n, listPointer(2, 2, 1), 2n, pointer, 0xaan, ...behind]);
}

it.each<[string, Uint8Array, number]>([
  ['shared with the first', withSecondPayload(listPointer(0, 2, 1)), 2],
  ['to the very end', withSecondPayload(listPointer(0, 2, 16), 1n), 2],
  ['a byte behind the end', withSecondPayload(listPointer(0, 2, 17), 1n), 1],
  ['behind the end', withSecondPayload(listPointer(2, 2, 1)), 1],
  ['to the first word', withSecondPayload(listPointer(-9, 2, 8)), 2],
  ['before the first word', withSecondPayload(listPointer(-10, 2, 8)), 1],
  ['not set', withSecondPayload(0n), 2],
  ['a capability', withSecondPayload(3n), 1],
  [
    'behind a far pointer in the same segment',
    withSecondPayload(farPointer(0, 10), listPointer(-2, 2, 1)),
    2,
  ],
  ['behind a far pointer to no segment', withSecondPayload(farPointer(1, 0)), 1],
])('follows a payload in one segment: %s', (_, event, count) => {
  const { frames, reader } = readFrames(event);
  expect(frames.map(({ address }) => address)).toEqual([1, 2].slice(0, count));
  expect([reader.damagedEvents, reader.damagedFrames]).toEqual(count === 2 ? [0, 0] : [1, 1]);
});

it.each([
  ['before', -9],
  ['behind', 5],
])('takes no frames of the event %s', (_, offset) => {
  const other = buildCanEvent(1n, [{ address: 7, bus: 0, data: [1] }]);
  const thief = buildEvent({ tag: CAN_TAG, content: raw(listPointer(offset, 7, 2)) });
  const { frames, reader } = readFrames(joinBytes(other, thief, other));
  expect(frames.map(({ address }) => address)).toEqual([7, 7]);
  expect([reader.damagedEvents, reader.damagedFrames]).toEqual([1, 0]);
});

it('sums up what is damaged', () => {
  const bad = withSecondPayload(3n);
  const { reader } = readFrames(joinBytes(bad, bad, buildEvent({ tag: CAN_TAG, content: raw(3n) })));
  const message =
    '3 events hold frames that cannot be read: 2 frames without a readable payload are left out';
  expect(reader.takeProblems()).toEqual([{ code: 'FRAMES_UNREADABLE', count: 3, message }]);
});

it.each(PLACINGS)('takes an event without a pointer, placed %s, as one without frames', (placing) => {
  const { frames, reader } = readFrames(buildMessage(struct([1n, BigInt(CAN_TAG)]), placing));
  expect([frames, reader.events, reader.damagedEvents]).toEqual([[], 1, 0]);
});
