import { CtsError } from '#protocol';
import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import type { TextFiles } from '../../services/execution/execution-ports.ts';
import { viewAsSource } from './byte-source.ts';
import { openLogFile, type OpenLogOptions } from './log-file.ts';
import { PlainStream } from './plain-stream.ts';

/** How many bytes from the start decide whether a file is text. */
const SNIFFED_BYTES = 4096;

/** Text files on this machine's disks; packed with zstd or bzip2 they are unpacked, as logs are. */
export const textFiles: TextFiles = { recognize, open: openTextFile };

/** No log is text: each begins with a count of segments, whose upper bytes are zero. */
async function recognize(path: string, roots: readonly string[]): Promise<'text' | 'empty' | 'other'> {
  try {
    const head = await readHead(path, roots);
    if (head.length === 0) return 'empty';
    return head.every(isTextByte) && isMostlyAscii(head) ? 'text' : 'other';
  } catch (error) {
    // Whoever opens it as a log tells what is wrong.
    if (error instanceof CtsError) return 'other';
    throw error;
  }
}

async function readHead(path: string, roots: readonly string[]): Promise<Uint8Array> {
  const stream = await openTextFile(path, { roots });
  try {
    const head = new Uint8Array(SNIFFED_BYTES);
    return head.subarray(0, await stream.read(head));
  } finally {
    await stream.close();
  }
}

/** Letters beyond ASCII may stand in a text, in whatever encoding; it does not consist of them. */
function isMostlyAscii(head: Uint8Array): boolean {
  return head.filter((byte) => byte < 0x80).length >= head.length / 2;
}

/** Tab, line feed, form feed, carriage return, printable ASCII, and what letters beyond it are made of. */
function isTextByte(byte: number): boolean {
  return byte >= 0x20 ? byte !== 0x7f : byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d;
}

async function openTextFile(path: string, options: OpenLogOptions): Promise<ByteStream> {
  try {
    return await openLogFile(path, options);
  } catch (error) {
    if (!(error instanceof CtsError) || error.code !== 'FILE_EMPTY') throw error;
    // An empty text is a text.
    return new PlainStream(viewAsSource(new Uint8Array(0), path));
  }
}
