import type { LoadReport } from '#protocol';
import { CanFrameReader } from '../../core/can/can-frames.ts';
import { CanFrameColumns, type CanFrames } from '../../core/can/frame-columns.ts';
import { SERVICE_TAGS } from '../../core/rlog/service-tags.ts';
import type {
  BatchReader,
  CanFrameBatches,
  CanFrameQuery,
  LogAccess,
  ReadOptions,
} from '../../tools/input-access.ts';
import { LogPass, type LogPassOptions } from './log-pass.ts';
import type { LogSource } from './log-source.ts';

/** What a tool is given of a log; keeps the load report of the last thing that was read. */
export class OpenedLog implements LogAccess {
  readonly kind = 'log';
  readonly name: string;
  readonly #source: LogSource;
  readonly #options: LogPassOptions;
  #lastPass: LogPass | undefined;

  constructor(source: LogSource, options: LogPassOptions) {
    this.name = toFileName(source.name);
    this.#source = source;
    this.#options = options;
  }

  /** What was read; undefined before anything was. */
  get report(): LoadReport | undefined {
    return this.#lastPass?.report;
  }

  canFrames({ service, ...options }: CanFrameQuery): CanFrameBatches {
    const pass = this.#begin(options);
    const reader = new CanFrameReader(SERVICE_TAGS[service]);
    pass.includeFindings(() => reader.takeProblems());
    return {
      get firstMonoTime() {
        return reader.firstMonoTime;
      },
      [Symbol.asyncIterator]: () => readFrames(pass, reader),
    };
  }

  async read(readers: readonly BatchReader[], options: ReadOptions = {}): Promise<void> {
    const pass = this.#begin(options);
    pass.includeFindings(() => readers.flatMap((reader) => reader.takeProblems?.() ?? []));
    for await (const batch of pass) for (const reader of readers) reader.append(batch);
  }

  #begin({ stopAtGarbage = false, progress }: ReadOptions): LogPass {
    const { onProgress } = this.#options;
    const pass = new LogPass(this.#source, {
      ...this.#options,
      stopAtGarbage,
      ...(progress && onProgress && { onProgress: scaleProgress(onProgress, progress) }),
    });
    this.#lastPass = pass;
    return pass;
  }
}

type TellProgress = NonNullable<LogPassOptions['onProgress']>;

/** Where reading is only a part of the work, its progress is a part of the whole. */
export function scaleProgress(
  tell: TellProgress,
  { from, to }: NonNullable<ReadOptions['progress']>,
): TellProgress {
  return ({ fraction, message }) => tell({ fraction: from + (to - from) * fraction, message });
}

/** Routes are called `dongle/log/3`. */
function toFileName(name: string): string {
  return name.replaceAll(/[/\\|:]/g, '_');
}

async function* readFrames(
  pass: LogPass,
  reader: CanFrameReader,
): AsyncGenerator<CanFrames, void, undefined> {
  const frames = new CanFrameColumns();
  for await (const batch of pass) {
    frames.clear();
    reader.append(batch, frames);
    if (frames.length > 0) yield frames;
  }
}
