import { openLogFile } from '../../server/adapters/files/log-file.ts';
import { CanFrameReader } from '../../server/core/can/can-frames.ts';
import { SERVICE_TAGS } from '../../server/core/rlog/service-tags.ts';
import { CanFrameColumns } from '../../server/core/can/frame-columns.ts';
import type { ByteStream } from '../../server/core/rlog/byte-stream.ts';
import { scanEventBatches, streamEventBatches } from '../../server/core/rlog/event-batches.ts';
import { MessageScanner } from '../../server/core/rlog/message-scanner.ts';
import type { Findings } from './findings.ts';

const PIECE_BYTES = 1 << 20;

/** Collects all frames of the files' `can` events while the files are decompressed. */
export async function readStreamed(files: readonly string[]): Promise<Findings> {
  const collection = startCollection();
  for (const file of files) {
    const stream = await openLogFile(file);
    const batches = streamEventBatches(stream);
    for await (const batch of batches) collection.reader.append(batch, collection.frames);
    await stream.close();
    collection.rawBytes += batches.counts.bytes;
    collection.events += batches.counts.events;
  }
  return describe(collection);
}

/** Collects the same frames from files that are first decompressed as a whole, one after the other. */
export async function readBuffered(files: readonly string[]): Promise<Findings> {
  const collection = startCollection();
  for (const file of files) {
    const stream = await openLogFile(file);
    const log = await readWhole(stream);
    await stream.close();
    const scanner = new MessageScanner(false);
    for (const batch of scanEventBatches(log, scanner)) collection.reader.append(batch, collection.frames);
    collection.rawBytes += log.length;
    collection.events += scanner.events;
  }
  return describe(collection);
}

interface Collection {
  readonly reader: CanFrameReader;
  readonly frames: CanFrameColumns;
  rawBytes: number;
  events: number;
}

function startCollection(): Collection {
  const reader = new CanFrameReader(SERVICE_TAGS.can);
  return { reader, frames: new CanFrameColumns(), rawBytes: 0, events: 0 };
}

function describe({ frames, rawBytes, events }: Collection): Findings {
  return { rawBytes, events, frames: frames.length, csvBytes: 0 };
}

/** Reads to the end, piece by piece, then joins the pieces: the size is not known before. */
async function readWhole(stream: ByteStream): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = new Uint8Array(PIECE_BYTES);
    const count = await stream.read(piece);
    if (count === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, count));
  }
}
