import type { PageFailure } from '#protocol';

/** Why a request or an action was not answered; what people read is {@link Error.message}. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  /** One of docs/ERRORS.md, or CANCELLED. */
  readonly code: string;
  /** What to do, a sentence each. */
  readonly actions: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;

  constructor({ code, message, actions, details }: PageFailure) {
    super(message);
    this.code = code;
    this.actions = actions;
    this.details = details;
  }
}

/** The failure of a request that was taken back by whoever asked. */
export function makeCancelled(): RequestFailure {
  return new RequestFailure({ code: 'CANCELLED', message: 'Taken back.', actions: [], details: {} });
}

/** Whether a request ended because whoever asked took it back. */
export function isCancelled(error: unknown): boolean {
  return error instanceof RequestFailure && error.code === 'CANCELLED';
}

/** A failure as it is shown: code and message, whatever was thrown. */
export function describeFailure(error: unknown): PageFailure {
  if (error instanceof RequestFailure) {
    const { code, message, actions, details } = error;
    return { code, message, actions, details };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL_ERROR', message, actions: [], details: {} };
}
