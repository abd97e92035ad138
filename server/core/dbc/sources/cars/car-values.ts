import type { DatabasesByUse } from './car-databases.ts';
import { type PythonLine, type PythonWord, readPythonLines } from './python-lines.ts';

/** Functions and classes may refer to each other so often. */
const MAX_DEPTH = 8;
/** Of opendbc's `dbc_dict`, where a file does not define its own. */
const USES_OF_DBC_DICT = ['pt', 'radar', 'chassis', 'body'];

/** What an expression comes to: a name of a database, or databases by bus. */
type Value = string | DatabasesByUse | undefined;
type Words = readonly PythonWord[];

interface Declared {
  readonly name: string;
  readonly words: Words;
}

/** A class of platforms: what it reads buses with, and with which flags otherwise. */
interface PlatformClass {
  readonly bases: readonly string[];
  databases: Words | undefined;
  readonly byFlag: { readonly flag: string; readonly words: Words }[];
}

/**
 * Reads which databases a `values.py` of opendbc names for its cars: `{Bus.pt: 'name'}`, functions that make such,
 * and what classes of platforms hold for all their cars. Whatever else is written there is passed over.
 *
 * @returns Databases by the name of the car; and by the text that the car had in logs, where the file gives one.
 */
export function readCarValues(text: string): ReadonlyMap<string, DatabasesByUse> {
  const file = new ValuesFile(readPythonLines(text));
  const cars = new Map<string, DatabasesByUse>();
  for (const { name, words } of file.cars) {
    const value = file.findDatabases(words, 0);
    if (value !== undefined && value.size > 0) cars.set(name, value);
  }
  for (const { name, words } of file.tableRows) {
    const value = file.evaluate(words, new Map(), 0);
    if (typeof value === 'object' && value.size > 0) cars.set(file.textOf(name) ?? name, value);
  }
  return cars;
}

class ValuesFile {
  /** `NAME = SomethingConfig(...)` in the class of cars. */
  readonly cars: Declared[] = [];
  /** `CAR.NAME: dbc_dict(...)` of older files. */
  readonly tableRows: Declared[] = [];
  readonly #classes = new Map<string, PlatformClass>();
  readonly #functions = new Map<string, { readonly parameters: readonly string[]; readonly body: Words }>();
  readonly #values = new Map<string, Words>();

  constructor(lines: readonly PythonLine[]) {
    lines.forEach((line, index) => {
      const [first, second] = line.words;
      if (first?.text === 'class' && second !== undefined) this.#readClass(lines, index, second.text);
      else if (first?.text === 'def' && line.indent === 0) this.#readFunction(lines, index);
      else if (line.indent === 0 && second?.text === '=') this.#readTable(line.words.slice(2));
    });
  }

  /** What an old file calls a car in logs: `NAME = "TEXT"` in its class of cars. */
  textOf(name: string): string | undefined {
    const words = this.#values.get(`CAR.${name}`);
    return words?.length === 1 && words[0]?.kind === 'text' ? words[0].text : undefined;
  }

  /** The databases that stand in the call which declares a car, or those of its class. */
  findDatabases(words: Words, depth: number): DatabasesByUse | undefined {
    const config = words[0]?.text ?? '';
    if (depth > MAX_DEPTH) return undefined;
    if (config.endsWith('.override')) {
      const other = this.#values.get(`CAR.${config.slice(0, -'.override'.length)}`);
      return this.#findAmong(words) ?? (other && this.findDatabases(other, depth + 1));
    }
    return this.#findByFlag(config, words, 0) ?? this.#findAmong(words) ?? this.#findOfClass(config, 0);
  }

  evaluate(words: Words, parameters: ReadonlyMap<string, Value>, depth: number): Value {
    const [first] = words;
    if (first === undefined || depth > MAX_DEPTH) return undefined;
    if (first.kind === 'text') return words.length === 1 ? first.text : undefined;
    if (first.text === '{') return this.#evaluateDictionary(words, parameters, depth);
    if (words.length === 1) {
      if (parameters.has(first.text)) return parameters.get(first.text);
      const constant = this.#values.get(first.text);
      return constant && this.evaluate(constant, new Map(), depth + 1);
    }
    const lambda = words.findIndex(({ text }) => text === 'lambda');
    if (first.text === 'field' && lambda >= 0)
      return this.evaluate(trimBrackets(words.slice(lambda + 2)), parameters, depth + 1);
    return words[1]?.text === '(' ? this.#evaluateCall(first.text, words, parameters, depth) : undefined;
  }

