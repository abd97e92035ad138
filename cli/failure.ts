import { CtsError } from '#protocol';
import { EXIT_FAILED, EXIT_INTERRUPTED } from './exit-codes.ts';
import { makeHarmless, makeJsonHarmless } from './render/harmless-text.ts';
import type { Output } from './terminal.ts';

/** Tells that the user broke the work off, and returns the exit code. */
export function reportInterrupt(output: Output): number {
  output.note('Interrupted.');
  return EXIT_INTERRUPTED;
}

/** What is told of a failure, ours or a run's. */
export interface ToldFailure {
  readonly code: string;
  readonly category: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly actions: readonly string[];
}

/** Tells a failure on stderr, for people or as one JSON object, and returns the exit code. */
export function reportFailure(error: unknown, output: Output): number {
  if (!(error instanceof CtsError)) return reportBug(error, output);
  tellFailure(describeError(error), output);
  return error.traits.exitCode;
}

/** Tells a failure on stderr: a line and what to do, or one JSON object. */
export function tellFailure(failure: ToldFailure, output: Output): void {
  output.writeError(
    output.options.json === true ? stringifyFailure(failure) : formatFailure(failure, output),
  );
}

function formatFailure({ code, message, actions }: ToldFailure, output: Output): string {
  const title = `${output.styleNote('red', 'error')} ${code}: `;
  // The end of a service's log may have several lines.
  const lines = message.split('\n').map(makeHarmless);
  return `${title}${[...lines, ...actions.map((action) => `  ${makeHarmless(action)}`)].join('\n')}\n`;
}

/** What is told of a failure; undefined for one that is a bug. */
export function describeFailure(error: unknown): ToldFailure | undefined {
  return error instanceof CtsError ? describeError(error) : undefined;
}

function describeError({ code, message, details, actions, traits }: CtsError): ToldFailure {
  return { code, category: traits.category, message, details, actions };
}

/** What is wrong with the arguments, for programs: `text` is what people are told. */
export function stringifyUsageError(text: string): string {
  const message = text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ');
  return stringifyFailure(describeError(new CtsError('INVALID_PARAMETER', message)));
}

function stringifyFailure({ code, category, message, details, actions }: ToldFailure): string {
  const json = JSON.stringify({ error: { code, category, message, details, actions } });
  return `${makeJsonHarmless(json)}\n`;
}

function reportBug(error: unknown, output: Output): number {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.writeError(
    `${output.styleNote('red', 'internal error')}: this is a bug of cts, please report it\n${trace}\n`,
  );
  return EXIT_FAILED;
}
