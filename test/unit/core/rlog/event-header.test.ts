import { describe, expect, it } from 'vitest';
import {
  createEventBatch,
  type MutableEventBatch,
  MULTI_SEGMENT,
  NOT_VALID,
} from '../../../../server/core/rlog/event-batch.ts';
import { EventHeaderReader } from '../../../../server/core/rlog/event-header.ts';
import { viewAsWindow } from '../../../../server/core/rlog/log-window.ts';
import {
  buildEvent,
  buildMessage,
  type Content,
  dataBytes,
  farPointer,
  frameSegments,
  joinBytes,
  type Placing,
  raw,
  struct,
  structPointer,
} from '../../../support/message-builder.ts';

const BEFORE = new Uint8Array(16).fill(0xff);
const AFTER = new Uint8Array(64).fill(0xff);

/** Appends the message with other bytes before and behind it. */
function append(message: Uint8Array): { readonly outcome: string; readonly batch: MutableEventBatch } {
  const window = viewAsWindow(joinBytes(BEFORE, message, AFTER));
  const batch = createEventBatch(window);
  const outcome = new EventHeaderReader(window).append(batch, BEFORE.length, BEFORE.length + message.length);
  return { outcome, batch };
}

function rowOf(message: Uint8Array): object {
  const { outcome, batch } = append(message);
  expect([outcome, batch.length, batch.start[0], batch.end[0]]).toEqual([
    'event',
    1,
    BEFORE.length,
    BEFORE.length + message.length,
  ]);
  return { monoTime: batch.monoTime[0], tag: batch.tag[0], flags: batch.flags[0] };
}

describe.each<[Placing, number]>([
  ['together', 0],
  ['far', MULTI_SEGMENT],
  ['doubleFar', MULTI_SEGMENT],
])('an event placed %s', (placing, flags) => {
  it.each<[string, Content, object]>([
    ['of an Event as it is', struct([5n, 0x4n], [dataBytes([1])]), { monoTime: 5n, tag: 4, flags }],
    [
      'that is not valid',
      struct([5n, 0x1_0000n], [undefined]),
      { monoTime: 5n, tag: 0, flags: flags | NOT_VALID },
    ],
    ['of the last tag', struct([5n, 0xffffn], [undefined]), { monoTime: 5n, tag: 0xffff, flags }],
    ['with other bits beside valid', struct([5n, 0xfffe_0003n], []), { monoTime: 5n, tag: 3, flags }],
    ['at the last nanosecond', struct([(1n << 64n) - 1n, 1n]), { monoTime: (1n << 64n) - 1n, tag: 1, flags }],
    ['of an older Event, one word', struct([5n], [dataBytes([1])]), { monoTime: 5n, tag: 0, flags }],
    ['of an Event of pointers only', struct([], [dataBytes([1])]), { monoTime: 0n, tag: 0, flags }],
    ['of an Event of nothing', struct([], []), { monoTime: 0n, tag: 0, flags }],
    ['of a newer Event', struct([5n, 6n, 7n, 8n], [undefined, undefined]), { monoTime: 5n, tag: 6, flags }],
  ])('%s', (_, root, expected) => {
    expect(rowOf(buildMessage(root, placing))).toEqual(expected);
  });
});

it.each([
  ['lies behind the data', buildMessage(struct([1n, 2n], [dataBytes([1])])), BEFORE.length + 8 + 8 + 16],
  ['is 0 where the root has none', buildMessage(struct([1n, 2n])), 0],
])('the pointer to the content %s', (_, message, expected) => {
  expect(append(message).batch.pointer[0]).toBe(expected);
});

it.each([
  ['no segment has a word', frameSegments([]), 'empty'],
  ['the root is null', frameSegments([0n]), 'empty'],
  ['the root is null, and there is more', frameSegments([0n, 1n, 2n]), 'empty'],
  ['the first of two segments is empty', frameSegments([], [1n]), 'empty'],
  ['the root of two segments is null', frameSegments([0n], [1n]), 'empty'],
  ['the root is a list', buildMessage(dataBytes([1, 2])), 'unreadable'],
  ['the root is a capability', frameSegments([3n]), 'unreadable'],
  ['the data ends a word behind', frameSegments([structPointer(0, 2, 0), 1n]), 'unreadable'],
  ['the pointers end a word behind', frameSegments([structPointer(0, 1, 1), 1n]), 'unreadable'],
  ['the root lies behind', frameSegments([structPointer(1, 1, 0), 1n]), 'unreadable'],
  ['the root lies before', frameSegments([structPointer(-2, 1, 0), 1n]), 'unreadable'],
  ['the root lies far behind', frameSegments([structPointer((1 << 29) - 1, 1, 0), 1n]), 'unreadable'],
  ['a far root has no pad', frameSegments([farPointer(0, 1)]), 'unreadable'],
  ['a far root leads to a segment that is not there', frameSegments([farPointer(1, 0)]), 'unreadable'],
  ['a far root leads out', frameSegments([farPointer(1, 0)], [structPointer(0, 2, 1), 1n]), 'unreadable'],
] as const)('takes no event where %s', (_, message, expected) => {
  const { outcome, batch } = append(message);
  expect([outcome, batch.length]).toEqual([expected, 0]);
});

it.each([
  ['on itself', frameSegments([structPointer(-1, 1, 0)]), structPointer(-1, 1, 0)],
  [
    'behind a far pointer in the only segment',
    frameSegments([farPointer(0, 1), structPointer(0, 1, 0), 9n]),
    9n,
  ],
])('reads a root %s', (_, message, monoTime) => {
  expect(append(message).batch.monoTime[0]).toBe(monoTime);
});

it('appends row by row', () => {
  const one = buildEvent({ monoTime: 1n, tag: 1, isValid: false });
  const two = buildEvent({ monoTime: 2n, tag: 2, content: raw(0n) }, 'far');
  const window = viewAsWindow(joinBytes(one, two, one));
  const reader = new EventHeaderReader(window);
  const batch = createEventBatch(window);
  reader.append(batch, 0, one.length);
  reader.append(batch, one.length, one.length + two.length);
  reader.append(batch, one.length + two.length, window.bytes.length);
  expect([...batch.monoTime.subarray(0, 4)]).toEqual([1n, 2n, 1n, 0n]);
  expect([...batch.tag.subarray(0, 4)]).toEqual([1, 2, 1, 0]);
  expect([...batch.flags.subarray(0, 4)]).toEqual([NOT_VALID, MULTI_SEGMENT, NOT_VALID, 0]);
});
