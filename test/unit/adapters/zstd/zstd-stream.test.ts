import { describe, expect, it } from 'vitest';
import { openLogBytes } from '../../../../server/adapters/files/log-file.ts';
import { randomBytes, randomText } from '../../../support/random.ts';
import { codesOf, readToEnd } from '../../../support/stream-reading.ts';
import {
  type BlockContent,
  buildFrame,
  buildSkippableFrame,
  concat,
  packFrame,
} from '../../../support/zstd-files.ts';

const MIB = 1024 * 1024;
const text = randomText(500);
const good = packFrame(text);
const damagedBlock: BlockContent = { header: (3 << 3) | 0b100, stored: Uint8Array.of(0xff, 0xff, 0xff) };

describe.each(['zstd-napi', 'node:zlib'] as const)('ZstdStream on %s', (zstd) => {
  it.each([
    { what: 'no content', file: buildFrame([{ raw: new Uint8Array(0) }]), expected: new Uint8Array(0) },
    { what: 'nothing but a skippable frame', file: buildSkippableFrame(text), expected: new Uint8Array(0) },
    {
      what: 'a long skippable frame between two others',
      file: concat([good, buildSkippableFrame(randomBytes(1_300_000), 15), good]),
      expected: concat([text, text]),
    },
    { what: 'a true content size', file: packFrame(text, { hasContentSize: true }), expected: text },
    {
      what: 'a window of 15 TiB',
      file: buildFrame([{ raw: text }, { byte: 1, count: 70_000 }], { windowByte: 0xff }),
      expected: concat([text, new Uint8Array(70_000).fill(1)]),
    },
    { what: 'dictionary number 0', file: buildFrame([{ raw: text }], { dictionaryId: 0 }), expected: text },
  ])('reads $what', async ({ file, expected }) => {
    expect(await readToEnd(await openLogBytes(file, { zstd }))).toEqual({ bytes: expected, problems: [] });
  });

  it('keeps the content of a frame whose checksum is wrong, and reads on', async () => {
    const wrong = packFrame(text, { hasChecksum: true });
    wrong[wrong.length - 1]! ^= 1;
    const { bytes, problems } = await readToEnd(await openLogBytes(concat([wrong, wrong, good]), { zstd }));
    expect(bytes).toEqual(concat([text, text, text]));
    expect(problems).toEqual([
      {
        code: 'CONTAINER_CHECKSUM',
        message:
          'The checksum of the frame at byte 0 is wrong; its content was kept, part of it may be false.',
        atByte: wrong.length - 4,
        byteLength: 4,
      },
      {
        code: 'CONTAINER_CHECKSUM',
        message: `The checksum of the frame at byte ${wrong.length} is wrong; its content was kept, part of it may be false.`,
        atByte: 2 * wrong.length - 4,
        byteLength: 4,
      },
    ]);
  });

  it.each([2n ** 50n, 2n ** 31n - 5n, 1n, 2n ** 63n])(
    'does not believe a content size of %i',
    async (contentBytes) => {
      const file = concat([buildFrame([{ raw: text }], { contentBytes }), good]);
      const { bytes, problems } = await readToEnd(await openLogBytes(file, { zstd }));
      expect(bytes).toEqual(concat([text, text]));
      expect(problems).toEqual([
        {
          code: 'CONTAINER_CHECKSUM',
          message: `The frame at byte 0 claims ${Number(contentBytes)} bytes of content but holds 500; its content was kept.`,
          atByte: 0,
        },
      ]);
    },
  );

  it.each([
    { what: 'a damaged block', block: damagedBlock },
    { what: 'a block of the reserved type', block: { header: 0b110, stored: text } },
    { what: 'a block that is too large', block: { header: 0x20001 << 3, stored: new Uint8Array(0x20001) } },
  ])('ends at $what, with all before it', async ({ block }) => {
    const file = concat([good, buildFrame([{ raw: text }, { byte: 3, count: 10 }, block]), good]);
    const { bytes, problems } = await readToEnd(await openLogBytes(file, { zstd }));
    expect(bytes).toEqual(concat([text, text, new Uint8Array(10).fill(3)]));
    const atByte = good.length + 6 + 3 + text.length + 3 + 1;
    expect(problems).toMatchObject([{ code: 'CONTAINER_DAMAGED', atByte, byteLength: file.length - atByte }]);
  });

  it.each([
    {
      what: 'needs a dictionary',
      frame: buildFrame([{ raw: text }], { dictionaryId: 77 }),
      says: /dictionary 77/,
    },
    {
      what: 'is of a later format',
      frame: buildFrame([{ raw: text }], { flags: 8 }),
      says: /no version of zstd/,
    },
  ])('ends at a frame that $what', async ({ frame, says }) => {
    const { bytes, problems } = await readToEnd(await openLogBytes(concat([good, frame]), { zstd }));
    expect(bytes).toEqual(text);
    expect(problems).toMatchObject([{ code: 'CONTAINER_DAMAGED', atByte: good.length }]);
    expect(problems[0]?.message).toMatch(says);
  });

  it.each([
    { what: 'bytes of no frame', tail: randomText(777) },
    { what: 'zeros, as a file system leaves them', tail: new Uint8Array(4096) },
    { what: 'a single byte', tail: Uint8Array.of(0) },
  ])('reports $what behind the last frame', async ({ tail }) => {
    const { bytes, problems } = await readToEnd(await openLogBytes(concat([good, tail]), { zstd }));
    expect(bytes).toEqual(text);
    expect(problems).toEqual([
      {
        code: 'CONTAINER_TRAILING_BYTES',
        message: `The ${tail.length} bytes from byte ${good.length} on are no zstd frame and were not read.`,
        atByte: good.length,
        byteLength: tail.length,
      },
    ]);
  });

  it('stops a frame that outgrows the largest window it can be given', async () => {
    const blocks = Array.from({ length: 1100 }, () => ({ byte: 5, count: 128 * 1024 }));
    const file = buildFrame(blocks, { windowByte: 0xa8 });
    const stream = await openLogBytes(file, { zstd, maxBytes: 1024 * MIB });
    const target = new Uint8Array(4 * MIB);
    let total = 0;
    for (let count = -1; count !== 0; total += count) count = await stream.read(target);
    await stream.close();
    expect(total).toBe(128 * MIB + 128 * 1024);
    expect(codesOf(stream.problems)).toEqual(['SIZE_LIMIT']);
    expect(stream.problems[0]?.message).toMatch(/window of 2147483648 bytes.*zstd -d --long=31/);
  });
});
