import { describe, expect, it } from 'vitest';
import { CtsError, type Problem } from '#protocol';
import { openLogBytes } from '../../server/adapters/files/log-file.ts';
import type { ZstdEngineChoice } from '../../server/adapters/zstd/zstd-engine.ts';
import type { ByteStream } from '../../server/core/rlog/byte-stream.ts';
import { threeBlocks, twoStreams } from '../support/bzip2-files.ts';
import { randomBytes, randomText, seededRandom } from '../support/random.ts';
import { codesOf, type Delivered, readToEnd } from '../support/stream-reading.ts';
import { buildFrame, buildSkippableFrame, concat, packFrame } from '../support/zstd-files.ts';

interface Container {
  readonly name: string;
  readonly zstd: ZstdEngineChoice;
  /** A few hundred bytes with as many parts as the container can have. */
  readonly file: Uint8Array;
  readonly content: Uint8Array;
  /** Longer than a block of the container, and of the file reader. */
  readonly longFile: Uint8Array;
  readonly longContent: Uint8Array;
  /** Shortest start of a file that is told from a plain one. */
  readonly magicBytes: number;
}

const [first, second, third] = [randomText(300, 1), randomBytes(20, 2), randomText(120, 3)];
const longContent = concat([randomBytes(700_000, 4), randomText(900_000, 5), randomBytes(300_000, 6)]);

const zstdFiles = {
  file: concat([
    packFrame(first, { hasChecksum: true, hasContentSize: true }),
    buildSkippableFrame(new Uint8Array(9)),
    buildFrame([{ raw: second }, { byte: 7, count: 3000 }]),
    packFrame(new Uint8Array(0)),
    packFrame(third, { hasChecksum: true }),
  ]),
  content: concat([first, second, new Uint8Array(3000).fill(7), third]),
  longFile: concat([packFrame(longContent, { hasChecksum: true }), packFrame(longContent)]),
  longContent: concat([longContent, longContent]),
  magicBytes: 4,
};

const CONTAINERS: readonly Container[] = [
  { name: 'zstd by zstd-napi', zstd: 'zstd-napi', ...zstdFiles },
  { name: 'zstd by node:zlib', zstd: 'node:zlib', ...zstdFiles },
  {
    name: 'bzip2',
    zstd: 'auto',
    ...twoStreams,
    longFile: threeBlocks.file,
    longContent: threeBlocks.content,
    magicBytes: 4,
  },
  {
    name: 'plain',
    zstd: 'auto',
    file: first,
    content: first,
    longFile: longContent,
    longContent,
    magicBytes: 1,
  },
];

const DAMAGE = ['CONTAINER_CUT', 'CONTAINER_DAMAGED', 'CONTAINER_CHECKSUM', 'CONTAINER_TRAILING_BYTES'];

/** Opens and reads; what cannot be opened gives the code of its error. */
async function deliver(file: Uint8Array, { zstd }: Pick<Container, 'zstd'>): Promise<Delivered | string> {
  try {
    return await readToEnd(await openLogBytes(file, { zstd }));
  } catch (error) {
    if (error instanceof CtsError) return error.code;
    throw error;
  }
}

/** Whether the problem, if there is one, says where: inside the file, up to its end. */
function tellsWhere(problems: readonly Problem[], fileBytes: number): boolean {
  return problems.every(({ atByte = -1, byteLength = 0 }) => atByte >= 0 && atByte + byteLength <= fileBytes);
}

