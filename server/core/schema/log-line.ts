import { toOneLine } from './field-text.ts';
import { isJsonObject, type JsonObject, parseJsonObject } from './json-object.ts';

/** How much a line matters. */
export type LineLevel = 'debug' | 'info' | 'warning' | 'error';

/** What a line of a program's or the operating system's log says. */
export interface ParsedLine {
  readonly level: LineLevel;
  /** File and line, else the daemon; tag and process of the operating system's log. Empty where it is not told. */
  readonly where: string;
  /** One line. */
  readonly text: string;
  /** Traceback, or what follows the first line. */
  readonly detail: string | undefined;
}

const MOST_TEXT = 2000;
const MOST_DETAIL = 16_000;
const MOST_NAME = 100;

/**
 * Parses what openpilot's own programs log: JSON with `msg` (text or an object), `level`, `ctx.daemon`, and `exc_info`
 * when something was raised. Any other text stands for itself, at `otherwise`.
 */
export function parseProgramLine(line: string, otherwise: LineLevel): ParsedLine {
  const record = parseJsonObject(line);
  if (record?.['msg'] === undefined) return { ...splitText(line), level: otherwise, where: '' };
  const trace = record['exc_info'];
  const { text, detail } = splitText(writeMessage(record['msg']));
  const details = [detail, typeof trace === 'string' ? cleanLines(trace) : undefined];
  return {
    level: readLevel(record) ?? otherwise,
    where: describePlace(record) || findDaemon(record),
    text,
    detail: details.filter((part) => part !== undefined && part !== '').join('\n') || undefined,
  };
}

/** An entry of the operating system's log, as the event has it. */
export interface SystemEntry {
  readonly tag: string;
  readonly priority: number;
  readonly pid: number;
  readonly message: string;
}

/**
 * Parses an entry of the operating system's log: of journald, whose fields come as JSON and whose priorities are those
 * of syslog (RFC 5424), or of Android, on devices before 2020, whose priorities count upwards.
 */
export function parseSystemLine({ tag, priority, pid, message }: SystemEntry): ParsedLine {
  const journal = parseJsonObject(message);
  const isJournal = journal?.['MESSAGE'] !== undefined;
  return {
    ...splitText(isJournal ? writeMessage(journal['MESSAGE']) : message),
    level: isJournal ? readSyslogPriority(priority) : readAndroidPriority(priority),
    where: [toOneLine(tag, MOST_NAME), pid === 0 ? '' : String(pid)].filter((part) => part !== '').join(' '),
  };
}

function readSyslogPriority(priority: number): LineLevel {
  if (priority <= 3) return 'error';
  if (priority === 4) return 'warning';
  return priority <= 6 ? 'info' : 'debug';
}

/** android.util.Log: 2 verbose, 3 debug, 4 info, 5 warn, 6 error, 7 assert. */
function readAndroidPriority(priority: number): LineLevel {
  if (priority >= 6) return 'error';
  if (priority === 5) return 'warning';
  return priority === 4 ? 'info' : 'debug';
}

/** Levels of Python's logging, which count in tens; their names where there are no numbers. */
function readLevel({ levelnum, level }: JsonObject): LineLevel | undefined {
  if (typeof levelnum === 'number') {
    if (levelnum >= 40) return 'error';
    if (levelnum >= 30) return 'warning';
    return levelnum >= 20 ? 'info' : 'debug';
  }
  if (typeof level !== 'string') return undefined;
  if (/^(?:error|critical|fatal)$/i.test(level)) return 'error';
  if (/^warn/i.test(level)) return 'warning';
  return /^debug$/i.test(level) ? 'debug' : 'info';
}

function findDaemon({ ctx, module }: JsonObject): string {
  const daemon = isJsonObject(ctx) ? ctx['daemon'] : undefined;
  const name = [daemon, module].find((each) => typeof each === 'string' && each !== '');
  return typeof name === 'string' ? toOneLine(name, MOST_NAME) : '';
}

function describePlace({ filename, lineno }: JsonObject): string {
  if (typeof filename !== 'string' || filename === '') return '';
  return toOneLine(`${filename}${typeof lineno === 'number' ? `:${String(lineno)}` : ''}`, 2 * MOST_NAME);
}

/** An event of openpilot has a name and values: `event`, then `name=value`. */
function writeMessage(message: unknown): string {
  if (typeof message === 'string') return message;
  if (!isJsonObject(message)) return JSON.stringify(message);
  const { event, ...values } = message;
  const parts = Object.entries(values).map(([name, value]) => `${name}=${writeValue(value)}`);
  return [...(typeof event === 'string' ? [event] : []), ...parts].join(' ');
}

function writeValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function splitText(text: string): { readonly text: string; readonly detail: string | undefined } {
  const lines = text.trim().slice(0, MOST_DETAIL);
  const end = lines.search(/[\r\n]/);
  if (end < 0) return { text: toOneLine(lines, MOST_TEXT), detail: undefined };
  return { text: toOneLine(lines.slice(0, end), MOST_TEXT), detail: cleanLines(lines.slice(end)) };
}

function cleanLines(text: string): string {
  return text
    .slice(0, MOST_DETAIL)
    .split(/\r?\n/)
    .map((line) => line.slice(0, line.search(/\S|$/)) + toOneLine(line, MOST_TEXT))
    .join('\n')
    .trim();
}
