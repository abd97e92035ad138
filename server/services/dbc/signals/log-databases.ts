import type { DbcOnLog, RequestContext } from '#protocol';
import { createLogClock } from '../../../core/can/log-clock.ts';
import type { FrameClock } from '../../../core/can/frame-table.ts';
import type { TimeSpan } from '../../../core/can/message-rows.ts';
import { scaleProgress } from '../../logs/log-access.ts';
import { LogPass, type LogPassOptions } from '../../logs/log-pass.ts';
import type { LogLocator, LogSource } from '../../logs/log-source.ts';
import { readPassOptions } from '../../logs/pass-options.ts';
import type { BusDatabases, DatabaseChooser } from '../bus-databases.ts';

/** What requests about the signals of a log need. */
export interface SignalPorts {
  readonly logs: LogLocator;
  readonly chooser: DatabaseChooser;
}

/** How much of the work is the survey by which databases are chosen. */
const SURVEY_SHARE = 0.5;

/** Frames may be missed for what is lost in doubles of seconds: by so much later nothing is. */
const CLOCK_SLACK = 1e-6;

/** A log whose databases are known. */
export class LogWithDatabases {
  readonly databases: BusDatabases;
  readonly clock: FrameClock;
  readonly signal: AbortSignal;
  readonly #source: LogSource;
  readonly #options: LogPassOptions;

  private constructor(source: LogSource, databases: BusDatabases, context: OpenContext) {
    this.databases = databases;
    this.clock = createLogClock(databases.startMonoTime ?? 0n);
    this.signal = context.signal;
    this.#source = source;
    this.#options = context.options;
  }

  /** Finds the log, surveys it, and chooses its databases. */
  static async open(
    { logs, chooser }: SignalPorts,
    params: DbcOnLog,
    context: RequestContext,
  ): Promise<LogWithDatabases> {
    const source = await logs.locate(params.path);
    const options = readPassOptions(params, context);
    // A log that was surveyed before is not walked for it again: then the work at hand is all there is.
    let surveyShare = 0;
    const { onProgress } = sharePart(options, 0, SURVEY_SHARE);
    const databases = await chooser.chooseForLog(source, params, {
      ...options,
      onProgress: (progress) => {
        surveyShare = SURVEY_SHARE;
        return onProgress?.(progress);
      },
    });
    return new LogWithDatabases(source, databases, {
      signal: context.signal,
      options: sharePart(options, surveyShare, 1),
    });
  }

  /** Second 0, as it travels. */
  get startMonoTime(): string | null {
    return this.databases.startMonoTime?.toString() ?? null;
  }

  /** From second 0 to the latest event; 0 for a log without events. */
  get durationSeconds(): number {
    const { startMonoTime, endMonoTime } = this.databases;
    if (startMonoTime === undefined || endMonoTime === undefined) return 0;
    return Number(endMonoTime - startMonoTime) / 1e9;
  }

  /** When the latest frame is later than this, all frames up to a time have been read. */
  findReadingEnd(seconds: number): number {
    return seconds + Number(this.databases.disorderNs) / 1e9 + CLOCK_SLACK;
  }

  /** Begins to walk the log. */
  beginPass(): LogPass {
    return new LogPass(this.#source, this.#options);
  }

  /** Begins to walk the segments that have frames in a stretch of time; at least one where any has frames. */
  beginPassBetween({ from, to }: TimeSpan): LogPass {
    const { segmentTimes, startMonoTime = 0n } = this.databases;
    if (segmentTimes === undefined) return this.beginPass();
    const toSeconds = (time: bigint): number => Number(time - startMonoTime) / 1e9;
    const { segments } = this.#source;
    const own = segments.filter((_, i) => {
      const times = segmentTimes[i];
      return times && toSeconds(times.latest) >= from && toSeconds(times.earliest) <= to;
    });
    const kept = own.length > 0 ? own : segments.filter((_, i) => segmentTimes[i]).slice(0, 1);
    if (kept.length === 0) return this.beginPass();
    return new LogPass({ ...this.#source, segments: kept }, this.#options);
  }
}

interface OpenContext {
  readonly signal: AbortSignal;
  readonly options: LogPassOptions;
}

function sharePart(options: LogPassOptions, from: number, to: number): LogPassOptions {
  const { onProgress } = options;
  return onProgress === undefined
    ? options
    : { ...options, onProgress: scaleProgress(onProgress, { from, to }) };
}
