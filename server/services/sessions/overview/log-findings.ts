import type { LogBands, LogFinding, LogInfo, Problem, ServiceInfo } from '#protocol';
import { formatNumber } from '../../../core/report/number-text.ts';
import { formatClock } from '../../../core/series/axis-ticks.ts';
import type { OpenLog } from '../open-log.ts';

// openpilot takes a service for broken below this part of its rate; source: cereal/messaging, FrequencyTracker.
const SLOWEST = 0.8;
/** openpilot checks no lower rate. */
const LEAST_RATED_HZ = 1;
/** A rate from fewer events is chance. */
const LEAST_EVENTS = 6;
/** A service is silent when it misses so many events, and for so long. */
const SILENT_PERIODS = 3;
const LEAST_SILENCE = 0.5;
/** A log must be as long as so many periods before a service counts as missing. */
const MISSING_PERIODS = 5;
const MOST_FINDINGS = 200;

/** What the logs of all drives hold, unless something failed. */
const EVERY_DRIVE = [
  ...['can', 'carControl', 'carState', 'controlsState', 'deviceState', 'liveCalibration', 'longitudinalPlan'],
  ...['modelV2', 'pandaStates', 'roadCameraState', 'selfdriveState'],
];

/** Lists what of a log deserves a look: what is missing first, then what is wrong, then what to know. */
export function listFindings(log: OpenLog, info: LogInfo, bands: LogBands): readonly LogFinding[] {
  const rated = info.services.map((service) => ({ service, expectedHz: findExpectedRate(log, service) }));
  const findings = [
    ...findMissing(bands),
    ...listProblems(info).map(describeProblem),
    ...findAbsent(log, info),
    ...bands.gaps.map(({ from, to }) => describeSilence(null, from, to - from)),
    ...rated.flatMap(({ service, expectedHz }) => findSilence(service, expectedHz, bands)),
    ...rated.flatMap(({ service, expectedHz }) => findSlowness(service, expectedHz)),
    ...findUnknown(log, info),
    ...findDisorder(info),
  ];
  return findings.slice(0, MOST_FINDINGS);
}

/** Undefined for services that speak on demand, and of a qlog for those that it leaves out. */
function findExpectedRate(log: OpenLog, { tag, expectedHz }: ServiceInfo): number | undefined {
  if (expectedHz === null) return undefined;
  if (!isQlog(log)) return expectedHz;
  const decimation = log.schema.rateOf(tag)?.qlogDecimation;
  return decimation === undefined ? undefined : expectedHz / decimation;
}

function isQlog({ source }: OpenLog): boolean {
  return source.segments.some(({ kind }) => kind === 'qlog');
}

function findMissing({ missingSegments }: LogBands): readonly LogFinding[] {
  return missingSegments.map(({ from, to, label = 'a segment' }) => ({
    ...warning('missing', null, from),
    text: `${label} is missing: nothing from ${formatClock(from, 1)} to ${formatClock(to, 1)}`,
  }));
}

function listProblems({ report }: LogInfo): readonly Problem[] {
  // Missing segments are told with their times.
  const ofRoute = report.problems.filter(({ code }) => code !== 'SEGMENT_MISSING');
  return [...ofRoute, ...report.segments.flatMap(({ problems }) => problems)];
}

function describeProblem({ message, segment }: Problem): LogFinding {
  const place = segment === undefined ? '' : `segment ${String(segment)}: `;
  return { ...warning('problem', null, null), text: `${place}${message}` };
}

/** Services that every drive has; while a log is read, nothing is missing yet. */
function findAbsent(log: OpenLog, info: LogInfo): readonly LogFinding[] {
  if (!log.isComplete || info.services.length === 0) return [];
  return log.schema.listServices().flatMap(({ tag, name, field }): readonly LogFinding[] => {
    if (!EVERY_DRIVE.includes(name) || field.isNewer || log.facts.services.countOf(tag) > 0) return [];
    const rate = log.schema.rateOf(tag);
    const decimation = isQlog(log) ? rate?.qlogDecimation : 1;
    const expectedHz = decimation === undefined ? 0 : (rate?.frequencyHz ?? 0) / decimation;
    if (info.durationSeconds * expectedHz < MISSING_PERIODS) return [];
    return [{ ...warning('missing', name, null), text: `${name} is missing; every drive has it` }];
  });
}

function findSilence(
  { service, longestGap }: ServiceInfo,
  expectedHz: number | undefined,
  { gaps }: LogBands,
): readonly LogFinding[] {
  if (longestGap === null || expectedHz === undefined || expectedHz < LEAST_RATED_HZ) return [];
  const { seconds, fromSeconds } = longestGap;
  const isExplained = gaps.some(({ from, to }) => from <= fromSeconds + seconds && to >= fromSeconds);
  if (isExplained || seconds <= Math.max(LEAST_SILENCE, SILENT_PERIODS / expectedHz)) return [];
  return [describeSilence(service, fromSeconds, seconds)];
}

function describeSilence(service: string | null, atSeconds: number, seconds: number): LogFinding {
  const length = formatNumber(seconds, { digits: 2, unit: 's' });
  const place = formatClock(atSeconds, 2);
  const text =
    service === null ? `no event for ${length} at ${place}` : `${service} silent for ${length} at ${place}`;
  return { ...warning('gap', service, atSeconds), text };
}

function findSlowness(
  { service, rateHz, count }: ServiceInfo,
  expectedHz: number | undefined,
): readonly LogFinding[] {
  if (expectedHz === undefined || rateHz === null || expectedHz < LEAST_RATED_HZ) return [];
  if (count < LEAST_EVENTS || rateHz >= SLOWEST * expectedHz) return [];
  const is = formatNumber(Number(rateHz.toPrecision(3)));
  const should = formatNumber(Number(expectedHz.toPrecision(3)), { unit: 'Hz' });
  return [{ ...warning('slow', service, null), text: `${service} at ${is} of ${should}` }];
}

function findUnknown({ schema }: OpenLog, { services }: LogInfo): readonly LogFinding[] {
  const unknown = services.filter(({ tag }) => schema.serviceOf(tag) === undefined);
  const count = unknown.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return [];
  const events =
    count === 1 ? '1 event of an unknown kind' : `${formatNumber(count)} events of unknown kinds`;
  return [{ ...note('unknown', unknown[0]?.firstSeconds ?? null), text: `${events}, kept as they are` }];
}

function findDisorder({ inversions }: LogInfo): readonly LogFinding[] {
  if (inversions === 0) return [];
  const events = inversions === 1 ? '1 event is' : `${formatNumber(inversions)} events are`;
  return [{ ...note('order', null), text: `${events} out of order in the file; lists show them by time` }];
}

type Opening = Omit<LogFinding, 'text'>;

function warning(kind: LogFinding['kind'], service: string | null, atSeconds: number | null): Opening {
  return { kind, severity: 'warning', service, atSeconds };
}

function note(kind: LogFinding['kind'], atSeconds: number | null): Opening {
  return { kind, severity: 'note', service: null, atSeconds };
}
