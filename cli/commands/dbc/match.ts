import type { CommandContext } from '../../context.ts';
import { EXIT_DONE } from '../../exit-codes.ts';
import { adviseAfterMatch, describeMatches } from '../../render/database-matches.ts';
import { makeHarmless } from '../../render/harmless-text.ts';
import { describeLoadReport } from '../../render/load-report.ts';
import { requestHere } from './engine-here.ts';
import { type LogReadingOptions, nameLog, namePlaces, type SearchOptions } from './search-places.ts';

/** Options of `cts dbc match`. */
export interface MatchOptions extends SearchOptions, LogReadingOptions {
  readonly limit?: number;
}

/** `cts dbc match LOG`: which databases fit the buses of a log. */
export async function matchDatabases(
  context: CommandContext,
  log: string,
  { limit, ...options }: MatchOptions,
): Promise<number> {
  const { output } = context;
  const params = {
    ...nameLog(log, options),
    ...namePlaces(options),
    ...(limit !== undefined && { limit }),
  };
  const matches = await requestHere(context, 'dbc/match', { params });
  if (output.options.json === true) {
    await output.printJson(matches);
    return EXIT_DONE;
  }
  await output.print(describeMatches(matches, output).join('\n'));
  for (const line of adviseAfterMatch(matches, nameCommand(log, options))) output.note(line);
  if (!matches.report.isWhole)
    for (const line of describeLoadReport(matches.report, output)) output.note(line);
  return EXIT_DONE;
}

function nameCommand(log: string, { opendbc = [] }: MatchOptions): string {
  const words = ['cts dbc decode', log, ...opendbc.flatMap((folder) => ['--opendbc', folder])];
  return words.map(makeHarmless).join(' ');
}
