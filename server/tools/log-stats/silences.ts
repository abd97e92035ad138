import type { LogFindings } from './log-survey.ts';
import { nameBus, nameMessage } from './names.ts';
import type { Period, PeriodFigures, PeriodSummary } from '../../core/rlog/period-statistics.ts';
import type { JudgedService } from './service-verdicts.ts';

/** What was silent. */
export type SilenceScope = 'log' | 'service' | 'bus' | 'message';

/** A stretch of time without events or frames where there should have been some. Seconds after second 0 of the log. */
export interface Silence {
  readonly scope: SilenceScope;
  /** Such as `bus 0`, `carState`, `0x123 on bus 0`. */
  readonly name: string;
  /** As logged, of a bus or message. */
  readonly bus: number | undefined;
  /** Whether it lies between two events, before the first or behind the last. */
  readonly kind: 'gap' | 'start' | 'end';
  readonly from: number;
  readonly to: number;
  /** Median time between events, or the one that is expected. */
  readonly usualPeriod: number;
}

/** From which length on nothing is a silence. */
export interface SilenceRules {
  readonly gapSeconds: number;
  /** In usual periods; both must be exceeded. */
  readonly gapPeriods: number;
}

/** Fewer periods show no rule that could be broken. */
const LEAST_PERIODS = 10;
/** Something is sent regularly when 95 of 100 periods are no longer than so many usual ones. */
const REGULAR_PERIODS = 2.5;
/** The service that carries the frames of all buses. */
const FRAMES = 'can';

/**
 * Lists silences by time: of the whole log, of a bus, of services with a known rate, and of messages that are sent
 * regularly. What a larger silence explains is left out. Of each source the eight longest are known.
 */
export function listSilences(
  findings: LogFindings,
  services: readonly JudgedService[],
  rules: SilenceRules,
): readonly Silence[] {
  const { log, start } = findings;
  if (log === undefined) return [];
  const list = new SilenceList(rules, start);
  // What explains others comes before them.
  const usualPeriod = log.periods?.median ?? 0;
  list.addGaps({ scope: 'log', name: 'the whole log', bus: undefined, times: log, usualPeriod });
  for (const { name, expectedHz, verdict, times } of services) {
    if (times === undefined || expectedHz === undefined || verdict === 'not rated') continue;
    list.add({ scope: 'service', name, bus: undefined, times, within: log, usualPeriod: 1e9 / expectedHz });
  }
  for (const { bus, times } of findings.buses)
    list.add({ scope: 'bus', name: nameBus(bus), bus, times, within: log });
  const buses = new Map(findings.buses.map(({ bus, times }) => [bus, times]));
  for (const message of findings.messages) {
    const { bus, times } = message;
    list.add({ scope: 'message', name: nameMessage(message), bus, times, within: buses.get(bus) ?? log });
  }
  return list.finish();
}

interface Source {
  readonly scope: SilenceScope;
  readonly name: string;
  readonly bus: number | undefined;
  readonly times: PeriodSummary;
  /** In nanoseconds; without it the median counts, of sources that are regular. */
  readonly usualPeriod?: number;
}

class SilenceList {
  readonly #rules: SilenceRules;
  readonly #start: number;
  readonly #found: Silence[] = [];
  /** Those that may explain others. */
  readonly #large: Silence[] = [];

  constructor(rules: SilenceRules, start: number) {
    this.#rules = rules;
    this.#start = start;
  }

  /** Adds the silences of a source that could speak while another one did. */
  add(source: Source & { readonly within: PeriodSummary }): void {
    this.addGaps(source);
    const { times, within } = source;
    this.#add(source, 'start', { from: within.first, to: times.first });
    this.#add(source, 'end', { from: times.last, to: within.last });
  }

  addGaps(source: Source): void {
    for (const period of source.times.longest) this.#add(source, 'gap', period);
  }

  finish(): readonly Silence[] {
    return this.#found.sort((a, b) => a.from - b.from || a.to - b.to);
  }

  #add(source: Source, kind: Silence['kind'], { from, to }: Period): void {
    const usual = source.usualPeriod ?? findUsualPeriod(source.times.periods);
    if (usual === undefined) return;
    const least = Math.max(this.#rules.gapSeconds, (this.#rules.gapPeriods * usual) / 1e9);
    const silence: Silence = {
      scope: source.scope,
      name: source.name,
      bus: source.bus,
      kind,
      from: this.#toSeconds(from),
      to: this.#toSeconds(to),
      usualPeriod: usual / 1e9,
    };
    if (silence.to - silence.from <= least || this.#isExplained(silence, least)) return;
    this.#found.push(silence);
    if (explainsOthers(silence)) this.#large.push(silence);
  }

  /** Without what a larger silence covers, it would have been none. */
  #isExplained(silence: Silence, least: number): boolean {
    return this.#large.some(
      (larger) =>
        isLarger(larger, silence) && silence.to - silence.from - measureOverlap(larger, silence) <= least,
    );
  }

  #toSeconds(nanoseconds: number): number {
    return (nanoseconds - this.#start) / 1e9;
  }
}

function explainsOthers({ scope, name }: Silence): boolean {
  return scope === 'log' || scope === 'bus' || name === FRAMES;
}

/** The log explains everything, the service of frames all buses, a bus the messages on it. */
function isLarger(larger: Silence, silence: Silence): boolean {
  if (larger.scope === 'log') return silence.scope !== 'log';
  if (larger.scope === 'service') return larger.name === FRAMES && silence.bus !== undefined;
  return larger.scope === 'bus' && silence.scope === 'message' && larger.bus === silence.bus;
}

function measureOverlap(a: Silence, b: Silence): number {
  return Math.min(a.to, b.to) - Math.max(a.from, b.from);
}

function findUsualPeriod(periods: PeriodFigures | undefined): number | undefined {
  if (periods === undefined || periods.count < LEAST_PERIODS) return undefined;
  return periods.period95 <= REGULAR_PERIODS * periods.median ? periods.median : undefined;
}
