/** A database that a script of opendbc makes, as a generator of ours makes it. */
export interface ScriptedDatabase {
  /** The whole text of the DBC file. */
  write(): string;
}

/** An included file that a script of opendbc makes from another. */
export interface IncludeMaker {
  /** File beside it that it is made from. */
  readonly source: string;
  /** @param text Of `source`. */
  write(text: string): string;
}

/** Finds the generator of a database, by its name. */
export function findScriptedDatabase(name: string): ScriptedDatabase | undefined {
  return DATABASES.get(name);
}

/** Finds what makes an included file, by its file name. */
export function findIncludeMaker(fileName: string): IncludeMaker | undefined {
  return INCLUDES.get(fileName);
}

const DATABASES: ReadonlyMap<string, ScriptedDatabase> = new Map();
const INCLUDES: ReadonlyMap<string, IncludeMaker> = new Map();
