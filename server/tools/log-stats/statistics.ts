import { type BusOverview, listBusOverviews, type RatesOfBus } from './bus-loads.ts';
import type { LogFindings } from './log-survey.ts';
import { judgeServices, type JudgedService } from './service-verdicts.ts';
import { listSilences, type Silence, type SilenceRules } from './silences.ts';

/** Everything that the tool tells of a log. */
export interface LogStatistics {
  readonly findings: LogFindings;
  /** Seconds from second 0 of the log to its last event. */
  readonly durationSeconds: number;
  readonly isQlog: boolean;
  /** By name. */
  readonly services: readonly JudgedService[];
  readonly buses: readonly BusOverview[];
  readonly silences: readonly Silence[];
}

/** What decides how findings are read. */
export interface StatisticsRules extends SilenceRules {
  readonly bucketSeconds: number;
  readonly ratesOf: RatesOfBus;
}

/** Makes of what was found in a log what is told of it. */
export function createStatistics(findings: LogFindings, rules: StatisticsRules): LogStatistics {
  const durationSeconds = findings.log === undefined ? 0 : (findings.log.last - findings.start) / 1e9;
  const { isQlog, services } = judgeServices(findings.services, findings.schema, durationSeconds);
  return {
    findings,
    durationSeconds,
    isQlog,
    services: services.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    buses: listBusOverviews(findings, rules),
    silences: listSilences(findings, services, rules),
  };
}
