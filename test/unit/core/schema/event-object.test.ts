import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EventObject,
  type EventObjectOptions,
  readEventObject,
} from '../../../../server/core/schema/event-object.ts';
import { stringifyLogValue } from '../../../../server/core/schema/json-text.ts';
import { LayoutTable } from '../../../../server/core/schema/layout-table.ts';
import { LogSchema } from '../../../../server/core/schema/log-schema.ts';
import { NameHistory } from '../../../../server/core/schema/name-history.ts';
import {
  bitList,
  buildEvent,
  type Content,
  dataBytes,
  eventStruct,
  type ListContent,
  numberList,
  type Placing,
  pointerList,
  raw,
  struct,
  structList,
  structPointer,
  text,
  buildMessage,
} from '../../../support/message-builder.ts';
import { openMessage } from '../../../support/opened-message.ts';
import { openTinySchema } from '../../../support/tiny-schema.ts';

const SAMPLE = 0;
const POINTS = 1;
const NOTE = 2;
const PLACINGS: readonly Placing[] = ['together', 'far', 'doubleFar'];

/** Words of a Sample: as in `tiny-schema.ts`, everything set. */
const FULL_DATA = [
  // flag stored inverted, small -2, wide 200, level 1
  0n | (0xfen << 8n) | (200n << 16n) | (1n << 32n),
  // count, offset XOR -1
  7n | (BigInt(~-5 >>> 0) << 32n),
  // gain XOR the bits of 0.05, half -3
  BigInt(floatBits(2.5) ^ 1028443341) | (0xfffdn << 32n),
  doubleBits(0.1),
  (1n << 64n) - 1n,
  // union tag 1 (`right`), pair 3 and 4
  1n | (3n << 32n) | (4n << 48n),
  BigInt.asUintN(64, -9n),
  0n,
];

const FULL_POINTERS: readonly Content[] = [
  text('näme'),
  dataBytes([1, 0, 255]),
  struct([BigInt(floatBits(1.5))], [text('p')]),
  numberList(Float32Array.of(0.5, -0)),
  bitList([true, false, true]),
  pointerList([text('a'), undefined, text('')]),
  pointerList([numberList(Float32Array.of(1)), numberList(Float32Array.of())]),
  numberList(Uint16Array.of(0, 1, 9)),
  numberList(BigInt64Array.of(-1n)),
  { kind: 'list', elementSize: 0, length: 2 },
  struct([0n]),
];

const FULL_SAMPLE = {
  flag: true,
  small: -2,
  wide: 200,
  level: 'high',
  count: 7,
  offset: -5,
  gain: 2.5,
  ratio: 0.1,
  ticks: 18446744073709551615n,
  delta: -9n,
  half: -3,
  nothing: null,
  name: 'näme',
  blob: Uint8Array.of(1, 0, 255),
  inner: { x: 1.5, y: 0, label: 'p' },
  floats: [0.5, -0],
  bits: [true, false, true],
  texts: ['a', null, ''],
  grid: [[1], []],
  levels: ['low', 'high', 9],
  big: [-1n],
  voids: [null, null],
  right: { x: 0, y: 0 },
  pair: { first: 3, second: 4 },
};

const EMPTY_SAMPLE = {
  flag: true,
  small: 0,
  wide: 0,
  level: 'low',
  count: 0,
  offset: -1,
  gain: Math.fround(0.05),
  ratio: 0,
  ticks: 0n,
  delta: 0n,
  half: 0,
  nothing: null,
  left: 0,
  pair: { first: 0, second: 0 },
};

function floatBits(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
}

function doubleBits(value: number): bigint {
  return new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n;
}

function decode(tag: number, content: Content, placing: Placing = 'together'): EventObject {
  return readEventObject(openMessage(buildEvent({ monoTime: 5n, tag, content }, placing)), openTinySchema());
}

function decodeAt(release: string, tag: number, content: Content): EventObject['event'] {
  return readEventObject(openMessage(buildEvent({ tag, content })), openTinySchema(release)).event;
}

