import { CtsError, type ErrorDetails } from '#protocol';

/** What a CtsError says. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly actions: readonly string[];
}

/** Runs what must fail with a CtsError and tells how it did; passes other errors on. */
export function failureOf(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    if (error instanceof CtsError)
      return { code: error.code, message: error.message, details: error.details, actions: error.actions };
    throw error;
  }
  throw new Error('Did not fail');
}
