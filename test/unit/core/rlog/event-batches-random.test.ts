import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  buildEvent,
  dataBytes,
  frameSegments,
  joinBytes,
  structPointer,
} from '../../../support/message-builder.ts';
import { walkMemory, walkStream } from '../../../support/walked-log.ts';

/** A piece of a log: bytes, how many events they are, and how many bytes of it are no message. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly kind: 'event' | 'empty' | 'unreadable' | 'garbage';
}

const event: fc.Arbitrary<Piece> = fc
  .record({
    monoTime: fc.bigInt({ min: 1n << 40n, max: (1n << 64n) - 1n }),
    tag: fc.integer({ min: 0, max: 0xffff }),
    content: fc.uint8Array({ maxLength: 300 }),
    placing: fc.constantFrom('together' as const, 'far' as const, 'doubleFar' as const),
  })
  .map(({ monoTime, tag, content, placing }) => ({
    bytes: buildEvent({ monoTime, tag, content: dataBytes(content) }, placing),
    kind: 'event',
  }));
const empty = fc.constantFrom<Piece>(
  { bytes: frameSegments([]), kind: 'empty' },
  { bytes: frameSegments([0n]), kind: 'empty' },
);
const unreadable = fc.constant<Piece>({
  bytes: frameSegments([structPointer(9, 2, 1), 1n]),
  kind: 'unreadable',
});
/** Bytes that no message can begin or go on with. */
const garbage = fc
  .integer({ min: 1, max: 200 })
  .map((length): Piece => ({ bytes: new Uint8Array(length).fill(0xee), kind: 'garbage' }));

const chunks = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 5 });
const windows = fc.integer({ min: 8, max: 200 }).map((words) => 8 * words);

/** How a log is damaged: bytes that are overwritten, and how many are cut off. */
const damages = fc.record({
  overwritten: fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2, 3, 8, 0xff)), { maxLength: 4 }),
  cut: fc.nat({ max: 100 }),
});

it('gives the same from memory and through any window, whatever the log', async () => {
  const piece = fc.oneof({ weight: 5, arbitrary: event }, empty, unreadable, garbage);
  const logs = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 20 }), damages).map(damage);
  await fc.assert(
    fc.asyncProperty(logs, windows, chunks, async (log, windowBytes, chunkBytes) => {
      expect(await walkStream(log, { windowBytes }, chunkBytes)).toEqual(walkMemory(log));
    }),
    { numRuns: 200 },
  );
});

type Damage = typeof damages extends fc.Arbitrary<infer Value> ? Value : never;

function damage([pieces, { overwritten, cut }]: [readonly Piece[], Damage]): Uint8Array {
  const log = joinBytes(...pieces.map(({ bytes }) => bytes));
  for (const [at, byte] of overwritten) log[at % log.length] = byte;
  return log.slice(0, Math.max(0, log.length - cut));
}

it('finds every message between garbage, and counts every byte once', () => {
  // A message is trusted behind garbage when another follows it, or zeros, or the end.
  const stretch = fc
    .tuple(garbage, fc.array(event, { minLength: 2, maxLength: 5 }), fc.array(empty, { maxLength: 3 }))
    .map(([first, events, empties]) => [first, ...events, ...empties]);
  const logs = fc.array(stretch, { maxLength: 6 }).map((stretches) => stretches.flat());
  fc.assert(
    fc.property(logs, (log) => {
      const { events, counts } = walkMemory(joinBytes(...log.map(({ bytes }) => bytes)));
      const sizeOf = (kind: Piece['kind']): number[] =>
        log.filter((piece) => piece.kind === kind).map(({ bytes }) => bytes.length);
      // The last event before garbage is not: nothing that could be a message follows it.
      expect(counts.bytes).toBe(log.reduce((sum, { bytes }) => sum + bytes.length, 0));
      expect(events.map(({ byteLength }) => byteLength)).toEqual(sizeOf('event'));
      expect(counts.emptyMessages).toBe(sizeOf('empty').length);
      expect(counts.garbageBytes).toBe(sizeOf('garbage').reduce((sum, bytes) => sum + bytes, 0));
    }),
    { numRuns: 200 },
  );
});
