import type {
  MessageStatement,
  SignalStatement,
  TextRange,
  ValuesStatement,
  Word,
} from '../syntax/syntax-tree.ts';
import type { DiagnosticFix } from './diagnostic.ts';
import { areValuesRead, isMessageRead, isSignalRead } from './opendbc-lines.ts';
import { nameLineEnd } from './section-texts.ts';

/** Writes a message as opendbc reads it; undefined where that would lose something. */
export function writeMessageLine(text: string, statement: MessageStatement): DiagnosticFix | undefined {
  const { id, name, size, transmitter } = statement;
  if (id === undefined || name === undefined || size === undefined || transmitter === undefined)
    return undefined;
  const line = `BO_ ${id.text} ${name.text}: ${size.text} ${transmitter.text}`;
  return isMessageRead(line, { start: 0 })
    ? writeLine(text, { start: statement.start, end: transmitter.end }, line)
    : undefined;
}

/** Writes a signal as opendbc reads it; undefined where that would lose something. */
export function writeSignalLine(text: string, statement: SignalStatement): DiagnosticFix | undefined {
  const { name, multiplexing, sign, unit, receivers } = statement;
  const last = receivers.at(-1);
  const layout = joinWords([statement.startBit, '|', statement.length, '@', statement.byteOrder]);
  const scaling = joinWords(['(', statement.factor, ',', statement.offset, ')']);
  const range = joinWords(['[', statement.minimum, '|', statement.maximum, ']']);
  if (name === undefined || sign === undefined || unit === undefined || last === undefined) return undefined;
  if (layout === undefined || scaling === undefined || range === undefined) return undefined;
  const marker = multiplexing === undefined ? '' : ` ${multiplexing.text}`;
  const unitText = text.slice(unit.start, unit.end);
  if (unitText.includes('\n') || unitText.includes('\r')) return undefined;
  const receiverText = receivers.map((receiver) => receiver.text).join(',');
  const line = `SG_ ${name.text}${marker} : ${layout}${sign.text} ${scaling} ${range} ${unitText} ${receiverText}`;
  return isSignalRead(line, { start: 0 })
    ? writeLine(text, { start: statement.start, end: last.end }, line)
    : undefined;
}

/** Writes value texts as opendbc reads them; undefined where that would lose something. */
export function writeValuesLine(text: string, statement: ValuesStatement): DiagnosticFix | undefined {
  const { id, name, values, start, end } = statement;
  if (id === undefined || name === undefined || statement.table !== undefined) return undefined;
  const texts = values.map(({ value, label }) => `${value.text} ${text.slice(label.start, label.end)}`);
  const line = ['VAL_', id.text, name.text, ...texts, ';'].join(' ');
  return areValuesRead(line, { start: 0 }) ? writeLine(text, { start, end }, line) : undefined;
}

function joinWords(parts: readonly (Word | string | undefined)[]): string | undefined {
  return parts.includes(undefined)
    ? undefined
    : parts.map((part) => (typeof part === 'string' ? part : (part?.text ?? ''))).join('');
}

/** A line that had comments in it, or another statement before it, is left alone or gets a line of its own. */
function writeLine(text: string, { start, end }: TextRange, line: string): DiagnosticFix | undefined {
  const written = text.slice(start, end);
  if (withoutBlanks(written) !== withoutBlanks(line) || /[\r\n]/.test(line)) return undefined;
  const before = text.slice(
    Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1,
    start,
  );
  const lead = start === 0 || before.trim() === '' ? '' : nameLineEnd(text);
  return { title: 'Write the line as opendbc reads it', edits: [{ start, end, text: lead + line }] };
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/[\s,]+/g, '');
}
