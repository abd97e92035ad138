import { createHash, type Hash } from 'node:crypto';
import type { LoadReport } from '#protocol';
import { openLogFile, type OpenLogOptions } from '../../server/adapters/files/log-file.ts';
import { FileLogLocator } from '../../server/adapters/files/log-locator.ts';
import type { EventBatch } from '../../server/core/rlog/event-batch.ts';
import { OpenedLog } from '../../server/services/logs/log-access.ts';
import { LogPass } from '../../server/services/logs/log-pass.ts';
import type { LogSource } from '../../server/services/logs/log-source.ts';
import type { ArtifactSink } from '../../server/tools/tool.ts';
import { rlogToCsv } from '../../server/tools/rlog-to-csv/rlog-to-csv.ts';

/** What is known of the frames of one service. */
export interface FramesTruth {
  readonly frames: number;
  readonly payloadSha256: string;
  readonly framesSha256: string;
  readonly byBusAddress: Readonly<Record<string, number>>;
}

/** What is known of a log; the form of the `.truth.json` files, as far as it is compared. */
export interface LogTruth {
  readonly events: number;
  readonly readableEvents: number;
  readonly framingOk: boolean;
  readonly byTag: Readonly<Record<string, number>>;
  readonly segmentsPerMessage: Readonly<Record<string, number>>;
  readonly firstMonoTime?: string;
  readonly lastMonoTime?: string;
  readonly minMonoTime?: string;
  readonly maxMonoTime?: string;
  readonly inversions?: number;
  readonly eventsSha256: string;
  readonly can: FramesTruth;
  readonly sendcan: FramesTruth;
  readonly csv: { readonly rows: number; readonly sha256: string };
}

/** How a log is read to be compared. */
export interface TruthOptions {
  readonly zstd: NonNullable<OpenLogOptions['zstd']>;
  /** Events after so many are not counted; all are when left out. */
  readonly eventLimit?: number;
  readonly stopAtGarbage?: boolean;
}

/** Finds a log as `cts` does, and has it opened by one of the zstd decoders. */
async function locateWith(path: string, { zstd }: TruthOptions): Promise<LogSource> {
  const source = await new FileLogLocator().locate(path);
  const segments = source.segments.map((segment) => ({
    ...segment,
    open: (options: OpenLogOptions = {}) => openLogFile(segment.path, { ...options, zstd }),
  }));
  return { ...source, segments };
}

/** What one walk over the events tells. */
export type EventsTruth = Pick<
  LogTruth,
  | 'readableEvents'
  | 'byTag'
  | 'segmentsPerMessage'
  | 'firstMonoTime'
  | 'lastMonoTime'
  | 'minMonoTime'
  | 'maxMonoTime'
  | 'inversions'
  | 'eventsSha256'
>;

/** Walks the events of a log. */
export async function measureEvents(
  path: string,
  options: TruthOptions,
): Promise<EventsTruth & { readonly report: LoadReport }> {
  const { stopAtGarbage = false, eventLimit = Infinity } = options;
  const pass = new LogPass(await locateWith(path, options), { stopAtGarbage });
  const measure = new EventsMeasure(eventLimit);
  for await (const batch of pass) measure.add(batch);
  return { ...measure.result(), report: pass.report };
}

class EventsMeasure {
  readonly #limit: number;
  readonly #hash = createHash('sha256');
  readonly #byTag: Record<string, number> = {};
  readonly #segments: Record<string, number> = {};
  readonly #times: bigint[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add({ length, monoTime, tag, start, window }: EventBatch): void {
    const record = new DataView(new ArrayBuffer(10));
    for (let i = 0; i < length && this.#times.length < this.#limit; i++) {
      const [time, which] = [monoTime[i] ?? 0n, tag[i] ?? 0];
      record.setBigUint64(0, time, true);
      record.setUint16(8, which, true);
      this.#hash.update(new Uint8Array(record.buffer));
      this.#times.push(time);
      count(this.#byTag, which);
      count(this.#segments, window.view.getUint32(start[i] ?? 0, true) + 1);
    }
  }

  result(): EventsTruth {
    const times = this.#times;
    const found = {
      readableEvents: times.length,
      byTag: this.#byTag,
      segmentsPerMessage: this.#segments,
      eventsSha256: this.#hash.digest('hex'),
    };
    if (times.length === 0) return found;
    return {
      ...found,
      firstMonoTime: String(times[0]),
      lastMonoTime: String(times.at(-1)),
      minMonoTime: String(times.reduce((a, b) => (b < a ? b : a))),
      maxMonoTime: String(times.reduce((a, b) => (b > a ? b : a))),
      inversions: times.filter((time, i) => time < (times[i - 1] ?? 0n)).length,
    };
  }
}

/** Walks the frames of one service of a log. */
export async function measureFrames(
  path: string,
  service: 'can' | 'sendcan',
  options: TruthOptions,
): Promise<FramesTruth> {
  const log = new OpenedLog(await locateWith(path, options), {});
  const payloads = createHash('sha256');
  const records = createHash('sha256');
  const byBusAddress: Record<string, number> = {};
  let frames = 0;
  const head = new DataView(new ArrayBuffer(14));
  const { stopAtGarbage = false } = options;
  for await (const batch of log.canFrames({ service, stopAtGarbage })) {
    frames += batch.length;
    for (let i = 0; i < batch.length; i++) {
      const payload = batch.data.subarray(batch.dataStart[i], batch.dataStart[i + 1]);
      const [id, bus] = [batch.arbitrationId[i] ?? 0, batch.bus[i] ?? 0];
      head.setBigUint64(0, batch.monoTime[i] ?? 0n, true);
      head.setUint32(8, id, true);
      head.setUint8(12, bus);
      head.setUint8(13, payload.length);
      records.update(new Uint8Array(head.buffer)).update(payload);
      payloads.update(payload);
      count(byBusAddress, `${String(bus)}:0x${id.toString(16).toUpperCase().padStart(3, '0')}`);
    }
  }
  return { frames, payloadSha256: payloads.digest('hex'), framesSha256: records.digest('hex'), byBusAddress };
}

function count(counts: Record<string, number>, key: string | number): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Has rlog-to-csv convert a log, and digests what it writes. */
export async function measureCsv(path: string, options: TruthOptions): Promise<LogTruth['csv']> {
  const sink = new DigestingSink();
  await rlogToCsv.run({
    run: { id: 'run', startedAt: new Date(0) },
    files: () => [],
    describeInputs: () => Promise.resolve([]),
    tellProgress: () => undefined,
    input: new OpenedLog(await locateWith(path, options), {}),
    parameters: { resync: options.stopAtGarbage !== true },
    artifacts: sink,
    signal: new AbortController().signal,
    tell: () => undefined,
  });
  return { rows: sink.rows, sha256: sink.hash.digest('hex') };
}

class DigestingSink implements ArtifactSink {
  readonly hash: Hash = createHash('sha256');
  rows = NaN;

  create(): ReturnType<ArtifactSink['create']> {
    return Promise.resolve({
      write: (bytes) => {
        this.hash.update(bytes);
        return Promise.resolve();
      },
      finish: ({ rows = NaN } = {}) => {
        this.rows = rows;
        return Promise.resolve();
      },
    });
  }
}
