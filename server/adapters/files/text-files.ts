import { CtsError } from '#protocol';
import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import type { TextFiles } from '../../services/execution/execution-ports.ts';
import { viewAsSource } from './byte-source.ts';
import { openLogFile, type OpenLogOptions } from './log-file.ts';
import { PlainStream } from './plain-stream.ts';

/** How many bytes from the start decide whether a file is text. */
const SNIFFED_BYTES = 4096;
const LOG_NAME = /(?:[rq]log|\.zst|\.bz2)$/i;

/** Text files on this machine's disks; packed with zstd or bzip2 they are unpacked, as logs are. */
export const textFiles: TextFiles = { isText, open: openTextFile };

/** No log is text: each begins with a count of segments, whose upper bytes are zero. */
async function isText(path: string, roots: readonly string[]): Promise<boolean> {
  try {
    const head = await readHead(path, roots);
    return head.length === 0 ? !LOG_NAME.test(path) : head.every(isTextByte);
  } catch (error) {
    // Whoever opens it as a log tells what is wrong.
    if (error instanceof CtsError) return false;
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

/** Tab, line feed, form feed, carriage return, printable ASCII, and bytes of UTF-8. */
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
