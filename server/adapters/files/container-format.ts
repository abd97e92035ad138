import { CtsError } from '#protocol';

import type { ContainerFormat } from '../../core/rlog/byte-stream.ts';

/** How many bytes from the start of a file `recognizeContainer` looks at. */
export const HEAD_BYTES = 16;

const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** The last three bytes of a skippable frame's magic number; the first is 0x50 to 0x5F. */
const SKIPPABLE_MAGIC_TAIL = [0x2a, 0x4d, 0x18];
const BZIP2_MAGIC = [0x42, 0x5a, 0x68];
/** "Pi" before a block, "square root of pi" before the end of a stream without blocks. */
const BZIP2_MARKS = [
  [0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
  [0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
];

interface ForeignContainer {
  readonly name: string;
  readonly magic: readonly number[];
  /** Command that takes the container off. */
  readonly command: string;
}

const FOREIGN_CONTAINERS: readonly ForeignContainer[] = [
  { name: 'gzip', magic: [0x1f, 0x8b], command: 'gunzip' },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], command: 'unxz' },
  { name: 'zip', magic: [0x50, 0x4b, 0x03, 0x04], command: 'unzip' },
];

/**
 * Tells how a log is packed from its first bytes, never from its name; what is nothing else is plain.
 *
 * None of the magic numbers is the start of a sane log: as a segment count each would mean millions of segments.
 *
 * @param head The first HEAD_BYTES of the file, or all of a shorter one.
 * @param name For the message.
 * @throws {CtsError} UNSUPPORTED_CONTAINER when the file must be unpacked by another program first.
 */
export function recognizeContainer(head: Uint8Array, name: string): ContainerFormat {
  const foreign = FOREIGN_CONTAINERS.find(({ magic }) => holdsAt(head, 0, magic));
  if (foreign !== undefined) throw unsupported(foreign, name);
  if (isZstd(head)) return 'zstd';
  return isBzip2(head) ? 'bzip2' : 'plain';
}

function unsupported({ name: container, command }: ForeignContainer, name: string): CtsError {
  return new CtsError(
    'UNSUPPORTED_CONTAINER',
    `Cannot read ${name}: it is packed with ${container}, which logs are not. Unpack it with ${command} first.`,
    { details: { path: name, container } },
  );
}

function isZstd(head: Uint8Array): boolean {
  const isSkippable = ((head[0] ?? 0) & 0xf0) === 0x50 && holdsAt(head, 1, SKIPPABLE_MAGIC_TAIL);
  return isSkippable || holdsAt(head, 0, ZSTD_MAGIC);
}

/** "BZh", the block size as a digit, and as much of a mark as the file holds. */
function isBzip2(head: Uint8Array): boolean {
  const level = head[3] ?? 0;
  if (!holdsAt(head, 0, BZIP2_MAGIC) || level < 0x31 || level > 0x39) return false;
  const present = head.length - 4;
  return BZIP2_MARKS.some((mark) => holdsAt(head, 4, mark.slice(0, present)));
}

function holdsAt(bytes: Uint8Array, at: number, expected: readonly number[]): boolean {
  return expected.every((byte, i) => bytes[at + i] === byte);
}
