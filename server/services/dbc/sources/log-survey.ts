import type { LoadReport } from '#protocol';
import { CanFrameReader } from '../../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../../core/can/frame-columns.ts';
import { findFrameTimes, type FrameTimes, joinFrameTimes } from '../../../core/can/frame-times.ts';
import { FrameOrder } from '../../../core/dbc/sources/frame-order.ts';
import { FrameSurvey } from '../../../core/dbc/sources/frame-survey.ts';
import { ServiceCounter } from '../../../core/rlog/service-statistics.ts';
import { SERVICE_TAGS } from '../../../core/rlog/service-tags.ts';
import { WriterSurvey } from '../../../core/schema/writer-survey.ts';
import { LogPass, type LogPassOptions } from '../../logs/log-pass.ts';
import type { LogSource } from '../../logs/log-source.ts';
import type { DbcFiles } from '../dbc-files.ts';

/** Surveys that are kept: of the log that is open, and a few before it. */
const KEPT_SURVEYS = 4;

/** What a walk over a log tells of its car and its buses. */
export interface LogSurvey {
  /** What the log calls the car; undefined where it does not say. */
  readonly fingerprint: string | undefined;
  /** Second 0, as `LogInfo` has it; undefined for a log without events. */
  readonly startMonoTime: bigint | undefined;
  /** The latest event. */
  readonly endMonoTime: bigint | undefined;
  /** See `BusDatabases.disorderNs`. */
  readonly disorderNs: bigint;
  /** See `BusDatabases.segmentTimes`. */
  readonly segmentTimes: readonly (FrameTimes | undefined)[];
  readonly frames: FrameSurvey;
  readonly report: LoadReport;
}

/**
 * Walks a log once.
 *
 * @throws {CtsError} NOT_A_LOG, and why it cannot be read.
 */
async function surveyLog(source: LogSource, options: LogPassOptions): Promise<LogSurvey> {
  const services = new ServiceCounter();
  const writer = new WriterSurvey();
  const frames = new FrameSurvey();
  const reader = new CanFrameReader(SERVICE_TAGS.can);
  const columns = new CanFrameColumns();
  const order = new FrameOrder();
  const segmentTimes = source.segments.map((): FrameTimes | undefined => undefined);
  const pass = new LogPass(source, options);
  pass.includeFindings(() => reader.takeProblems());
  for await (const batch of pass) {
    if (pass.isBehindFirstEvents) services.fixStart();
    services.add(batch);
    writer.add(batch);
    columns.clear();
    reader.append(batch, columns);
    frames.add(columns);
    order.add(columns);
    const segment = pass.segmentsRead;
    segmentTimes[segment] = joinFrameTimes(segmentTimes[segment], findFrameTimes(columns));
  }
  const fingerprint = writer.car?.carFingerprint;
  return {
    fingerprint: fingerprint === '' ? undefined : fingerprint,
    startMonoTime: services.times?.start,
    endMonoTime: services.times?.max,
    disorderNs: BigInt(order.disorderNs),
    segmentTimes,
    frames,
    report: pass.report,
  };
}

/** Keeps the surveys of the last logs, for as long as none of their files changes. */
export class RecentSurveys {
  readonly #files: DbcFiles;
  readonly #kept = new Map<string, LogSurvey>();

  constructor(files: DbcFiles) {
    this.#files = files;
  }

  /** @throws {CtsError} What `surveyLog` throws. */
  async survey(source: LogSource, options: LogPassOptions): Promise<LogSurvey> {
    const key = await this.#describe(source, options);
    const kept = key === undefined ? undefined : this.#kept.get(key);
    const survey = kept ?? (await surveyLog(source, options));
    if (key !== undefined && (await this.#describe(source, options)) === key) this.#keep(key, survey);
    return survey;
  }

  /** Everything that the survey depends on; undefined where files cannot be looked at: then nothing is kept. */
  async #describe(source: LogSource, options: LogPassOptions): Promise<string | undefined> {
    try {
      const versions = await Promise.all(
        source.segments.map(async ({ path }) => [path, await this.#files.version(path)]),
      );
      const { stopAtGarbage = false, maxBytes = null } = options;
      return JSON.stringify([source.name, stopAtGarbage, maxBytes, source.problems, versions]);
    } catch {
      return undefined;
    }
  }

  #keep(key: string, survey: LogSurvey): void {
    this.#kept.delete(key);
    this.#kept.set(key, survey);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_SURVEYS && oldest !== undefined) this.#kept.delete(oldest);
  }
}
