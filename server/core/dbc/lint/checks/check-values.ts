import type { DatabaseSignal } from '../../model/database.ts';
import type {
  NumberWord,
  TextEdit,
  ValueEntry,
  ValueTableStatement,
  Word,
} from '../../syntax/syntax-tree.ts';
import type { DiagnosticFix } from '../diagnostic.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject } from '../lint-subject.ts';
import type { WrittenMessage } from '../written-messages.ts';
import type { WrittenValues } from '../written-statements.ts';
import { surveyEntries } from '../surveyed-entries.ts';
import { findUnusedTables } from '../unused-tables.ts';
import { count, quote, relate, showName } from '../wording.ts';

/** Up to this many values a list is compared with itself; longer ones are put into a set. */
const FEW = 8;

/** Checks texts of values. */
export function checkValues(subject: LintSubject, findings: Findings): void {
  const seen = new FirstWords(subject);
  const { text } = subject.tree;
  let quoteAt = -1;
  for (const written of subject.values) {
    const { statement, message, signal } = written;
    // Texts with a quote in them are rare: the next one is looked for only once it has been passed.
    if (quoteAt < statement.start) quoteAt = findQuote(text, statement.start);
    if (quoteAt < statement.end || !statement.hasDistinctEntries)
      checkEntries(written.values, message, findings);
    if (statement.entryCount === 0) checkEmpty(written, { subject, findings });
    if (signal !== undefined) checkSignalValues(written, signal, { message, findings });
    const first = seen.find(written);
    if (first !== undefined) sayRedefined(written, first, { message, findings });
  }
  checkTables(subject, findings);
}

function findQuote(text: string, from: number): number {
  const at = text.indexOf('\\"', from);
  return at < 0 ? text.length : at;
}

/** What has texts already: signals, or what is named where there is no such signal. */
class FirstWords {
  /** By the number of the signal. */
  readonly #bySignal: (WrittenValues | undefined)[];
  readonly #byId = new Map<number, Map<string, WrittenValues>>();

  constructor({ messages }: LintSubject) {
    const last = messages.at(-1);
    this.#bySignal = new Array<undefined>(last === undefined ? 0 : last.signalsBefore + last.signals.length);
  }

  /** Gives the first statement about the same, unless it is this one. */
  find(written: WrittenValues): WrittenValues | undefined {
    const { signalNumber } = written;
    if (signalNumber < 0) return this.#findNamed(written);
    const first = this.#bySignal[signalNumber];
    if (first === undefined) this.#bySignal[signalNumber] = written;
    return first;
  }

  #findNamed(written: WrittenValues): WrittenValues | undefined {
    const { id, idValue, nameText } = written;
    if (id === undefined || nameText === undefined) return undefined;
    let byName = this.#byId.get(idValue);
    if (byName === undefined) this.#byId.set(idValue, (byName = new Map<string, WrittenValues>()));
    const first = byName.get(nameText);
    if (first === undefined) byName.set(nameText, written);
    return first;
  }
}

/** Looks for values and texts that are there twice; short lists, which most are, without a set. */
function checkEntries(values: readonly ValueEntry[], within: object | undefined, findings: Findings): void {
  if (values.length > FEW) checkManyEntries(values, within, findings);
  else if (values.length > 1) checkFewEntries(values, within, findings);
  if (findings.profile !== 'opendbc') return;
  for (const { label } of values)
    if (label.text.includes('"'))
      findings.add('val-quote', label, within, () => ({
        message: `${quote(label.text)} has a quote in it: opendbc splits texts there, and gives the rest to other values`,
      }));
}

function checkFewEntries(
  values: readonly ValueEntry[],
  within: object | undefined,
  findings: Findings,
): void {
  const numbers = values.map(({ value }) => value.value);
  for (let index = 1; index < values.length; index++)
    for (let before = 0; before < index; before++) {
      const first = values[before]!;
      const entry = values[index]!;
      if (numbers[before] !== numbers[index] && first.label.text !== entry.label.text) continue;
      sayTwice(first, entry, { values, within, findings });
      break;
    }
}

function checkManyEntries(
  values: readonly ValueEntry[],
  within: object | undefined,
  findings: Findings,
): void {
  const byValue = new Map<number, ValueEntry>();
  const byText = new Map<string, ValueEntry>();
  for (const entry of values) {
    const { value, label } = entry;
    const number = value.value;
    const same = byValue.get(number) ?? byText.get(label.text);
    if (same !== undefined) sayTwice(same, entry, { values, within, findings });
    else {
      byValue.set(number, entry);
      byText.set(label.text, entry);
    }
  }
}

/** One number twice is a question of which text counts; one text twice only of what to encode. */
function sayTwice(
  first: ValueEntry,
  entry: ValueEntry,
  {
    values,
    within,
    findings,
  }: {
    readonly values: readonly ValueEntry[];
    readonly within: object | undefined;
    readonly findings: Findings;
  },
): void {
  if (first.value.value !== entry.value.value) {
    sayTextTwice(first, entry, { within, findings });
    return;
  }
  findings.add('val-dup', entry.value, within, () => ({
    message:
      first.label.text === entry.label.text
        ? `Value ${quote(entry.value.text)} and its text ${quote(entry.label.text)} are there twice`
        : `Value ${quote(entry.value.text)} has two texts, ${quote(first.label.text)} and ${quote(entry.label.text)}: the last one counts`,
    related: [relate(first.value, 'The first of them')],
    fix: first.label.text === entry.label.text ? removeEntry(entry, values) : undefined,
  }));
}