describe.each(CONTAINERS)('$name', (container) => {
  const { zstd, file, content, longFile, magicBytes } = container;

  it('delivers all content without a problem', async () => {
    expect(await deliver(file, container)).toEqual({ bytes: content, problems: [] });
  });

  it('has read the whole file then', async () => {
    const stream = await openLogBytes(longFile, { zstd });
    expect(stream.fileBytesRead).toBeLessThan(longFile.length);
    await readToEnd(stream);
    expect([stream.fileBytesRead, stream.fileBytes]).toEqual([longFile.length, longFile.length]);
  });

  it.each([1, 7, 65536, 4 << 20])('delivers the same into targets of %i bytes', async (targetBytes) => {
    const [source, expected] = targetBytes < 100 ? [file, content] : [longFile, container.longContent];
    const { bytes, problems } = await readToEnd(await openLogBytes(source, { zstd }), () => targetBytes);
    expect(Buffer.compare(bytes, expected)).toBe(0);
    expect(problems).toEqual([]);
  });

  it('delivers the same into targets of any size', async () => {
    const random = seededRandom(11);
    const nextTargetBytes = (): number => 1 + Math.floor(random() ** 4 * 300_000);
    const { bytes } = await readToEnd(await openLogBytes(longFile, { zstd }), nextTargetBytes);
    expect(Buffer.compare(bytes, container.longContent)).toBe(0);
  });

  it('delivers what is whole before a cut, wherever the cut is', async () => {
    for (let cut = magicBytes; cut < file.length; cut++) {
      const delivered = await deliver(file.subarray(0, cut), container);
      if (typeof delivered === 'string') throw new Error(`cut at ${cut}: ${delivered}`);
      const { bytes, problems } = delivered;
      expect(Buffer.compare(bytes, content.subarray(0, bytes.length)), `cut at ${cut}`).toBe(0);
      expect(tellsWhere(problems, cut)).toBe(true);
      const isWhole = problems.length === 0;
      expect(codesOf(problems)).toEqual(isWhole ? [] : ['CONTAINER_CUT']);
    }
  });

  it('survives the flip of any bit, with the same result each time', async () => {
    for (let bit = 0; bit < 8 * file.length; bit += 7) {
      const damaged = file.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const delivered = await deliver(damaged, container);
      expect(await deliver(damaged, { zstd: container.zstd === 'node:zlib' ? 'zstd-napi' : zstd })).toEqual(
        delivered,
      );
      if (typeof delivered === 'string') continue;
      expect(tellsWhere(delivered.problems, file.length)).toBe(true);
      expect(DAMAGE).toEqual(expect.arrayContaining(codesOf(delivered.problems)));
    }
  });

  it('can be closed at any time, and is at its end then', async () => {
    for (let reads = 0; reads < 6; reads++) {
      const stream = await openLogBytes(longFile, { zstd });
      for (let i = 0; i < reads; i++) await stream.read(new Uint8Array(100_000));
      await stream.close();
      await stream.close();
      expect(await stream.read(new Uint8Array(10))).toBe(0);
      expect(stream.problems).toEqual([]);
    }
  });

  it('can be closed while it reads', async () => {
    const stream = await openLogBytes(longFile, { zstd });
    const reading = stream.read(new Uint8Array(8 << 20));
    await stream.close();
    expect(await reading).toBeLessThanOrEqual(container.longContent.length);
    expect(stream.problems).toEqual([]);
  });

  it('has nothing to do with other streams', async () => {
    const streams = await Promise.all(
      [longFile, file, longFile].map((bytes) => openLogBytes(bytes, { zstd })),
    );
    const read = await Promise.all(streams.map((stream, i) => readToEnd(stream, () => 10_000 + i)));
    const expected = [container.longContent, content, container.longContent];
    expect(read.map(({ bytes }, i) => Buffer.compare(bytes, expected[i]!))).toEqual([0, 0, 0]);
  });

  it('stops at a limit, and says so', async () => {
    for (const maxBytes of [1, content.length - 1]) {
      const { bytes, problems } = await readToEnd(await openLogBytes(file, { zstd, maxBytes }));
      expect(bytes).toEqual(content.subarray(0, maxBytes));
      expect(problems.map(({ code, atByte }) => ({ code, atByte }))).toEqual([
        { code: 'SIZE_LIMIT', atByte: maxBytes },
      ]);
    }
  });

  it('is whole when it ends at the limit', async () => {
    const stream: ByteStream = await openLogBytes(file, { zstd, maxBytes: content.length });
    expect(await readToEnd(stream)).toEqual({ bytes: content, problems: [] });
  });
});
