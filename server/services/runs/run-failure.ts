import { CtsError, ERROR_TRAITS, type ErrorCode, type RunError } from '#protocol';
import type { ExecutionEnd, ToldFailure } from './run-executor.ts';

const MAX_ACTIONS = 5;

/** What a failed run tells: what happened, whose fault it is, and what may help. */
export function describeFailure({ code, message, details, actions }: ToldFailure): RunError {
  const { category } = ERROR_TRAITS[code];
  return {
    code,
    category,
    message,
    details: { ...details },
    suggestedActions: [...actions, ...ACTIONS[category]].slice(0, MAX_ACTIONS),
  };
}

/** The same for a failure of the service itself while it handled a run. */
export function describeServiceFailure(error: unknown): RunError {
  if (error instanceof CtsError) return describeFailure(error);
  const message = error instanceof Error ? error.message : String(error);
  return describeFailure({ code: 'INTERNAL_ERROR', message, details: {}, actions: [] });
}

/** Why a run failed whose process ended without an answer. */
export function describeDeath(end: Extract<ExecutionEnd, { kind: 'died' | 'unavailable' }>): RunError {
  if (end.kind === 'unavailable')
    return describeFailure(
      tell('WORKER_UNAVAILABLE', `No process could be started for the run: ${end.reason}`),
    );
  const details = {
    stderr: end.stderrTail,
    ...(end.signal !== null && { signal: end.signal }),
    ...(end.exitCode !== null && { exit_code: end.exitCode }),
  };
  if (end.cause === 'crash')
    return describeFailure({
      ...tell('TOOL_CRASHED', `The process of the run died of ${nameEnd(end)}`),
      details,
    });
  const limit = end.cause === 'heap' ? 'objects' : 'memory';
  return describeFailure({
    ...tell('TOOL_OUT_OF_MEMORY', `The run needed more ${limit} than a run may have`, [OUT_OF_MEMORY]),
    details: { ...details, error_type: 'memory' },
  });
}

/** Why a run failed that took too long. */
export function describeTimeout(timeoutSeconds: number): RunError {
  return describeFailure({
    ...tell('RUN_TIMED_OUT', `Tool execution timed out after ${String(timeoutSeconds)} seconds`, [
      'Increase timeout or optimize tool parameters',
    ]),
    details: { error_type: 'timeout', timeout_seconds: timeoutSeconds },
  });
}

/** Why a run failed that was working when the service ended. */
export function describeInterruption(): RunError {
  return describeFailure(
    tell('RUN_INTERRUPTED', 'The service ended while the run was working', ['Run it again: cts rerun RUN']),
  );
}

/** What the log of a run says of its failure, as comma-tools did. */
export function sayFailure({ category, message }: RunError): string {
  return `${FAILURE_TEXTS[category]}: ${message}`;
}

const FAILURE_TEXTS: Readonly<Record<RunError['category'], string>> = {
  tool_error: 'Tool execution failed',
  system_error: 'System error occurred',
  validation_error: 'Validation error in tool execution',
  tool_not_found: 'Tool execution failed',
};

/**
 * Whether trying again may help: the system was busy, not the request wrong.
 *
 * The texts are those that comma-tools looked for.
 */
export function isPassing({ category, code, message }: RunError): boolean {
  if (category !== 'system_error') return false;
  return code === 'WORKER_UNAVAILABLE' || PASSING_TEXTS.test(message);
}

const PASSING_TEXTS =
  /temporarily unavailable|connection refused|timeout|EAGAIN|EMFILE|ENFILE|EBUSY|too many open files/i;

const OUT_OF_MEMORY = 'Tool ran out of memory. Try with smaller input file or increase system memory.';

/** What helps with each kind of failure, in the words of comma-tools. */
const ACTIONS: Readonly<Record<RunError['category'], readonly string[]>> = {
  tool_error: [
    'Try with different input parameters',
    'Check input file format and content',
    'Review tool logs for specific error details',
  ],
  system_error: [
    'Check system resources (disk space, memory)',
    'Verify file permissions',
    'Ensure all dependencies are installed',
  ],
  validation_error: ['Check input parameters and file formats'],
  tool_not_found: ['List the tools: cts cap'],
};

function tell(code: ErrorCode, message: string, actions: readonly string[] = []): ToldFailure {
  return { code, message, details: {}, actions };
}

function nameEnd({ signal, exitCode }: Extract<ExecutionEnd, { kind: 'died' }>): string {
  return signal ?? `exit code ${String(exitCode)}`;
}
