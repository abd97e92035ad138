import { describe, expect, it } from 'vitest';
import { allocateWindow, viewAsWindow } from '../../../../server/core/rlog/log-window.ts';
import {
  BAD,
  createListSpan,
  createStructSpan,
  type Followed,
  type ListSpan,
  MAX_SEGMENTS,
  MESSAGE_BUDGET_WORDS,
  MessageView,
  NULL,
  OK,
  type StructSpan,
} from '../../../../server/core/rlog/message-view.ts';
import {
  bitList,
  buildMessage,
  type Content,
  dataBytes,
  farPointer,
  frameSegments,
  type ListContent,
  listPointer,
  numberList,
  type Placing,
  pointerList,
  struct,
  structList,
  structPointer,
} from '../../../support/message-builder.ts';
import { openMessage } from '../../../support/opened-message.ts';

const PLACINGS: readonly Placing[] = ['together', 'far', 'doubleFar'];

function followRoot(view: MessageView): { readonly found: Followed; readonly span: StructSpan } {
  const span = createStructSpan();
  return { found: view.followRoot(span), span };
}

/** Follows the only pointer of the root struct to a list. */
function followList(view: MessageView): { readonly found: Followed; readonly span: ListSpan } {
  const root = followRoot(view).span;
  const span = createListSpan();
  return { found: view.followList(root.segment, root.pointers, span), span };
}

describe.each(PLACINGS)('objects placed %s', (placing) => {
  it('structs', () => {
    const view = openMessage(buildMessage(struct([7n], [struct([8n, 9n], [dataBytes([1])])]), placing));
    const outer = followRoot(view);
    expect(outer.found).toBe(OK);
    expect(view.window.view.getBigUint64(outer.span.data, true)).toBe(7n);
    expect([outer.span.dataBytes, outer.span.pointerCount]).toEqual([8, 1]);
    expect(outer.span.pointers).toBe(outer.span.data + 8);
    const inner = createStructSpan();
    expect(view.followStruct(outer.span.segment, outer.span.pointers, inner)).toBe(OK);
    expect(view.window.view.getBigUint64(inner.data + 8, true)).toBe(9n);
    expect([inner.dataBytes, inner.pointerCount]).toEqual([16, 1]);
  });

  it.each<[string, ListContent, Partial<ListSpan>]>([
    ['nothing', { kind: 'list', elementSize: 0, length: 9 }, { length: 9, stepBits: 0, dataBytes: 0 }],
    ['bits', bitList([true, false, true]), { length: 3, stepBits: 1, dataBytes: 0 }],
    ['bytes', dataBytes([1, 2, 3]), { length: 3, stepBits: 8, dataBytes: 1 }],
    ['two bytes', numberList(Uint16Array.of(1, 2)), { length: 2, stepBits: 16, dataBytes: 2 }],
    ['four bytes', numberList(Int32Array.of(1)), { length: 1, stepBits: 32, dataBytes: 4 }],
    ['eight bytes', numberList(BigInt64Array.of(1n)), { length: 1, stepBits: 64, dataBytes: 8 }],
    ['pointers', pointerList([dataBytes([1])]), { length: 1, stepBits: 64, dataBytes: 0, pointerCount: 1 }],
    [
      'structs',
      structList([struct([1n, 2n], [undefined]), struct([3n, 4n], [undefined])]),
      { length: 2, stepBits: 192, dataBytes: 16, pointerCount: 1 },
    ],
    ['structs of nothing', structList([struct([]), struct([])]), { length: 2, stepBits: 0, dataBytes: 0 }],
    ['no structs', { kind: 'list', elementSize: 7, length: 0 }, { length: 0 }],
  ])('lists of %s', (_, content, expected) => {
    const view = openMessage(buildMessage(struct([], [content]), placing));
    const { found, span } = followList(view);
    expect(found).toBe(OK);
    expect(span).toMatchObject({ pointerCount: 0, ...expected, elementSize: content.elementSize });
    const { bytes } = content;
    if (bytes) expect(view.window.bytes.slice(span.start, span.start + bytes.length)).toEqual(bytes);
  });

  it('a pointer that is not set', () => {
    const view = openMessage(buildMessage(struct([1n], [undefined]), placing));
    const { span } = followRoot(view);
    expect(view.followStruct(span.segment, span.pointers, createStructSpan())).toBe(NULL);
    expect(view.followList(span.segment, span.pointers, createListSpan())).toBe(NULL);
  });

  it.each<[string, Content]>([
    ['a list where a struct is asked for', dataBytes([1])],
    ['a struct where a list is asked for', struct([1n])],
  ])('%s', (_, content) => {
    const view = openMessage(buildMessage(struct([], [content]), placing));
    const { span } = followRoot(view);
    const isList = content?.kind === 'list';
    const found = isList
      ? view.followStruct(span.segment, span.pointers, createStructSpan())
      : view.followList(span.segment, span.pointers, createListSpan());
    expect(found).toBe(BAD);
  });
});

