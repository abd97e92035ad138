import { CtsError } from '#protocol';
import type { Output } from './terminal.ts';

/** Exit code after Ctrl-C, as shells have it: 128 + SIGINT. */
export const EXIT_INTERRUPTED = 130;

/** Tells a failure on stderr, one line for people or one JSON object, and returns the exit code. */
export function reportFailure(error: unknown, output: Output): number {
  if (error instanceof CtsError) {
    const { code, message, details, traits } = error;
    if (output.options.json === true) {
      output.writeError(
        `${JSON.stringify({ error: { code, category: traits.category, message, details } })}\n`,
      );
    } else {
      output.writeError(`${output.styleNote('red', 'error')} ${code}: ${message}\n`);
    }
    return traits.exitCode;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.writeError(
    `${output.styleNote('red', 'internal error')}: this is a bug of cts, please report it\n${trace}\n`,
  );
  return 1;
}
