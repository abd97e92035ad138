import { CtsError, type DbcInfo, type DbcMessageInfo } from '#protocol';
import type { CommandContext } from '../../context.ts';
import { EXIT_DONE } from '../../exit-codes.ts';
import { describeDatabase } from '../../render/database-info.ts';
import { makeHarmless } from '../../render/harmless-text.ts';
import { describeMessage } from '../../render/message-info.ts';
import { showPath } from '../../transfer/shown-path.ts';
import { requestHere } from './engine-here.ts';
import { namePlaces, type SearchOptions } from './search-places.ts';

const OFFERED = 5;

/** Options of `cts dbc info`. */
export interface InfoOptions extends SearchOptions {
  readonly message?: readonly string[];
}

/** `cts dbc info FILE`: what is in a DBC file. */
export async function showDatabase(
  context: CommandContext,
  file: string,
  { message, ...search }: InfoOptions,
): Promise<number> {
  const { output } = context;
  const params = { path: file, ...namePlaces(search) };
  const info = await requestHere(context, 'dbc/describe', { params });
  const messages = message?.flatMap((wanted) => findMessages(info, wanted));
  if (output.options.json === true) await output.printJson({ ...info, messages: messages ?? info.messages });
  else if (messages === undefined)
    await output.print(describeDatabase({ ...info, path: showPath(info.path) }, output).join('\n'));
  else await output.print(messages.map((each) => describeMessage(each, output).join('\n')).join('\n\n'));
  const { errors, warnings } = info.findings;
  if (errors + warnings > 0 && info.madeFrom.length === 0)
    output.note(`cts dbc lint ${makeHarmless(showPath(info.path))} tells what is wrong in it.`);
  return EXIT_DONE;
}

/** @throws {CtsError} INVALID_PARAMETER with names that are there. */
function findMessages({ messages, path }: DbcInfo, wanted: string): readonly DbcMessageInfo[] {
  const named = messages.filter(({ name }) => name === wanted);
  const found = named.length > 0 ? named : messages.filter((message) => isMeant(message, wanted));
  if (found.length > 0) return found;
  const near = messages.filter(({ name }) => isNear(name, wanted)).slice(0, OFFERED);
  const names = near.map(({ name }) => name).join(', ');
  throw new CtsError('INVALID_PARAMETER', `No message of ${path} is called ${wanted} or has that id`, {
    details: { message: wanted },
    actions: [names === '' ? 'Leave out --message to list them all.' : `There are ${names}.`],
  });
}

function isMeant({ name, arbitrationId }: DbcMessageInfo, wanted: string): boolean {
  const isId = /^(0x[\da-f]+|\d+)$/i.test(wanted);
  return (isId && Number(wanted) === arbitrationId) || name.toLowerCase() === wanted.toLowerCase();
}

function isNear(name: string, wanted: string): boolean {
  const [one, other] = [name.toLowerCase(), wanted.toLowerCase()];
  return one.includes(other) || other.includes(one) || one.startsWith(other.slice(0, 4));
}
