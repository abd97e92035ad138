import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeBlockMask } from '../../../../server/adapters/bzip2/block-mask.ts';
import { openLogBytes } from '../../../../server/adapters/files/log-file.ts';
import { encodeBzip2, type EncodeOptions } from '../../../support/bzip2-encoder.ts';
import { emptyFile, threeBlocks, twoStreams } from '../../../support/bzip2-files.ts';
import { randomBytes, randomText } from '../../../support/random.ts';
import { type Delivered, readToEnd } from '../../../support/stream-reading.ts';
import { concat } from '../../../support/zstd-files.ts';

async function decode(file: Uint8Array): Promise<Delivered> {
  return readToEnd(await openLogBytes(file));
}

const text = randomText(4000);

describe('Bzip2Stream', () => {
  it.each([
    { what: 'a stream without blocks', ...emptyFile },
    { what: 'two streams', ...twoStreams },
    { what: 'three blocks', ...threeBlocks },
  ])('decodes $what of the bzip2 command', async ({ file, content }) => {
    const { bytes, problems } = await decode(file);
    expect(Buffer.compare(bytes, content)).toBe(0);
    expect(problems).toEqual([]);
  });

  it.each<{ what: string; content: Uint8Array; options?: EncodeOptions }>([
    { what: 'a single byte', content: Uint8Array.of(0) },
    { what: 'text', content: text },
    { what: 'all byte values', content: randomBytes(3000) },
    { what: 'one long run', content: new Uint8Array(5000).fill(9) },
    { what: 'codes of up to 20 bits', content: randomBytes(3000), options: { codes: 'steep' } },
    { what: 'randomised blocks', content: text, options: { mask: composeBlockMask, blockBytes: 2100 } },
    { what: 'blocks that begin at any bit', content: text, options: { blockBytes: 300 } },
  ])('decodes $what', async ({ content, options }) => {
    expect(await decode(encodeBzip2(content, options))).toEqual({ bytes: content, problems: [] });
  });

  it('decodes runs of any length, wherever a target ends', async () => {
    const runs = fc.array(
      fc.record({ byte: fc.integer({ min: 0, max: 3 }), count: fc.integer({ min: 1, max: 300 }) }),
    );
    await fc.assert(
      fc.asyncProperty(runs, fc.integer({ min: 1, max: 20 }), async (list, targetBytes) => {
        const content = Uint8Array.from(
          list.flatMap(({ byte, count }) => new Array<number>(count).fill(byte)),
        );
        const stream = await openLogBytes(encodeBzip2(content));
        expect(await readToEnd(stream, () => targetBytes)).toEqual({ bytes: content, problems: [] });
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    { what: 'of a block', options: { blockChecksumError: 1 }, part: 'block that begins', atByte: 4 },
    { what: 'of a stream', options: { streamChecksumError: 1 }, part: 'stream that ends', atByte: undefined },
  ])(
    'keeps the content when the checksum $what is wrong, and reads on',
    async ({ options, part, atByte }) => {
      const { bytes, problems } = await decode(concat([encodeBzip2(text, options), encodeBzip2(text)]));
      expect(bytes).toEqual(concat([text, text]));
      expect(problems).toMatchObject([
        { code: 'CONTAINER_CHECKSUM', ...(atByte !== undefined && { atByte }) },
      ]);
      expect(problems[0]?.message).toContain(`The checksum of the ${part} at byte `);
    },
  );

  it('ends at a damaged block, with all blocks before it', async () => {
    const file = encodeBzip2(text, { origin: 0xffffff });
    const { bytes, problems } = await decode(concat([encodeBzip2(text), file]));
    expect(bytes).toEqual(text);
    expect(problems).toMatchObject([{ code: 'CONTAINER_DAMAGED', byteLength: file.length - 4 }]);
  });

  it.each([
    { what: 'text', tail: randomText(100) },
    { what: 'one byte', tail: Uint8Array.of(0) },
    { what: 'a stream of level 0', tail: new TextEncoder().encode('BZh0 and more') },
  ])('reports $what behind the last stream', async ({ tail }) => {
    const { bytes, problems } = await decode(concat([twoStreams.file, tail]));
    expect(bytes).toEqual(twoStreams.content);
    expect(problems).toEqual([
      {
        code: 'CONTAINER_TRAILING_BYTES',
        message: `The ${tail.length} bytes from byte ${twoStreams.file.length} on are no bzip2 stream and were not read.`,
        atByte: twoStreams.file.length,
        byteLength: tail.length,
      },
    ]);
  });

  it('survives hostile headers', async () => {
    // Behind a valid mark: all ones, all zeros, and what looks like tables.
    const head = emptyFile.file.slice(0, 4);
    const mark = Uint8Array.of(0x31, 0x41, 0x59, 0x26, 0x53, 0x59);
    const bodies = [
      new Uint8Array(200_000).fill(0xff),
      new Uint8Array(200_000),
      ...[1, 2, 3].map((seed) => randomBytes(200_000, seed)),
    ];
    for (const body of bodies) {
      const { bytes, problems } = await decode(concat([head, mark, body]));
      expect(bytes.length).toBe(0);
      expect(problems).toMatchObject([{ code: 'CONTAINER_DAMAGED', atByte: 4 }]);
    }
  });
});
