import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import type { DriveLog } from './drive-log.ts';

/** How the bytes of a log are wrapped. */
export type Container = 'zstd' | 'plain';

/** Compression level of openpilot's logger. */
const DEVICE_ZSTD_LEVEL = 10;

/** Events are handed on in blocks of about this size. */
const BLOCK_BYTES = 1 << 20;

/** Where and how a drive is written. */
export interface WriteLogOptions {
  readonly container: Container;
  /** Called after every block with the raw bytes of the whole drive so far. */
  readonly onProgress: (rawBytes: number) => void;
}

/** Size and digest of one log before compression. */
export interface WrittenLog {
  readonly path: string;
  readonly rawBytes: number;
  readonly rawSha256: string;
}

/** Writes a drive of one segment to a file. */
export async function writeLog(drive: DriveLog, path: string, options: WriteLogOptions): Promise<WrittenLog> {
  return writeSegment(drive, { segment: 0, path }, options);
}

/** Writes all segments of a drive below `folder`, in folders named as on the device: `<log>--<segment>/rlog.zst`. */
export async function writeRoute(
  drive: DriveLog,
  route: RouteTarget,
  options: WriteLogOptions,
): Promise<WrittenLog[]> {
  const written: WrittenLog[] = [];
  const fileName = options.container === 'zstd' ? 'rlog.zst' : 'rlog';
  for (let segment = 0; segment < drive.segmentCount; segment++) {
    const path = join(route.folder, `${route.logId}--${String(segment)}`, fileName);
    const before = written.reduce((sum, log) => sum + log.rawBytes, 0);
    const onProgress = (rawBytes: number): void => {
      options.onProgress(before + rawBytes);
    };
    written.push(await writeSegment(drive, { segment, path }, { ...options, onProgress }));
  }
  return written;
}

/** A folder for the segments of a route. */
export interface RouteTarget {
  readonly folder: string;
  /** 20 characters, `00000001--0123456789`. */
  readonly logId: string;
}

interface SegmentTarget {
  readonly segment: number;
  readonly path: string;
}

async function writeSegment(
  drive: DriveLog,
  target: SegmentTarget,
  options: WriteLogOptions,
): Promise<WrittenLog> {
  await mkdir(dirname(target.path), { recursive: true });
  const digest = createHash('sha256');
  let rawBytes = 0;
  const onBlock = (block: Uint8Array): void => {
    rawBytes += block.length;
    options.onProgress(rawBytes);
  };
  const source = Readable.from(joinBlocks(drive.generateSegment(target.segment), { digest, onBlock }));
  const file = createWriteStream(target.path);
  if (options.container === 'zstd') await pipeline(source, createDeviceCompressor(), file);
  else await pipeline(source, file);
  return { path: target.path, rawBytes, rawSha256: digest.digest('hex') };
}

/** Streamed, so the frame carries no content size, as on the device. */
function createDeviceCompressor(): ReturnType<typeof createZstdCompress> {
  return createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: DEVICE_ZSTD_LEVEL } });
}

interface BlockObserver {
  readonly digest: Hash;
  readonly onBlock: (block: Uint8Array) => void;
}

/** Joins events to blocks, so that streams and compressor are called once per megabyte and not per event. */
function* joinBlocks(
  batches: Iterable<readonly Uint8Array[]>,
  observer: BlockObserver,
): Generator<Uint8Array> {
  let events: Uint8Array[] = [];
  let byteLength = 0;
  for (const batch of batches) {
    for (const event of batch) {
      events.push(event);
      byteLength += event.length;
    }
    if (byteLength < BLOCK_BYTES) continue;
    yield observeBlock(Buffer.concat(events), observer);
    events = [];
    byteLength = 0;
  }
  yield observeBlock(Buffer.concat(events), observer);
}

function observeBlock(block: Uint8Array, { digest, onBlock }: BlockObserver): Uint8Array {
  digest.update(block);
  onBlock(block);
  return block;
}
