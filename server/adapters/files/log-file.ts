import { CtsError } from '#protocol';

import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import { Bzip2Stream } from '../bzip2/bzip2-stream.ts';
import { openZstdEngine } from '../zstd/engine-choice.ts';
import type { ZstdEngineChoice } from '../zstd/zstd-engine.ts';
import { ZstdStream } from '../zstd/zstd-stream.ts';
import { type ByteSource, viewAsSource } from './byte-source.ts';
import { HEAD_BYTES, recognizeContainer } from './container-format.ts';
import { openFileSource } from './file-source.ts';
import { InputWindow } from './input-window.ts';
import { PlainStream } from './plain-stream.ts';
import { defaultLimitBytes, SizeLimitedStream } from './size-limited-stream.ts';

/** How a log file is opened. */
export interface OpenLogOptions {
  /**
   * Limit on the decompressed bytes. By default 1 GiB, and for a small file less: 250 times its size, but at least
   * 64 MiB.
   */
  readonly maxBytes?: number;
  /** Which decoder unpacks zstd: by default zstd-napi where it loads, else Node's own. */
  readonly zstd?: ZstdEngineChoice;
  /** Folders that the file must lie in, whatever links lead to it; by default anywhere. */
  readonly roots?: readonly string[];
}

/**
 * Opens a log file, however it is packed, as the stream of its decompressed bytes.
 *
 * @throws {CtsError} FILE_NOT_FOUND, FILE_IS_DIRECTORY, FILE_EMPTY, FILE_UNREADABLE or UNSUPPORTED_CONTAINER.
 */
export async function openLogFile(path: string, options: OpenLogOptions = {}): Promise<ByteStream> {
  return openLogSource(await openFileSource(path, options.roots), options);
}

/**
 * Opens a log that lies in memory as if it lay in a file; `bytes` must not change until the end.
 *
 * @throws {CtsError} FILE_EMPTY or UNSUPPORTED_CONTAINER.
 */
export function openLogBytes(bytes: Uint8Array, options: OpenLogOptions = {}): Promise<ByteStream> {
  return openLogSource(viewAsSource(bytes, 'the log in memory'), options);
}

async function openLogSource(source: ByteSource, options: OpenLogOptions): Promise<ByteStream> {
  try {
    const stream = await openContainer(source, options);
    return new SizeLimitedStream(stream, options.maxBytes ?? defaultLimitBytes(source.sizeBytes));
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openContainer(source: ByteSource, options: OpenLogOptions): Promise<ByteStream> {
  if (source.sizeBytes === 0) throw emptyFile(source.name);
  const head = new Uint8Array(HEAD_BYTES);
  const headBytes = await source.readAt(head, 0);
  switch (recognizeContainer(head.subarray(0, headBytes), source.name)) {
    case 'zstd': {
      const engine = await openZstdEngine(options.zstd ?? 'auto');
      return new ZstdStream(new InputWindow(source), engine);
    }
    case 'bzip2':
      return new Bzip2Stream(new InputWindow(source));
    case 'plain':
      return new PlainStream(source);
  }
}

function emptyFile(path: string): CtsError {
  return new CtsError(
    'FILE_EMPTY',
    `Cannot read ${path}: it is empty. The recording or the copy was interrupted; fetch the log again.`,
    { details: { path } },
  );
}
