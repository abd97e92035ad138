import { memberOf } from './failure.ts';

/** How grave a line of the backend's log is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One line of the backend's log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

const MOST_CHARACTERS = 4000;
const WARN = 40;
const ERROR = 50;
const INFO = 30;
/** What stands in every line and says nothing here. */
const LEFT_OUT = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'message', 'name']);

/** Reads a line that the backend wrote: JSON as its logger writes it, or whatever a process says. */
export function readLogLine(line: string): LogLine {
  const entry = parseObject(line);
  if (entry === undefined) return { level: 'info', text: clean(line) };
  const said = memberOf(entry, 'msg') ?? memberOf(entry, 'message');
  const message = typeof said === 'string' ? said : '';
  const others = Object.entries(entry).filter(([name]) => !LEFT_OUT.has(name));
  const facts = others.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ');
  return { level: readLevel(memberOf(entry, 'level')), text: clean(`${message} ${facts}`.trim()) };
}

/** Puts bytes that come in pieces together to lines. */
export class LineSplitter {
  #rest = '';

  /** @returns The lines that are whole now. */
  add(piece: string): readonly string[] {
    const lines = (this.#rest + piece).split(/\r?\n/);
    this.#rest = (lines.pop() ?? '').slice(0, MOST_CHARACTERS);
    return lines.filter((line) => line !== '');
  }
}

function readLevel(level: unknown): LogLevel {
  const number = typeof level === 'number' ? level : LEVELS[String(level).toLowerCase()];
  if (number === undefined) return 'info';
  if (number >= ERROR) return 'error';
  if (number >= WARN) return 'warn';
  return number >= INFO ? 'info' : 'debug';
}

const LEVELS: Readonly<Record<string, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  warning: 40,
  error: 50,
  fatal: 60,
  critical: 60,
};

function parseObject(line: string): object | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Without the control characters that would colour, move or hide what stands there. */
function clean(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, MOST_CHARACTERS);
}
