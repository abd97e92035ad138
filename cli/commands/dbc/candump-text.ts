import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { CtsError } from '#protocol';
import type { CommandContext } from '../../context.ts';

/** How much of a file tells text from logs, which hold zeros or begin with a mark of their container. */
const LOOKED_AT = 4096;
const PIECE_BYTES = 256 * 1024;

/** Text to decode, as it comes. */
export interface TextInput {
  /** For people. */
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Finds text where a log may be named: on stdin for `-` or nothing, or in a file that holds text.
 *
 * @returns Undefined where a log is named.
 * @throws {CtsError} INPUT_MISSING where nothing is named and a person sits at stdin.
 */
export async function findText(
  { terminal: { stdin }, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
  named: string | undefined,
): Promise<TextInput | undefined> {
  if (named === '-' || (named === undefined && stdin.isTTY !== true))
    return { name: 'stdin', pieces: addAbortSignal(signal, stdin) as AsyncIterable<Uint8Array> };
  if (named === undefined) throw createInputMissing();
  if (!(await holdsText(named))) return undefined;
  const pieces = createReadStream(named, { highWaterMark: PIECE_BYTES, signal }) as AsyncIterable<Uint8Array>;
  return { name: named, pieces };
}

function createInputMissing(): CtsError {
  return new CtsError('INPUT_MISSING', 'Nothing to decode is named', {
    actions: ['Name a log, or hand over text of candump: candump -L can0 | cts dbc decode --dbc FILE'],
  });
}

/** What cannot be read is for the engine to tell. */
async function holdsText(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
      return bytesRead > 0 && buffer.subarray(0, bytesRead).every(isOfText);
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

function isOfText(byte: number): boolean {
  return byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b;
}
