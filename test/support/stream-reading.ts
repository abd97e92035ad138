import type { Problem } from '#protocol';
import type { ByteStream } from '../../server/core/rlog/byte-stream.ts';

/** All that a stream gave. */
export interface Delivered {
  readonly bytes: Uint8Array;
  readonly problems: readonly Problem[];
}

/**
 * Reads a stream to its end and closes it.
 *
 * @param nextTargetBytes How much to ask for, each time. The memory asked for is filled with something else afterwards,
 *   so that a stream that goes on using it is caught.
 */
export async function readToEnd(
  stream: ByteStream,
  nextTargetBytes = (): number => 65536,
): Promise<Delivered> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const target = new Uint8Array(nextTargetBytes());
    const count = await stream.read(target);
    if (count === 0) break;
    pieces.push(target.slice(0, count));
    target.fill(0xee);
  }
  await stream.close();
  return { bytes: Uint8Array.from(Buffer.concat(pieces)), problems: stream.problems };
}

/** The codes alone. */
export function codesOf(problems: readonly Problem[]): string[] {
  return problems.map(({ code }) => code);
}