  #evaluateDictionary(words: Words, parameters: ReadonlyMap<string, Value>, depth: number): DatabasesByUse {
    const databases = new Map<string, string>();
    for (const part of splitParts(words, 0)) {
      const use = /^(?:Bus\.)?(\w+)$/.exec(part[0]?.text ?? '')?.[1];
      const value = part[1]?.text === ':' ? this.evaluate(part.slice(2), parameters, depth + 1) : undefined;
      if (use !== undefined && typeof value === 'string') databases.set(use, value);
    }
    return databases;
  }

  #evaluateCall(name: string, words: Words, parameters: ReadonlyMap<string, Value>, depth: number): Value {
    const given = splitParts(words, 1).map((part) =>
      this.evaluate(part[1]?.text === '=' ? part.slice(2) : part, parameters, depth + 1),
    );
    const called = this.#functions.get(name);
    if (called !== undefined) {
      const bound = new Map(called.parameters.map((parameter, index) => [parameter, given[index]]));
      return this.evaluate(called.body, bound, depth + 1);
    }
    if (name !== 'dbc_dict') return undefined;
    return new Map(
      USES_OF_DBC_DICT.flatMap((use, index) => {
        const value = given[index];
        return typeof value === 'string' ? [[use, value] as const] : [];
      }),
    );
  }

  #findAmong(words: Words): DatabasesByUse | undefined {
    for (const part of splitParts(words, 1)) {
      const value = this.evaluate(part[1]?.text === '=' ? part.slice(2) : part, new Map(), 0);
      if (typeof value === 'object' && value.size > 0) return value;
    }
    return undefined;
  }

  /** What `init` of a class sets for cars with a flag, which may stand in another class that it is made from. */
  #findByFlag(config: string, words: Words, depth: number): DatabasesByUse | undefined {
    const declared = this.#classes.get(config);
    if (declared === undefined || depth > MAX_DEPTH) return undefined;
    const flags = splitParts(words, 1).find((part) => part[0]?.text === 'flags') ?? [];
    const own = declared.byFlag.find(({ flag }) => flags.some(({ text }) => text === flag));
    const value = own && this.evaluate(own.words, new Map(), 0);
    if (typeof value === 'object') return value;
    for (const base of declared.bases) {
      const found = this.#findByFlag(base, words, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #findOfClass(config: string, depth: number): DatabasesByUse | undefined {
    const declared = this.#classes.get(config);
    if (declared === undefined || depth > MAX_DEPTH) return undefined;
    const value = declared.databases && this.evaluate(declared.databases, new Map(), 0);
    if (typeof value === 'object') return value;
    for (const base of declared.bases) {
      const found = this.#findOfClass(base, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #readClass(lines: readonly PythonLine[], index: number, name: string): void {
    const head = lines[index];
    if (head === undefined) return;
    const bases = splitParts(head.words, 2).map((part) => part[0]?.text ?? '');
    const declared: PlatformClass = { bases, databases: undefined, byFlag: [] };
    this.#classes.set(name, declared);
    let flag: string | undefined;
    for (let i = index + 1; i < lines.length; i++) {
      const { indent, words } = lines[i] ?? head;
      if (indent <= head.indent) return;
      const condition = words[0]?.text === 'if' && words[2]?.text === '&' ? words[3]?.text : undefined;
      flag = condition ?? flag;
      this.#readMember(name, declared, { words, flag });
    }
  }

  #readMember(
    name: string,
    declared: PlatformClass,
    { words, flag }: { readonly words: Words; readonly flag: string | undefined },
  ): void {
    const member = words[0]?.text ?? '';
    const equals = words.findIndex(({ text }) => text === '=');
    if (equals < 0) return;
    const value = words.slice(equals + 1);
    if (member === 'dbc_dict') declared.databases = value;
    else if (member === 'self.dbc_dict' && flag !== undefined) declared.byFlag.push({ flag, words: value });
    else if (equals === 1) this.#values.set(`${name}.${member}`, value);
    if (equals === 1 && name === 'CAR' && value[1]?.text === '(')
      this.cars.push({ name: member, words: value });
  }

  /** A function counts by what it returns. */
  #readFunction(lines: readonly PythonLine[], index: number): void {
    const head = lines[index];
    const name = head?.words[1]?.text;
    if (head === undefined || name === undefined) return;
    for (let i = index + 1; i < lines.length; i++) {
      const line = lines[i];
      if (line === undefined || line.indent <= head.indent) return;
      if (line.words[0]?.text !== 'return') continue;
      const parameters = splitParts(head.words, 2).map((part) => part[0]?.text ?? '');
      this.#functions.set(name, { parameters, body: line.words.slice(1) });
      return;
    }
  }

  #readTable(words: Words): void {
    if (words[0]?.text !== '{' || !words[1]?.text.startsWith('CAR.')) return;
    for (const part of splitParts(words, 0))
      if (part[1]?.text === ':')
        this.tableRows.push({ name: (part[0]?.text ?? '').slice('CAR.'.length), words: part.slice(2) });
  }
}

/** The parts between the commas of the brackets that open at a word. */
function splitParts(words: Words, open: number): readonly Words[] {
  const parts: PythonWord[][] = [[]];
  let depth = 0;
  for (const word of words.slice(open)) {
    const isMark = word.kind === 'mark';
    if (isMark && ')]}'.includes(word.text) && --depth <= 0) break;
    if (depth === 1 && isMark && word.text === ',') parts.push([]);
    else if (depth > 0) parts.at(-1)?.push(word);
    else if (!isMark) return [];
    if (isMark && '([{'.includes(word.text)) depth++;
  }
  return parts.filter((part) => part.length > 0);
}

/** Drops closing brackets that belong to what was in front. */
function trimBrackets(words: Words): Words {
  let depth = 0;
  const end = words.findIndex(({ kind, text }) => {
    if (kind === 'mark' && '([{'.includes(text)) depth++;
    return kind === 'mark' && ')]}'.includes(text) && --depth < 0;
  });
  return end < 0 ? words : words.slice(0, end);
}
