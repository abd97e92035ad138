import type { CtsError, ErrorCategory, ErrorCode, ErrorDetails } from '#protocol';

/** A failure as it travels inside of other messages: clients switch on the code. */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly actions: readonly string[];
}

/** Writes a failure for whoever asked. */
export function describeError({ code, traits, message, details, actions }: CtsError): ErrorBody {
  return { code, category: traits.category, message, details, actions };
}
