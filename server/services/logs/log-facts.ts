import type { BusInfo, CarInfo, DeviceInfo, LoadReport, LogInfo, ServiceInfo } from '#protocol';
import type { CanFrames } from '../../core/can/frame-columns.ts';
import { FrameCounter } from '../../core/can/frame-counter.ts';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { type LogTimes, ServiceCounter, type ServiceStatistics } from '../../core/rlog/service-statistics.ts';
import type { LogSchema } from '../../core/schema/log-schema.ts';
import { chooseSchema, openSchema } from '../../core/schema/schema-choice.ts';
import { WriterSurvey } from '../../core/schema/writer-survey.ts';
import type { LogSource } from './log-source.ts';

/** What of a log is described. */
export interface DescribedLog {
  /** As it was given. */
  readonly path: string;
  readonly source: LogSource;
  /** Schema to read with; chosen by what the log says of its writer when left out. */
  readonly schema?: string | undefined;
  readonly report: LoadReport;
}

/** Gathers, while a log is walked, what it is and holds. */
export class LogFacts {
  readonly services = new ServiceCounter();
  readonly survey = new WriterSurvey();
  readonly #frames = new FrameCounter();
  #schema: LogSchema | undefined;

  /** @param frames Those of the batch's `can` events. */
  add(batch: EventBatch, frames: CanFrames): void {
    this.services.add(batch);
    this.survey.add(batch);
    this.#frames.add(frames);
  }

  /**
   * Everything that was gathered so far.
   *
   * @throws {CtsError} SCHEMA_NOT_FOUND when the schema that is asked for is none.
   */
  describe({ path, source, schema: wanted, report }: DescribedLog): LogInfo {
    const choice = chooseSchema(this.survey.init, wanted);
    const schema = this.#schema?.id === choice.id ? this.#schema : openSchema(choice.id);
    this.#schema = schema;
    return {
      path,
      name: source.name,
      route: source.route ?? null,
      device: describeDevice(this.survey),
      car: describeCar(this.survey),
      schema: choice,
      ...describeTimes(this.services.times),
      inversions: this.services.inversions,
      services: this.services.list().map((each) => describeService(each, schema)),
      buses: listBuses(this.#frames),
      report,
    };
  }
}
function describeTimes(
  times: LogTimes | undefined,
): Pick<LogInfo, 'startMonoTime' | 'monoTime' | 'durationSeconds'> {
  if (times === undefined) return { startMonoTime: null, monoTime: null, durationSeconds: 0 };
  const { start, first, last, min, max } = times;
  return {
    startMonoTime: start.toString(),
    monoTime: { first: first.toString(), last: last.toString(), min: min.toString(), max: max.toString() },
    durationSeconds: Number(max - start) / 1e9,
  };
}

function describeService(each: ServiceStatistics, schema: LogSchema): ServiceInfo {
  const expectedHz = schema.rateOf(each.tag)?.frequencyHz ?? 0;
  return {
    service: schema.serviceName(each.tag),
    tag: each.tag,
    count: each.count,
    rateHz: each.rateHz ?? null,
    expectedHz: expectedHz > 0 ? expectedHz : null,
    longestGap: each.longestGap ?? null,
    firstSeconds: each.firstSeconds,
    lastSeconds: each.lastSeconds,
  };
}

function listBuses(frames: FrameCounter): readonly BusInfo[] {
  return frames.listBuses().map(({ bus, count, arbitrationIds }) => ({ bus, frames: count, arbitrationIds }));
}

function describeDevice({ init }: WriterSurvey): DeviceInfo {
  return {
    dongleId: textOrNull(init?.dongleId),
    deviceType: textOrNull(init?.deviceType),
    version: textOrNull(init?.version),
    gitCommit: textOrNull(init?.gitCommit),
    gitBranch: textOrNull(init?.gitBranch),
    gitRemote: textOrNull(init?.gitRemote),
    isDirty: init?.isDirty ?? null,
  };
}

function describeCar({ car }: WriterSurvey): CarInfo {
  return {
    fingerprint: textOrNull(car?.carFingerprint),
    brand: textOrNull(car?.brand),
    vin: textOrNull(car?.maskedVin),
  };
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