function sayTextTwice(
  first: ValueEntry,
  entry: ValueEntry,
  { within, findings }: { readonly within: object | undefined; readonly findings: Findings },
): void {
  findings.add('val-dup-text', entry.label, within, () => ({
    message: `${quote(entry.label.text)} is the text of ${first.value.text.slice(0, 30)} and of ${entry.value.text.slice(0, 30)}`,
    related: [relate(first.label, 'The first of them')],
  }));
}

/** What is there again goes, with the blanks before it; in between another text may have counted, which then stays. */
function removeEntry(entry: ValueEntry, values: readonly ValueEntry[]): DiagnosticFix | undefined {
  const { before, isOnlyRepeated } = surveyEntries(values).find(entry);
  if (before === undefined || !isOnlyRepeated) return undefined;
  const edit: TextEdit = { start: before.label.end, end: entry.label.end, text: '' };
  return { title: 'Remove what is there twice', edits: [edit] };
}

function checkEmpty(
  { statement, name }: WrittenValues,
  { subject, findings }: { readonly subject: LintSubject; readonly findings: Findings },
): void {
  const { table, keyword, problems } = statement;
  if (table !== undefined) sayTable(table, { subject, findings });
  else if (problems.length === 0)
    findings.add('val-empty', keyword, undefined, () => ({
      message: `VAL_ gives ${showName(name)} no texts`,
    }));
}

function sayTable(
  table: Word,
  { subject, findings }: { readonly subject: LintSubject; readonly findings: Findings },
): void {
  findings.add('val-table-ref', table, undefined, () => {
    const named = subject.statements.VAL_TABLE_.find(({ name }) => name?.text === table.text);
    return {
      message: `VAL_ names ${named === undefined ? 'a value table that there is not' : 'the value table'} ${showName(table)}: cantools refuses the file, and nobody reads the texts`,
      related: named === undefined ? [] : [relate(named.name ?? named, 'The value table')],
      fix: named === undefined ? undefined : writeTable(table, named, subject),
    };
  });
}

function writeTable(
  table: { readonly start: number; readonly end: number },
  { values }: ValueTableStatement,
  { tree: { text } }: LintSubject,
): DiagnosticFix | undefined {
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined || !values.every(({ label }) => label.isClosed))
    return undefined;
  const written = values
    .map(({ value, label }) => `${value.text} ${text.slice(label.start, label.end)}`)
    .join(' ');
  return {
    title: 'Write the values of the table',
    edits: [{ start: table.start, end: table.end, text: written }],
  };
}

/** Compares numbers with what the bits of the signal can hold. */
function checkSignalValues(
  written: WrittenValues,
  signal: DatabaseSignal,
  { message, findings }: { readonly message: WrittenMessage | undefined; readonly findings: Findings },
): void {
  const { isDecodable, isSigned, length: bits } = signal;
  if (!isDecodable) return;
  const least = isSigned ? -(2 ** (bits - 1)) : 0;
  const most = isSigned ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const { statement } = written;
  for (let entry = 0; entry < statement.entryCount; entry++) {
    const number = statement.entryValue(entry);
    if (number < least || number > most)
      sayRange(written.values[entry]!.value, { signal, least, most }, { message, findings });
  }
}

function sayRange(
  value: NumberWord,
  { signal, least, most }: { readonly signal: DatabaseSignal; readonly least: number; readonly most: number },
  { message, findings }: { readonly message: WrittenMessage | undefined; readonly findings: Findings },
): void {
  const { statement, isSigned, length: bits } = signal;
  findings.add('val-range', value, message, () => ({
    message: `${showName(statement.name)} has ${count(bits, 'bit')}${isSigned ? ' and a sign' : ''}, and is never ${quote(value.text)}: it goes from ${String(least)} to ${String(most)}`,
    related: [relate(statement.length ?? statement, 'Length of the signal')],
  }));
}

function sayRedefined(
  { name }: WrittenValues,
  first: WrittenValues,
  { message, findings }: { readonly message: WrittenMessage | undefined; readonly findings: Findings },
): void {
  if (name === undefined) return;
  findings.add('val-redefined', name, message, () => ({
    message: `${showName(name)} gets its texts a second time: the last statement counts`,
    related: [relate(first.name ?? first.statement, 'The first of them')],
  }));
}

function checkTables({ statements, values }: LintSubject, findings: Findings): void {
  if (statements.VAL_TABLE_.length === 0) return;
  const seen = new Map<string, ValueTableStatement>();
  for (const table of statements.VAL_TABLE_) {
    checkEntries(table.values, undefined, findings);
    const { name } = table;
    const first = name === undefined ? undefined : seen.get(name.text);
    if (name === undefined) continue;
    if (first === undefined) seen.set(name.text, table);
    else
      findings.add('val-redefined', name, undefined, () => ({
        message: `There is a second value table ${showName(name)}: the last one counts`,
        related: [relate(first.name ?? first, 'The first of them')],
      }));
  }
  for (const { name, keyword } of findUnusedTables(statements.VAL_TABLE_, values))
    findings.add('value-table-unused', name ?? keyword, undefined, () => ({
      message: `No signal has the texts of the value table ${showName(name)}`,
    }));
}