describe('readEventObject', () => {
  it.each(PLACINGS)('reads every kind of field, objects placed %s', (placing) => {
    expect(decode(SAMPLE, struct(FULL_DATA, FULL_POINTERS), placing)).toStrictEqual({
      event: { logMonoTime: 5n, valid: true, sample: FULL_SAMPLE },
      badPointers: 0,
      truncated: false,
    });
  });

  it('gives defaults where the writer knew fewer fields', () => {
    expect(decode(SAMPLE, struct([])).event['sample']).toStrictEqual(EMPTY_SAMPLE);
    expect(decode(SAMPLE, struct([0n, 7n])).event['sample']).toStrictEqual({ ...EMPTY_SAMPLE, count: 7 });
  });

  it('leaves out or nulls what is not set', () => {
    const options: EventObjectOptions = { unset: 'null' };
    const view = openMessage(buildEvent({ tag: POINTS, content: structList([struct([0n], [undefined])]) }));
    expect(readEventObject(view, openTinySchema(), options).event['points']).toEqual([
      { x: 0, y: 0, label: null },
    ]);
    expect(decode(NOTE, undefined).event).toEqual({ logMonoTime: 5n, valid: true });
  });

  it('tells an unknown union member by its tag', () => {
    expect(decode(500, undefined).event).toEqual({
      logMonoTime: 5n,
      valid: true,
      $unknownUnionMember: true,
      which: 500,
    });
  });

  it('reads valid as stored inverted, and an event that is too short', () => {
    const view = openMessage(buildEvent({ tag: NOTE, isValid: false }));
    expect(readEventObject(view, openTinySchema()).event).toEqual({ logMonoTime: 0n, valid: false });
    const short = openMessage(buildMessage(struct([3n])));
    expect(readEventObject(short, openTinySchema()).event).toEqual({ logMonoTime: 3n, valid: true });
  });
});

describe('readEventObject on lists of other writers', () => {
  const bytes: ListContent = dataBytes([7, 8]);
  const cases: readonly (readonly [what: string, content: ListContent, points: unknown])[] = [
    [
      'numbers as structs',
      numberList(Float32Array.of(1, 2)),
      [
        { x: 1, y: 0 },
        { x: 2, y: 0 },
      ],
    ],
    ['wide numbers as structs', numberList(BigInt64Array.of(doubleWord(1, 2))), [{ x: 1, y: 2 }]],
    [
      'numbers too narrow for a field',
      bytes,
      [
        { x: 0, y: 0 },
        { x: 0, y: 0 },
      ],
    ],
    ['pointers as structs', pointerList([text('a')]), [{ x: 0, y: 0, label: 'a' }]],
    ['elements of no size', { kind: 'list', elementSize: 0, length: 1 }, [{ x: 0, y: 0 }]],
    ['bits, which never are structs', bitList([true]), null],
  ];

  it.each(cases)('reads %s', (_, content, points) => {
    expect(decode(POINTS, content).event['points']).toEqual(points);
  });

  it('reads structs as numbers, and refuses what is too narrow or no number', () => {
    const lists = (floats: ListContent, big: ListContent) =>
      decode(SAMPLE, struct([], [...Array<undefined>(3), floats, ...Array<undefined>(4), big]));
    const wide = structList([struct([BigInt(floatBits(4)), 0n], [undefined])]);
    expect(lists(wide, numberList(Int32Array.of(1)))).toMatchObject({
      event: { sample: { floats: [4], big: null } },
      badPointers: 1,
    });
    const narrow = lists(structList([struct([], [text('a')])]), pointerList([undefined]));
    expect(narrow).toMatchObject({ event: { sample: { floats: null, big: null } }, badPointers: 2 });
  });

  function doubleWord(low: number, high: number): bigint {
    return BigInt(floatBits(low)) | (BigInt(floatBits(high)) << 32n);
  }
});

