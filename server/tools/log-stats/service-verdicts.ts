import type { LogSchema } from '../../core/schema/log-schema.ts';
import type { PeriodSummary } from '../../core/rlog/period-statistics.ts';
import type { ServiceTimes } from '../../core/rlog/service-pulse.ts';

/** What is to be said of a service's events. */
export type ServiceVerdict =
  | 'as expected'
  | 'too slow'
  | 'too fast'
  /** Every drive has it, and this log does not. */
  | 'missing'
  /** Sent when there is something to tell, or nobody says how often. */
  | 'not rated'
  /** Too few events to tell. */
  | 'too few';

/** A service, how often it is sent and how often it should be. */
export interface JudgedService {
  readonly name: string;
  readonly expectedHz: number | undefined;
  readonly rateHz: number | undefined;
  readonly verdict: ServiceVerdict;
  /** Undefined for a service that is missing. */
  readonly times: PeriodSummary | undefined;
}

/** The services of a log, and what kind of log their rates show. */
export interface JudgedServices {
  /** Whether the rates are those of a qlog, which holds a part of the events. */
  readonly isQlog: boolean;
  readonly services: readonly JudgedService[];
}

// openpilot takes a service for broken outside of these; source: cereal/messaging, FrequencyTracker.
const SLOWEST = 0.8;
const FASTEST = 1.2;
/** openpilot checks no lower rate. */
const LEAST_RATED_HZ = 1;
/** A rate from fewer periods is chance. */
const LEAST_PERIODS = 5;
/** A log must be as long as so many periods before a service counts as missing. */
const MISSING_PERIODS = 5;

/** What the logs of all drives hold, unless something failed. */
const EVERY_DRIVE: readonly string[] = [
  'can',
  'carControl',
  'carState',
  'controlsState',
  'deviceState',
  'liveCalibration',
  'longitudinalPlan',
  'modelV2',
  'pandaStates',
  'roadCameraState',
  'selfdriveState',
];

/**
 * Judges how often services were sent.
 *
 * @param durationSeconds Length of the log.
 */
export function judgeServices(
  services: readonly ServiceTimes[],
  schema: LogSchema,
  durationSeconds: number,
): JudgedServices {
  const isQlog = looksLikeQlog(services, schema);
  const found = services.map(({ tag, times }) => judgeService(schema, tag, { times, isQlog }));
  return { isQlog, services: [...found, ...listMissing(services, schema, { isQlog, durationSeconds })] };
}

/** Events per second between the first and the last. */
export function rateOf({ periods }: PeriodSummary): number | undefined {
  return periods === undefined || periods.mean === 0 ? undefined : 1e9 / periods.mean;
}

function judgeService(
  schema: LogSchema,
  tag: number,
  { times, isQlog }: { readonly times: PeriodSummary; readonly isQlog: boolean },
): JudgedService {
  const expectedHz = findExpectedRate(schema, tag, isQlog);
  const rateHz = rateOf(times);
  const verdict = judgeRate(rateHz, expectedHz, times.periods?.count ?? 0);
  return { name: schema.serviceName(tag), expectedHz, rateHz, verdict, times };
}

function judgeRate(rateHz = 0, expectedHz: number | undefined, periods: number): ServiceVerdict {
  if (expectedHz === undefined || expectedHz < LEAST_RATED_HZ) return 'not rated';
  if (periods < LEAST_PERIODS) return 'too few';
  if (rateHz < SLOWEST * expectedHz) return 'too slow';
  return rateHz > FASTEST * expectedHz ? 'too fast' : 'as expected';
}

/** Undefined for a service that is sent on demand. */
function findExpectedRate(schema: LogSchema, tag: number, isQlog: boolean): number | undefined {
  const rate = schema.rateOf(tag);
  const frequencyHz = rate?.frequencyHz ?? 0;
  if (frequencyHz === 0) return undefined;
  return isQlog ? rate?.qlogDecimation && frequencyHz / rate.qlogDecimation : frequencyHz;
}

/** Whether more of the services that a qlog thins out have its rates than those of a whole log. */
function looksLikeQlog(services: readonly ServiceTimes[], schema: LogSchema): boolean {
  let votes = 0;
  for (const { tag, times } of services) {
    const { frequencyHz = 0, qlogDecimation = 1 } = schema.rateOf(tag) ?? {};
    const rateHz = rateOf(times);
    if (qlogDecimation < 2 || frequencyHz === 0 || rateHz === undefined) continue;
    if (isNear(rateHz, frequencyHz)) votes--;
    else if (isNear(rateHz, frequencyHz / qlogDecimation)) votes++;
  }
  return votes > 0;
}

function isNear(rateHz: number, expectedHz: number): boolean {
  return rateHz >= SLOWEST * expectedHz && rateHz <= FASTEST * expectedHz;
}

function listMissing(
  services: readonly ServiceTimes[],
  schema: LogSchema,
  { isQlog, durationSeconds }: { readonly isQlog: boolean; readonly durationSeconds: number },
): readonly JudgedService[] {
  const found = new Set(services.map(({ tag }) => tag));
  return schema.listServices().flatMap(({ tag, name, field }): readonly JudgedService[] => {
    if (found.has(tag) || field.isNewer || !EVERY_DRIVE.includes(name)) return [];
    const expectedHz = findExpectedRate(schema, tag, isQlog);
    if (expectedHz === undefined || durationSeconds * expectedHz < MISSING_PERIODS) return [];
    return [{ name, expectedHz, rateHz: undefined, verdict: 'missing', times: undefined }];
  });
}
