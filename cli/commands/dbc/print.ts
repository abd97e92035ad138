import type { CommandContext } from '../../context.ts';
import { EXIT_DONE } from '../../exit-codes.ts';
import { requestHere } from './engine-here.ts';
import { namePlaces, type SearchOptions } from './search-places.ts';

/** `cts dbc print NAME`: a database as a file has it, expanded where it is generated. */
export async function printDatabase(
  context: CommandContext,
  file: string,
  search: SearchOptions,
): Promise<number> {
  const { output } = context;
  const params = { path: file, ...namePlaces(search) };
  const { contentBase64, madeFrom, ...database } = await requestHere(context, 'dbc/text', { params });
  if (output.options.json === true) await output.printJson({ ...database, madeFrom, contentBase64 });
  else await output.writeBytes(Buffer.from(contentBase64, 'base64'));
  return EXIT_DONE;
}
