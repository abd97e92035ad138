import { findOrigin } from '../../core/can/bus-origin.ts';
import { formatNumber } from '../../core/report/number-text.ts';
import type { Inline, ReportNotice, Text } from '../../core/report/report.ts';
import { formatClock } from '../../core/series/axis-ticks.ts';
import type { BusOverview } from './bus-loads.ts';
import { nameBus } from './names.ts';
import type { JudgedService } from './service-verdicts.ts';
import type { Silence } from './silences.ts';
import type { LogStatistics } from './statistics.ts';

/** Names in a sentence before the rest is counted. */
const NAMED = 4;
/** A longer silence of the whole log is most likely a segment that is not there. */
const SEGMENT_SECONDS = 10;
/** A car's bus is rarely planned for more. */
const HIGH_LOAD = 80;

/** The result in words: what is unusual first. */
export function writeLead(statistics: LogStatistics): Text {
  const unusual = [
    ...tellLogGaps(statistics.silences),
    ...tellServices(statistics.services, 'missing', 'Missing, though every drive has it: '),
    ...tellOtherGaps(statistics.silences),
    ...tellStopped(statistics.silences),
    ...tellServices(statistics.services, 'too slow', 'Slower than openpilot sends it: '),
    ...tellServices(statistics.services, 'too fast', 'Faster than openpilot sends it: '),
    ...tellHighLoad(statistics.buses),
  ];
  const lead: readonly Inline[] =
    unusual.length > 0
      ? unusual
      : [
          'Nothing unusual: no gaps, no service that is missing or out of its rate, no message that stopped. ',
        ];
  return [...lead, ...tellLoads(statistics.buses)];
}

/** What must be known before the figures are believed. */
export function writeNotices(statistics: LogStatistics): readonly ReportNotice[] {
  const { silences, services, findings } = statistics;
  const gaps = silences.filter(isNoticed);
  const missing = services.filter(({ verdict }) => verdict === 'missing').map(({ name }) => name);
  return [
    ...gaps.slice(0, NAMED).map((gap): ReportNotice => ({
      level: 'warning',
      title: `${nameSilent(gap)} from ${writeStretch(gap)}.`,
      text: explainGap(gap),
    })),
    ...notice('warning', missing.length > 0, {
      title: `Missing: ${missing.join(', ')}.`,
      text: 'Every drive has these services. They failed to start, or the log was not made while driving.',
    }),
    ...notice('info', statistics.isQlog, {
      title: 'This is a qlog.',
      text: 'It holds a part of the events and almost no CAN frames: rates are compared with those of a qlog. The rlog has all.',
    }),
    ...notice('info', findings.leftOut.further > 0, {
      title: `${formatNumber(findings.leftOut.further)} frames belong to no listed message.`,
      text: 'The log has more than 4 096 messages. The first 4 096 are listed; all frames count for their bus.',
    }),
    ...notice('info', findings.leftOut.impossible + findings.leftOut.uncounted > 0, {
      title: `${formatNumber(findings.leftOut.impossible + findings.leftOut.uncounted)} frames are in no bus load.`,
      text: 'They are longer than the 64 bytes that a bus can carry, or their times lie too far apart.',
    }),
  ];
}

/** Lines for the run's log about silences that a reader must know of. */
export function listWarnings({ silences }: LogStatistics): readonly string[] {
  return silences.filter(isNoticed).map((gap) => `${nameSilent(gap)} from ${writeStretch(gap)}.`);
}

/** `0:21.400 to 0:22.910 (1.51 s)`. */
function writeStretch({ from, to }: Pick<Silence, 'from' | 'to'>): string {
  return `${formatClock(from, 3)} to ${formatClock(to, 3)} (${formatNumber(to - from, { digits: 2, unit: 's' })})`;
}

/** Gaps of the log, of all frames, and of a bus. */
function isNoticed({ scope, kind, name }: Silence): boolean {
  return kind === 'gap' && (scope === 'log' || scope === 'bus' || name === 'can');
}

function nameSilent({ scope, name }: Silence): string {
  if (scope === 'log') return 'No event';
  return scope === 'service' ? 'No CAN frame' : `No frame on ${name}`;
}

