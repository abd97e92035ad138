import { describe, expect, it } from 'vitest';
import { recognizeContainer } from '../../../../server/adapters/files/container-format.ts';

const BZIP2_BLOCK = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
const BZIP2_END = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];

describe('recognizeContainer', () => {
  it.each([
    { what: 'a zstd frame', head: [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58], expected: 'zstd' },
    { what: 'the first skippable frame', head: [0x50, 0x2a, 0x4d, 0x18], expected: 'zstd' },
    { what: 'the last skippable frame', head: [0x5f, 0x2a, 0x4d, 0x18], expected: 'zstd' },
    { what: 'what is nearly a skippable frame', head: [0x60, 0x2a, 0x4d, 0x18], expected: 'plain' },
    { what: 'the start of a zstd magic number', head: [0x28, 0xb5, 0x2f], expected: 'plain' },
    { what: 'bzip2 with a block', head: [...bytes('BZh9'), ...BZIP2_BLOCK, 1, 2, 3], expected: 'bzip2' },
    { what: 'bzip2 without blocks', head: [...bytes('BZh1'), ...BZIP2_END], expected: 'bzip2' },
    { what: 'bzip2 cut in its mark', head: [...bytes('BZh5'), 0x31, 0x41], expected: 'bzip2' },
    { what: 'bzip2 cut before its mark', head: bytes('BZh5'), expected: 'bzip2' },
    { what: 'text that begins like bzip2', head: bytes('BZh9 is how bzip2 begins'), expected: 'plain' },
    { what: 'bzip2 of level 0', head: [...bytes('BZh0'), ...BZIP2_BLOCK], expected: 'plain' },
    { what: 'a log of one segment', head: [0, 0, 0, 0, 4, 0, 0, 0], expected: 'plain' },
    { what: 'one byte', head: [0x28], expected: 'plain' },
    { what: 'nothing', head: [], expected: 'plain' },
  ])('takes $what for $expected', ({ head, expected }) => {
    expect(recognizeContainer(Uint8Array.from(head), 'drive')).toBe(expected);
  });

  it.each([
    { container: 'gzip', head: [0x1f, 0x8b, 0x08], command: 'gunzip' },
    { container: 'xz', head: [0xfd, ...bytes('7zXZ'), 0], command: 'unxz' },
    { container: 'zip', head: [...bytes('PK'), 3, 4], command: 'unzip' },
  ])('refuses $container and says how to unpack it', ({ container, head, command }) => {
    expect(() => recognizeContainer(Uint8Array.from(head), 'drive')).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_CONTAINER',
        message: `Cannot read drive: it is packed with ${container}, which logs are not. Unpack it with ${command} first.`,
        details: { path: 'drive', container },
      }),
    );
  });
});

function bytes(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
