import type { RequestHandlers } from '#protocol';
import type { EncodeBase64 } from '../can/can-at.ts';
import type { CanLogs } from '../can/can-logs.ts';
import { writeSampleLines } from './sample-lines.ts';
import { drawSeries } from './series-points.ts';
import { readValuesAt } from './values-at.ts';

/** Requests about what of an open log can be plotted. */
export type SeriesMethod = `sessions/${'findSeries' | 'series' | 'values' | 'samples'}`;

/** What answering them needs. */
export interface SeriesPorts {
  readonly canLogs: CanLogs;
  readonly encodeBase64: EncodeBase64;
}

/** Answers what is asked of signals and fields of open logs over time. */
export function createSeriesHandlers({
  canLogs,
  encodeBase64,
}: SeriesPorts): Pick<RequestHandlers, SeriesMethod> {
  return {
    'sessions/findSeries': async ({ session, text, limit }) => {
      const { log, catalogue, databases } = canLogs.find(session);
      const found = await catalogue.find(text, await databases.chooseIfPossible(), limit);
      return { revision: log.revision, ...found };
    },
    'sessions/series': async (params) => {
      const { log, series, silences } = canLogs.find(params.session);
      const opened = await series.open(params.keys, { range: [params.fromSeconds, params.toSeconds] });
      const known = opened.filter((each) => each !== undefined);
      const buses = new Set(known.flatMap(({ bus }) => bus ?? []));
      return {
        revision: log.revision,
        series: drawSeries(known, params, encodeBase64),
        unknown: params.keys.filter((_, i) => opened[i] === undefined),
        silences: silences.list(buses, params.fromSeconds, params.toSeconds),
      };
    },
    'sessions/values': async (params) => {
      const { log, series } = canLogs.find(params.session);
      const range = [params.atSeconds, params.atSeconds] as const;
      const opened = await series.open(params.keys, params.step ? {} : { range });
      return { revision: log.revision, ...readValuesAt(opened, params) };
    },
    'sessions/samples': async (params) => {
      const { log, series } = canLogs.find(params.session);
      // A file is not written in part.
      const all = await series.open(params.keys, { patienceMs: Infinity });
      const opened = all.filter((each) => each !== undefined);
      return { revision: log.revision, from: params.from, ...writeSampleLines(opened, params) };
    },
  };
}
