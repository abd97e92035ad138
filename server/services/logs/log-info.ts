import type { BusInfo, CarInfo, DeviceInfo, LogInfo, LogInfoParams, ServiceInfo } from '#protocol';
import { CanFrameReader } from '../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../core/can/frame-columns.ts';
import { FrameCounter } from '../../core/can/frame-counter.ts';
import { SERVICE_TAGS } from '../../core/rlog/service-tags.ts';
import { type LogTimes, ServiceCounter, type ServiceStatistics } from '../../core/rlog/service-statistics.ts';
import type { LogSchema } from '../../core/schema/log-schema.ts';
import { chooseSchema, openSchema } from '../../core/schema/schema-choice.ts';
import { LogPass, type LogPassOptions } from './log-pass.ts';
import type { LogSource } from './log-source.ts';
import { WriterSurvey } from '../../core/schema/writer-survey.ts';

/** Walks a log once and tells what it is and holds. */
export async function describeLog(
  source: LogSource,
  params: LogInfoParams,
  options: LogPassOptions,
): Promise<LogInfo> {
  const services = new ServiceCounter();
  const frames = new FrameCounter();
  const survey = new WriterSurvey();
  const reader = new CanFrameReader(SERVICE_TAGS.can);
  const columns = new CanFrameColumns();
  const pass = new LogPass(source, options);
  pass.includeFindings(() => reader.takeProblems());
  for await (const batch of pass) {
    if (pass.isBehindFirstEvents) services.fixStart();
    services.add(batch);
    survey.add(batch);
    columns.clear();
    reader.append(batch, columns);
    frames.add(columns);
  }
  const choice = chooseSchema(survey.init, params.schema);
  const schema = openSchema(choice.id);
  return {
    path: params.path,
    name: source.name,
    route: source.route ?? null,
    device: describeDevice(survey),
    car: describeCar(survey),
    schema: choice,
    ...describeTimes(services.times),
    inversions: services.inversions,
    services: services.list().map((each) => describeService(each, schema)),
    buses: listBuses(frames),
    report: pass.report,
  };
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
