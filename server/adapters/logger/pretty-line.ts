import { stripVTControlCharacters, styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const STYLES: Readonly<Record<string, Style>> = {
  DEBUG: 'dim',
  INFO: 'cyan',
  WARNING: 'yellow',
  ERROR: 'red',
};

/**
 * Makes a line of JSON readable in a terminal: `12:30:05.123 INFO    Listening url=http://127.0.0.1:8080`.
 *
 * @param line As pino writes it.
 */
export function formatPrettyLine(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const name = String(level);
  const values = Object.entries(fields).map(
    ([field, value]) => `${styleText('dim', `${field}=`)}${showValue(value)}`,
  );
  const clock = styleText('dim', String(time).slice(11, 23));
  const text = showMessage(String(msg));
  return `${[clock, styleText(STYLES[name] ?? 'reset', name.padEnd(7)), text, ...values].join(' ')}\n`;
}

/** Nothing that is logged moves the cursor or begins a line. */
function showMessage(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ');
}

function showValue(value: unknown): string {
  return typeof value === 'string' && /^[\w./:@%+-]+$/.test(value) ? value : JSON.stringify(value);
}
