import { CtsError } from '#protocol';
import type { Analyzer } from '../../tools/tool.ts';
import type { ToldFailure } from '../runs/run-executor.ts';

const MAX_MESSAGE_CHARACTERS = 4000;

/** Puts what a tool threw in words: what is said well is passed on, anything else means that the tool broke. */
export function describeFailure(tool: Pick<Analyzer, 'id'>, error: unknown): ToldFailure {
  if (error instanceof CtsError) {
    const { code, message, details, actions } = error;
    return { code, message: shorten(message), details, actions };
  }
  return {
    code: 'TOOL_FAILED',
    message: shorten(`${tool.id} broke: ${describeReason(error)}`),
    details: { tool: tool.id },
    actions: [],
  };
}

/** Where in its program a tool broke; undefined for a failure that was foreseen. */
export function findStack(error: unknown): string | undefined {
  return error instanceof Error && !(error instanceof CtsError) ? error.stack : undefined;
}

/** A thrown value may be anything, even something that cannot be made text. */
function describeReason(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return 'it threw something that cannot be shown';
  }
}

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_CHARACTERS ? message : `${message.slice(0, MAX_MESSAGE_CHARACTERS)} …`;
}