/** Segments of a message, its root's only pointer being the word given, at word 1 of segment 0. */
function withPointer(pointer: bigint, behind: readonly bigint[] = [], ...others: bigint[][]): Uint8Array {
  return frameSegments([structPointer(0, 0, 1), pointer, ...behind], ...others);
}

const ONE_WORD = listPointer(0, 5, 1);

it.each<[string, Uint8Array, Followed]>([
  ['bytes that just fit', withPointer(listPointer(0, 2, 8), [1n]), OK],
  ['bytes that end behind the segment', withPointer(listPointer(0, 2, 9), [1n]), BAD],
  ['bytes before', withPointer(listPointer(-2, 2, 8)), OK],
  ['bytes before the segment', withPointer(listPointer(-3, 2, 8)), BAD],
  [
    'bytes before the segment, where another ends',
    frameSegments([farPointer(1, 0)], [structPointer(0, 0, 1), listPointer(-4, 2, 8)]),
    BAD,
  ],
  ['bytes that end in the next segment', withPointer(listPointer(0, 2, 16), [1n], [2n]), BAD],
  ['no bytes at the very end', withPointer(listPointer(0, 2, 0)), OK],
  ['no bytes behind the end', withPointer(listPointer(1, 2, 0)), BAD],
  ['as many bytes as can be', withPointer(listPointer(0, 2, (1 << 29) - 1), [1n]), BAD],
  ['as many words as can be', withPointer(listPointer(0, 5, (1 << 29) - 1), [1n]), BAD],
  ['structs that just fit', withPointer(listPointer(0, 7, 2), [structPointer(1, 1, 1), 1n, 0n]), OK],
  ['structs of which the tag does not fit', withPointer(listPointer(0, 7, 0)), BAD],
  ['structs behind the end', withPointer(listPointer(0, 7, 2), [structPointer(1, 1, 1), 1n]), BAD],
  ['more structs than words', withPointer(listPointer(0, 7, 2), [structPointer(2, 1, 1), 1n, 0n]), BAD],
  ['fewer structs than words', withPointer(listPointer(0, 7, 2), [structPointer(1, 1, 0), 1n, 2n]), OK],
  ['as many structs as can be', withPointer(listPointer(0, 7, 2), [structPointer(-1, 1, 1), 1n, 0n]), BAD],
  ['structs under a tag that is none', withPointer(listPointer(0, 7, 1), [listPointer(1, 1, 0), 1n]), BAD],
  ['a capability', withPointer(3n), BAD],
  ['a pad in a segment that is not there', withPointer(farPointer(1, 0)), BAD],
  ['a pad in the segment of the largest number', withPointer(farPointer(0xffff_ffff, 0)), BAD],
  ['a pad in an empty segment', withPointer(farPointer(1, 0), [], []), BAD],
  ['a pad behind its segment', withPointer(farPointer(1, 1), [], [ONE_WORD], [ONE_WORD, 1n]), BAD],
  ['a pad as far as can be', withPointer(farPointer(1, (1 << 29) - 1), [], [ONE_WORD, 1n]), BAD],
  ['a pad in the same segment', withPointer(farPointer(0, 2), [ONE_WORD, 5n]), OK],
  [
    'a pad of which the content lies behind its segment',
    withPointer(farPointer(1, 0), [5n], [ONE_WORD]),
    BAD,
  ],
  [
    'a pad that leads on to another',
    withPointer(farPointer(1, 0), [], [farPointer(2, 0)], [ONE_WORD, 1n]),
    BAD,
  ],
  ['a pad that leads to itself', withPointer(farPointer(0, 1)), BAD],
  ['a pad of two words', withPointer(farPointer(1, 0, 2), [5n], [farPointer(0, 2), ONE_WORD]), OK],
  [
    'a pad of two words cut to one',
    withPointer(farPointer(1, 0, 2), [5n], [farPointer(0, 2)], [ONE_WORD]),
    BAD,
  ],
  [
    'a pad of two words that leads to another of two',
    withPointer(farPointer(1, 0, 2), [5n], [farPointer(0, 2, 2), ONE_WORD]),
    BAD,
  ],
  [
    'a pad of two words that is no far pointer',
    withPointer(farPointer(1, 0, 2), [5n], [ONE_WORD, ONE_WORD]),
    BAD,
  ],
  [
    'a pad of two words into no segment',
    withPointer(farPointer(1, 0, 2), [5n], [farPointer(2, 0), ONE_WORD]),
    BAD,
  ],
  [
    'a pad of two words behind the end',
    withPointer(farPointer(1, 0, 2), [5n], [farPointer(0, 3), ONE_WORD]),
    BAD,
  ],
  [
    'a pad of two words with the tag of a struct',
    withPointer(farPointer(1, 0, 2), [5n], [farPointer(0, 2), structPointer(0, 1, 0)]),
    BAD,
  ],
])('%s', (_, message, expected) => {
  // The same message with other bytes behind it, which are none of its own.
  const window = viewAsWindow(Uint8Array.of(...message, ...new Array<number>(32).fill(1)));
  const view = new MessageView(window);
  expect(view.open(window, 0)).toBe(true);
  expect(followList(view).found).toBe(expected);
});

