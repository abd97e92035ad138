import { buildDatabase, type BuildOptions } from '../../server/core/dbc/model/build-database.ts';
import type { Database, DatabaseMessage, DatabaseSignal } from '../../server/core/dbc/model/database.ts';
import { parseDbc } from '../../server/core/dbc/syntax/parse-dbc.ts';

/** Builds a database of lines of a DBC file. */
export function buildLines(lines: readonly string[], options?: BuildOptions): Database {
  return buildDatabase(parseDbc(`${lines.join('\n')}\n`), options);
}

/** A message `100 MSG` of 8 bytes with these lines behind it. */
export function buildMessage(...lines: readonly string[]): DatabaseMessage {
  return findFirst(buildLines(['BO_ 100 MSG: 8 ECU', ...lines]).messages);
}

/** The only signal of a message, as its line has it. */
export function buildSignal(line: string, options?: BuildOptions): DatabaseSignal {
  return findFirst(findFirst(buildLines(['BO_ 100 MSG: 8 ECU', line], options).messages).signals);
}

function findFirst<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error('Nothing was built of the lines.');
  return first;
}
