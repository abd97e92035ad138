import type { BusDatabase, DbcMatches, MatchDbcParams, RequestContext, RequestHandlers } from '#protocol';
import { findCarBus } from '../../../core/can/bus-origin.ts';
import { measureCoverage } from '../../../core/dbc/sources/bus-coverage.ts';
import type { LogLocator } from '../../logs/log-source.ts';
import { readPassOptions } from '../../logs/pass-options.ts';
import type { ExaminedLog, ExaminingChooser } from './database-chooser.ts';
import type { SearchableLibrary } from './database-library.ts';

const LISTED_CANDIDATES = 5;

/** What the handlers answer with. */
export interface SourcePorts {
  readonly logs: LogLocator;
  readonly library: SearchableLibrary;
  readonly chooser: ExaminingChooser;
}

/** Answers what databases there are, and which fit a log. */
export function createSourceHandlers(ports: SourcePorts): Pick<RequestHandlers, 'dbc/list' | 'dbc/match'> {
  return {
    'dbc/list': async (params, { signal }) => {
      const searched = await ports.library.search(params, signal);
      return {
        searchPaths: searched.map(({ path, databases, problem }) => ({
          path,
          databases: databases.length,
          problem,
        })),
        databases: searched.flatMap(({ databases }) => databases).sort(compareNames),
        notMade: searched.flatMap(({ notMade }) => notMade),
      };
    },
    'dbc/match': (params, context) => matchLog(ports, params, context),
  };
}

async function matchLog(
  { logs, library, chooser }: SourcePorts,
  params: MatchDbcParams,
  context: RequestContext,
): Promise<DbcMatches> {
  const { limit = LISTED_CANDIDATES, ...onLog } = params;
  const options = readPassOptions(params, context);
  const log = await chooser.examine(await logs.locate(params.path), onLog, options);
  const buses = [];
  for (const chosen of log.buses)
    buses.push({ chosen, candidates: await listCandidates(library, log, { chosen, limit, context }) });
  return {
    fingerprint: log.survey.fingerprint ?? null,
    named: [...log.car.names],
    buses,
    searched: (await log.ranked.outline()).length,
    report: log.survey.report,
  };
}

interface Listing {
  readonly chosen: BusDatabase;
  readonly limit: number;
  readonly context: RequestContext;
}

/** Frames that are repeated from another bus are read with its database: there is nothing to compare. */
async function listCandidates(
  library: SearchableLibrary,
  { survey, ranked }: ExaminedLog,
  { chosen: { bus }, limit, context }: Listing,
): Promise<DbcMatches['buses'][number]['candidates']> {
  if (bus !== findCarBus(bus)) return [];
  const candidates = [];
  for (const { found } of (await ranked.rank(survey.frames, bus)).slice(0, limit)) {
    const opened = await library.openFound(found, context.signal);
    const { name, path } = found;
    candidates.push({ name, path, coverage: measureCoverage(survey.frames, bus, opened) });
  }
  return candidates;
}

function compareNames(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
