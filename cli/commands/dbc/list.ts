import type { CommandContext } from '../../context.ts';
import { EXIT_DONE } from '../../exit-codes.ts';
import { describeDatabaseList, describeSearchPaths } from '../../render/database-list.ts';
import { requestHere } from './engine-here.ts';
import { namePlaces, type SearchOptions } from './search-places.ts';

/** Options of `cts dbc list`. */
export type ListOptions = SearchOptions;

/** `cts dbc list`: databases that can be named. */
export async function listDatabases(context: CommandContext, options: ListOptions): Promise<number> {
  const { output } = context;
  const list = await requestHere(context, 'dbc/list', { params: namePlaces(options) });
  if (output.options.json === true) {
    await output.printJson(list);
    return EXIT_DONE;
  }
  if (list.databases.length > 0) await output.print(describeDatabaseList(list, output).join('\n'));
  for (const line of describeSearchPaths(list, output)) output.note(line);
  return EXIT_DONE;
}
