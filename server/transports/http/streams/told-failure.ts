import { CtsError } from '#protocol';
import { findAnswer, hideFailure } from '../answered-failure.ts';
import type { StreamPorts } from '../http-ports.ts';

/** What was going on when something failed. */
export type FailureContext = Pick<StreamPorts, 'log' | 'closing'> & { readonly requestId: string };

/** What the caller is told of a failure behind the beginning of an answer; a bug is written down. */
export function tellFailure(error: unknown, { log, closing, requestId }: FailureContext): CtsError {
  const answer = findAnswer(error);
  if (answer !== undefined) return answer;
  if (closing.aborted)
    return new CtsError('SHUTTING_DOWN', 'The service is closing: what it was doing is cut off');
  log.failure({ request_id: requestId, error });
  return hideFailure(error);
}
