import { CtsError } from '#protocol';
import type { Output } from './terminal.ts';

/** Exit code after Ctrl-C, as shells have it: 128 + SIGINT. */
export const EXIT_INTERRUPTED = 130;

/** Tells that the user broke the work off, and returns the exit code. */
export function reportInterrupt(output: Output): number {
  output.note('Interrupted.');
  return EXIT_INTERRUPTED;
}

/** Tells a failure on stderr, one line for people or one JSON object, and returns the exit code. */
export function reportFailure(error: unknown, output: Output): number {
  if (!(error instanceof CtsError)) return reportBug(error, output);
  const text =
    output.options.json === true
      ? stringifyFailure(error)
      : `${output.styleNote('red', 'error')} ${error.code}: ${error.message}`;
  output.writeError(`${text}\n`);
  return error.traits.exitCode;
}

/** What is wrong with the arguments, for programs: `text` is what people are told. */
export function stringifyUsageError(text: string): string {
  const message = text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ');
  return `${stringifyFailure(new CtsError('INVALID_PARAMETER', message))}\n`;
}

function stringifyFailure({ code, message, details, traits }: CtsError): string {
  return JSON.stringify({ error: { code, category: traits.category, message, details } });
}

function reportBug(error: unknown, output: Output): number {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.writeError(
    `${output.styleNote('red', 'internal error')}: this is a bug of cts, please report it\n${trace}\n`,
  );
  return 1;
}