describe('the budget', () => {
  it('is charged for each list again, also when they share their content', () => {
    const view = openMessage(withPointer(listPointer(0, 2, 80), new Array<bigint>(10).fill(1n)));
    const spent = [1, 2, 3].map(() => {
      const before = view.budgetWords;
      expect(followList(view).found).toBe(OK);
      return before - view.budgetWords;
    });
    // The root: one pointer and its own word; the list: ten words and the pointer's own.
    expect(spent).toEqual([13, 13, 13]);
    view.budgetWords = 12;
    expect(followList(view).found).toBe(BAD);
    expect(view.budgetWords).toBeLessThan(0);
  });

  it.each([
    ['nothing', listPointer(0, 0, (1 << 29) - 1), []],
    ['structs of nothing', listPointer(0, 7, 0), [structPointer((1 << 29) - 1, 0, 0)]],
  ])('is charged for the elements of a list of %s', (_, pointer, behind) => {
    const message = withPointer(pointer, behind);
    expect(followList(openMessage(message)).found).toBe(BAD);
  });

  it('is the same for every message', () => {
    const window = viewAsWindow(withPointer(0n));
    const view = new MessageView(window);
    view.open(window, 0);
    followRoot(view);
    expect(view.budgetWords).toBeLessThan(MESSAGE_BUDGET_WORDS);
    view.open(window, 0);
    expect(view.budgetWords).toBe(MESSAGE_BUDGET_WORDS);
  });
});

describe('open', () => {
  it('tells where the segments lie, of few and of many', () => {
    const segments = Array.from({ length: 1000 }, (_, i) => new Array<bigint>(i % 3).fill(1n));
    for (const count of [1, 2, 8, 9, 10, 1000, 3]) {
      const message = frameSegments(...segments.slice(0, count));
      const view = openMessage(message);
      expect(view.segmentCount).toBe(count);
      expect(view.segmentStart(count)).toBe(message.length);
      expect(view.segmentStart(count - 1)).toBe(message.length - 8 * ((count - 1) % 3));
    }
  });

  it('of one view after the other', () => {
    const window = viewAsWindow(Uint8Array.of(...frameSegments([1n]), ...frameSegments([0n], [], [5n])));
    const view = new MessageView(allocateWindow(0));
    expect([view.open(window, 16), view.segmentStart(2)]).toEqual([true, 16 + 16 + 8]);
    expect([view.open(window, 0), view.segmentStart(0), view.segmentStart(1)]).toEqual([true, 8, 16]);
  });

  it('forgets the segments of the message before', () => {
    const before = frameSegments([1n], [1n, 2n], [3n]);
    const between = new Uint8Array(BigUint64Array.of(ONE_WORD, 5n).buffer);
    const window = viewAsWindow(Uint8Array.of(...withPointer(farPointer(1, 0)), ...between, ...before));
    const view = new MessageView(window);
    expect(view.open(window, window.bytes.length - before.length)).toBe(true);
    expect(view.open(window, 0)).toBe(true);
    expect(followList(view).found).toBe(BAD);
  });

  it.each([
    ['segments that end behind the window', frameSegments([1n, 2n]).subarray(0, 16)],
    ['too many segments', new Uint8Array(Uint32Array.of(MAX_SEGMENTS, 0).buffer)],
  ])('refuses %s', (_, bytes) => {
    const window = viewAsWindow(bytes);
    expect(new MessageView(window).open(window, 0)).toBe(false);
  });

  it.each([
    ['no word', [], NULL],
    ['a null root', [0n, 1n], NULL],
    ['a root that is a list', [ONE_WORD, 1n], BAD],
  ] as const)('finds no root in a first segment of %s', (_, words, expected) => {
    expect(followRoot(openMessage(frameSegments(words, [structPointer(0, 0, 0)]))).found).toBe(expected);
  });
});
