import { describe, expect, it } from 'vitest';
import { viewAsSource } from '../../../../server/adapters/files/byte-source.ts';
import { PlainStream } from '../../../../server/adapters/files/plain-stream.ts';
import {
  defaultLimitBytes,
  SizeLimitedStream,
} from '../../../../server/adapters/files/size-limited-stream.ts';
import { readToEnd } from '../../../support/stream-reading.ts';

const MIB = 1024 * 1024;

describe('defaultLimitBytes', () => {
  it.each([
    { what: 'a tiny file may grow to 64 MiB', fileBytes: 9, expected: 64 * MIB },
    { what: 'a small file to 250 times its size, in whole MiB', fileBytes: 1_000_000, expected: 239 * MIB },
    { what: 'a large file to 1 GiB', fileBytes: 12_000_000, expected: 1024 * MIB },
  ])('$what', ({ fileBytes, expected }) => {
    expect(defaultLimitBytes(fileBytes)).toBe(expected);
  });
});

describe('SizeLimitedStream', () => {
  it.each([
    { maxBytes: 2 * MIB, limit: '2 MiB' },
    { maxBytes: 2_000_000, limit: '2000000 bytes' },
  ])('names the limit and how to raise it', async ({ maxBytes, limit }) => {
    const source = viewAsSource(new Uint8Array(3 * MIB), 'zeros');
    const { bytes, problems } = await readToEnd(new SizeLimitedStream(new PlainStream(source), maxBytes));
    expect(bytes.length).toBe(maxBytes);
    expect(problems).toEqual([
      {
        code: 'SIZE_LIMIT',
        message:
          `Reading stopped at the limit of ${limit} of decompressed log, after ${maxBytes + 1} of the file's ` +
          '3145728 bytes; set a larger limit (--max-bytes) to read on.',
        atByte: maxBytes,
      },
    ]);
  });
});