function explainGap({ scope, from, to }: Silence): string {
  if (scope === 'bus')
    return 'Other buses had frames: most likely the car or a part of it slept or was cut off.';
  if (scope === 'service')
    return 'Other services went on: most likely the panda or its process was held up. What the car did meanwhile is unknown.';
  return to - from >= SEGMENT_SECONDS
    ? 'Most likely a segment is missing here, or could not be read. What happened meanwhile is unknown.'
    : 'Most likely the logger was held up, or this part of the log was lost. What happened meanwhile is unknown.';
}

function tellLogGaps(silences: readonly Silence[]): readonly Inline[] {
  const gaps = silences.filter(({ scope }) => scope === 'log');
  return tellGaps(gaps, 'The log has no event from ');
}

/** Of each service and bus the longest gap, and how many others it has. */
function tellOtherGaps(silences: readonly Silence[]): readonly Inline[] {
  const gaps = silences.filter(({ scope, kind }) => isWide(scope) && scope !== 'log' && kind === 'gap');
  const sources = [...Map.groupBy(gaps, ({ name }) => name).values()];
  const told = sources.slice(0, NAMED).flatMap((own) => tellGaps(own, nameOpening(own[0])));
  const rest = sources.length - NAMED;
  return rest > 0 ? [...told, `${formatNumber(rest)} more sources have gaps. `] : told;
}

function nameOpening(gap: Silence | undefined): string {
  return gap?.name === 'can' ? 'No CAN frame from ' : `${capitalize(gap?.name ?? '')} was silent from `;
}

/** Whether many signals are gone with it. */
function isWide(scope: Silence['scope']): boolean {
  return scope !== 'message';
}

function tellGaps(gaps: readonly Silence[], opening: string): readonly Inline[] {
  const [longest, ...others] = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  if (longest === undefined) return [];
  const more = others.length > 0 ? `, and ${formatNumber(others.length)} times more` : '';
  const length = formatNumber(longest.to - longest.from, { digits: 2, unit: 's' });
  return [opening, { time: longest.from }, ` to `, { time: longest.to }, ` (${length})${more}. `];
}

function tellStopped(silences: readonly Silence[]): readonly Inline[] {
  const stopped = silences.filter(({ scope, kind }) => kind === 'end' && scope !== 'log');
  const [first] = stopped;
  if (first === undefined) return [];
  const named = stopped
    .slice(0, NAMED)
    .flatMap(({ name, from }): Inline[] => [', ', { code: name }, ' at ', { time: from }]);
  const rest = stopped.length > NAMED ? `, and ${formatNumber(stopped.length - NAMED)} more` : '';
  return ['Stopped before the end: ', ...named.slice(1), `${rest}. `];
}

function tellServices(
  services: readonly JudgedService[],
  verdict: JudgedService['verdict'],
  opening: string,
): readonly Inline[] {
  const names = services.filter((service) => service.verdict === verdict).map(describeRate);
  if (names.length === 0) return [];
  const rest = names.length > NAMED ? `, and ${formatNumber(names.length - NAMED)} more` : '';
  return [opening, { strong: names.slice(0, NAMED).join(', ') }, `${rest}. `];
}

function describeRate({ name, rateHz, expectedHz = 0 }: JudgedService): string {
  if (rateHz === undefined) return name;
  return `${name} (${formatNumber(Number(rateHz.toPrecision(3)))} of ${formatNumber(Number(expectedHz.toPrecision(3)), { unit: 'Hz' })})`;
}

function tellHighLoad(buses: readonly BusOverview[]): readonly Inline[] {
  return buses.flatMap(({ bus, peak }): readonly Inline[] => {
    const load = peak?.totalLoad ?? 0;
    if (peak === undefined || load < HIGH_LOAD) return [];
    const percent = formatNumber(load, { digits: 0, unit: '%' });
    return [`${capitalize(nameBus(bus))} was ${percent} full at `, { time: peak.from }, '. '];
  });
}

function tellLoads(buses: readonly BusOverview[]): readonly Inline[] {
  const loads = buses
    .filter(({ bus }) => findOrigin(bus) === 'received')
    .map(
      ({ bus, totalMeanLoad = 0 }) =>
        `${nameBus(bus)} ${formatNumber(totalMeanLoad, { digits: 1, unit: '%' })}`,
    );
  return loads.length === 0 ? ['The log has no CAN frames.'] : [`Mean load: ${loads.join(', ')}.`];
}

function notice(
  level: ReportNotice['level'],
  isNeeded: boolean,
  words: Omit<ReportNotice, 'level'>,
): readonly ReportNotice[] {
  return isNeeded ? [{ level, ...words }] : [];
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
