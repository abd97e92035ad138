import { pino, type Logger as PinoLine } from 'pino';
import type { LogFields, Logger } from '../../services/service/logger.ts';
import type { ServiceSettings } from '../../services/service/service-settings.ts';
import { formatPrettyLine } from './pretty-line.ts';
import { Redaction } from './redaction.ts';

/** How a logger writes. */
export interface LoggerOptions {
  /** Less important lines are left out. */
  readonly level: ServiceSettings['logLevel'];
  /** One JSON object a line, or text for a terminal. */
  readonly format: 'json' | 'pretty';
  /** Keys and tokens in force: they are hidden wherever they stand. */
  readonly secrets: readonly string[];
  /** Takes whole lines; left out: they go to stderr. */
  readonly write?: (line: string) => void;
}

const LEVELS = { debug: 20, info: 30, warning: 40, error: 50 };
/** Written by the logger itself. */
const OWN_NAMES: ReadonlySet<string> = new Set(['level', 'time', 'msg']);

type Line = PinoLine<keyof typeof LEVELS>;

/** Makes a logger that writes `level`, `time`, `msg` and the fields of each line, without secrets. */
export function createLogger(options: LoggerOptions): Logger {
  return new PinoLogger(createPino(options), new Redaction(options.secrets));
}

function createPino({ level, format, write }: LoggerOptions): Line {
  const writeLine = write ?? openStderr();
  return pino(
    {
      level: level.toLowerCase(),
      customLevels: LEVELS,
      useOnlyCustomLevels: true,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label.toUpperCase() }) },
    },
    { write: format === 'pretty' ? (line) => writeLine(formatPrettyLine(line)) : writeLine },
  );
}

/** Written at once: the last line before a crash is there. */
function openStderr(): (line: string) => void {
  const stderr = pino.destination({ dest: 2, sync: true });
  return (line) => void stderr.write(line);
}

class PinoLogger implements Logger {
  readonly #pino: Line;
  readonly #redaction: Redaction;

  constructor(line: Line, redaction: Redaction) {
    this.#pino = line;
    this.#redaction = redaction;
  }

  debug(message: string, fields?: LogFields): void {
    if (this.#pino.isLevelEnabled('debug')) this.#pino.debug(this.#prepare(fields), this.#hide(message));
  }

  info(message: string, fields?: LogFields): void {
    if (this.#pino.isLevelEnabled('info')) this.#pino.info(this.#prepare(fields), this.#hide(message));
  }

  warning(message: string, fields?: LogFields): void {
    if (this.#pino.isLevelEnabled('warning')) this.#pino.warning(this.#prepare(fields), this.#hide(message));
  }

  error(message: string, fields?: LogFields): void {
    this.#pino.error(this.#prepare(fields), this.#hide(message));
  }

  child(fields: LogFields): Logger {
    return new PinoLogger(this.#pino.child(this.#prepare(fields)), this.#redaction);
  }

  #hide(message: string): string {
    return this.#redaction.redactText(message);
  }

  #prepare(fields: LogFields = {}): Record<string, unknown> {
    const hidden = Object.entries(this.#redaction.redactFields(fields));
    return Object.fromEntries(hidden.map(([name, value]) => [nameField(name), value]));
  }
}

function nameField(name: string): string {
  const snake = name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return OWN_NAMES.has(snake) ? `${snake}_field` : snake;
}
