import type { LoadReport } from '#protocol';
import { CanFrameReader } from '../../core/can/can-frames.ts';
import { CanFrameColumns, type CanFrames } from '../../core/can/frame-columns.ts';
import { SERVICE_TAGS } from '../../core/rlog/service-tags.ts';
import type { CanFrameBatches, CanFrameQuery, LogAccess } from '../../tools/tool.ts';
import { LogPass, type LogPassOptions } from './log-pass.ts';
import type { LogSource } from './log-source.ts';

/** What a tool is given of a log; keeps the load report of the last thing that was read. */
export class OpenedLog implements LogAccess {
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

  canFrames({ service, stopAtGarbage = false }: CanFrameQuery): CanFrameBatches {
    const pass = new LogPass(this.#source, { ...this.#options, stopAtGarbage });
    this.#lastPass = pass;
    const reader = new CanFrameReader(SERVICE_TAGS[service]);
    pass.includeFindings(() => reader.takeProblems());
    return {
      get firstMonoTime() {
        return reader.firstMonoTime;
      },
      [Symbol.asyncIterator]: () => readFrames(pass, reader),
    };
  }
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
