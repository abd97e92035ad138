import { isJsonObject, parseJsonObject } from './json-object.ts';

/** How much a line of text log matters. */
export type TextLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/** What a line of text log says. */
export interface ParsedText {
  readonly level: TextLevel;
  readonly source: string;
  readonly text: string;
}

/**
 * Parses what openpilot's own programs log: JSON with `msg` (text or an object), `level`, `ctx.daemon`, and `exc_info`
 * when something was raised. Any other text stands for itself, at `otherwise`.
 */
export function parseProcessLog(line: string, otherwise: TextLevel): ParsedText {
  const record = parseJsonObject(line);
  if (record === undefined || record['msg'] === undefined)
    return { level: otherwise, source: '', text: line };
  const context = record['ctx'];
  const daemon = isJsonObject(context) ? context['daemon'] : undefined;
  const trace = record['exc_info'];
  const text = formatMessage(record['msg']);
  return {
    level: readPythonLevel(record['levelnum']) ?? otherwise,
    source: [daemon, record['filename']].find((each) => typeof each === 'string') ?? '',
    text: typeof trace === 'string' ? `${text}\n${trace}` : text,
  };
}

/** An entry of the operating system's log, as the event has it. */
export interface SystemLogEntry {
  readonly source: string;
  readonly priority: number;
  readonly message: string;
}

/**
 * Parses an entry of the operating system's log: of journald, whose fields come as JSON and whose priorities are those
 * of syslog, or of Android, on devices before 2020, with plain text and priorities that count upwards.
 */
export function parseSystemLog({ source, priority, message }: SystemLogEntry): ParsedText {
  const journal = parseJsonObject(message);
  if (journal === undefined || journal['MESSAGE'] === undefined) {
    return { level: ANDROID_LEVELS[priority] ?? 'info', source, text: message };
  }
  return { level: SYSLOG_LEVELS[priority] ?? 'info', source, text: formatMessage(journal['MESSAGE']) };
}

// RFC 5424, table 2.
const SYSLOG_LEVELS: readonly TextLevel[] = [
  'critical',
  'critical',
  'critical',
  'error',
  'warning',
  'info',
  'info',
  'debug',
];

// android.util.Log: 2 verbose, 3 debug, 4 info, 5 warn, 6 error, 7 assert.
const ANDROID_LEVELS: readonly TextLevel[] = [
  'debug',
  'debug',
  'debug',
  'debug',
  'info',
  'warning',
  'error',
  'critical',
];

/** Levels of Python's logging, which count in tens. */
function readPythonLevel(level: unknown): TextLevel | undefined {
  if (typeof level !== 'number') return undefined;
  if (level >= 50) return 'critical';
  if (level >= 40) return 'error';
  if (level >= 30) return 'warning';
  return level >= 20 ? 'info' : 'debug';
}

function formatMessage(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}
