import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { viewAsWindow } from '../../server/core/rlog/log-window.ts';
import { messageEnd } from '../../server/core/rlog/message-frame.ts';
import { createStructSpan, MessageView, OK } from '../../server/core/rlog/message-view.ts';

const SEGMENT_NANOSECONDS = 60_000_000_000n;
const ROUTE = '0000000000000000_00000001--5e9f0a7c21';
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Which route is made of a minute. */
export interface LongRoute {
  /** Packed with zstd. */
  readonly minute: string;
  readonly segments: number;
  readonly outDir: string;
}

/** Writes a route whose segments are one minute, each a minute later than the one before it; returns its folder. */
export async function writeLongRoute({ minute, segments, outDir }: LongRoute): Promise<string> {
  const bytes = new Uint8Array(zstdDecompressSync(await readFile(minute)));
  const times = listTimePlaces(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let segment = 0; segment < segments; segment++) {
    if (segment > 0) for (const place of times) delay(view, place);
    const folder = join(outDir, `${ROUTE}--${String(segment)}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'rlog.zst'), zstdCompressSync(bytes, FAST));
  }
  return outDir;
}

function delay(view: DataView, place: number): void {
  view.setBigUint64(place, view.getBigUint64(place, true) + SEGMENT_NANOSECONDS, true);
}

/** Bytes at which the time of each event stands. */
function listTimePlaces(bytes: Uint8Array): readonly number[] {
  const window = viewAsWindow(bytes);
  const view = new MessageView(window);
  const root = createStructSpan();
  const places: number[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = messageEnd(window, start, bytes.length);
    if (end < 0) break;
    if (view.open(window, start) && view.followRoot(root) === OK && root.dataBytes >= 8)
      places.push(root.data);
    start = end;
  }
  return places;
}