describe('readEventObject on damage', () => {
  const outside = raw(structPointer(1000, 1, 0));

  it('nulls members behind bad pointers and counts these', () => {
    const content = struct([], [numberList(Float32Array.of(1)), outside, outside, outside]);
    expect(decode(SAMPLE, content)).toEqual({
      event: {
        logMonoTime: 5n,
        valid: true,
        sample: { ...EMPTY_SAMPLE, name: null, blob: null, inner: null, floats: null },
      },
      badPointers: 4,
      truncated: false,
    });
  });

  it('gives an empty object for a root that cannot be read', () => {
    const view = openMessage(buildMessage(outside));
    expect(readEventObject(view, openTinySchema())).toEqual({ event: {}, badPointers: 1, truncated: false });
  });

  it('stops at the limit on values', () => {
    const view = openMessage(
      buildEvent({ tag: POINTS, content: structList(Array(50).fill(struct([0n], [undefined]))) }),
    );
    const { event, truncated } = readEventObject(view, openTinySchema(), { maxValues: 60 });
    expect(truncated).toBe(true);
    expect(event['points']).toHaveLength(2);
    const none = readEventObject(view, openTinySchema(), { maxValues: 10 });
    expect(none).toMatchObject({ event: { points: null }, truncated: true });
    expect(readEventObject(view, openTinySchema(), { maxValues: 0 })).toMatchObject({
      event: {},
      truncated: true,
    });
  });

  it('does not let pointers share a text over and over', () => {
    // 2,000 pointers lead to one text of 8 KiB: 16 MB if all were decoded.
    const count = 2000;
    const words = Array.from({ length: 1024 }, () => 0x6161616161616161n);
    const pointers = Array.from({ length: count }, (_, i) =>
      raw(BigInt(((count - 1 - i) << 2) | 1) | (2n << 32n) | (8192n << 35n)),
    );
    const content = struct([], [...Array<undefined>(5), pointerList([...pointers, ...words.map(raw)])]);
    const { event, truncated, badPointers } = decode(SAMPLE, content);
    const texts = (event['sample'] as { texts: readonly (string | null)[] }).texts;
    expect({ truncated, badPointers }).toMatchObject({ truncated: true });
    expect(texts.filter((each) => each !== null).length).toBeLessThan(100);
  });

  it('charges elements that have no size', () => {
    const content: ListContent = { kind: 'list', elementSize: 0, length: 2 ** 28 };
    expect(decode(POINTS, content)).toMatchObject({
      event: { points: null },
      truncated: true,
      badPointers: 0,
    });
  });

  it('goes no deeper than 64 objects', () => {
    const depth = 70;
    const nested = Array.from({ length: depth }).reduce<Content>((inner) => pointerList([inner]), undefined);
    const view = openMessage(buildMessage(eventStruct({ tag: 0, content: nested })));
    const { badPointers } = readEventObject(view, openNestedSchema(depth));
    expect(badPointers).toBe(1);
  });
});

describe('readEventObject on any bytes', () => {
  it('never throws, whatever a message was changed into', () => {
    const schema = openTinySchema();
    const message = fc.constantFrom(...PLACINGS).map((placing) => {
      return buildEvent({ tag: SAMPLE, content: struct(FULL_DATA, FULL_POINTERS) }, placing);
    });
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(message, changes, (bytes, changed) => {
        // The segment table stays: without it there is no message.
        const body = bytes.subarray(Math.ceil((new DataView(bytes.buffer).getUint32(0, true) + 2) / 2) * 8);
        for (const [at, value] of changed) body[at % body.length] = value;
        const { event } = readEventObject(openMessage(bytes), schema);
        expect(() => JSON.parse(stringifyLogValue(event)) as unknown).not.toThrow();
      }),
    );
  });
});

describe('readEventObject under an older release', () => {
  it('shows newer fields only where they hold something', () => {
    const word = (x: number, y: number) => BigInt(floatBits(x)) | (BigInt(floatBits(y)) << 32n);
    const points = structList([struct([word(1, 0)], [undefined]), struct([word(1, 2)], [text('new')])]);
    expect(decodeAt('v0.2', POINTS, points)['newcomer']).toEqual([{ x: 1 }, { x: 1, y: 2, label: 'new' }]);
    const second = struct([0n, 0n, 0n, 0n, 0n, 6n << 48n]);
    expect(decodeAt('v0.2', SAMPLE, second)).toMatchObject({ sample: { pair: { second: 6 } } });
  });

  it('shows enumerants under the names of the time', () => {
    expect(decodeAt('v0.2', SAMPLE, struct([1n << 32n]))).toMatchObject({ sample: { level: 'tall' } });
    expect(decodeAt('v0.2', SAMPLE, struct([2n << 32n]))).toMatchObject({ sample: { level: 2 } });
  });
});

function openNestedSchema(depth: number) {
  const rows = `Event 2 1 8;logMonoTime 0 u8 0;nested 1:0 ${'L'.repeat(depth)}T 0`;
  return new LogSchema({
    id: 'nested',
    table: new LayoutTable(rows, ''),
    history: new NameHistory({ releases: 'v0', structs: '', enums: '' }),
    release: 0,
  });
}
