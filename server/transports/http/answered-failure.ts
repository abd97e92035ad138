import { CtsError, type ErrorCode } from '#protocol';

/** Failures of Fastify that are the caller's, as CTS tells them. */
const FRAMEWORK_FAILURES: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', 'The body of the request is larger than this route takes'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'CONTENT_TYPE_REFUSED',
    'The body of the request is of a type that this route does not take: application/json is expected',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'INVALID_REQUEST',
    'The body of the request is not as long as announced',
  ],
  FST_ERR_CTP_INVALID_JSON_BODY: ['INVALID_JSON', 'The body of the request cannot be read as JSON'],
  FST_ERR_BAD_URL: ['ENDPOINT_NOT_FOUND', 'There is no such address: it is not written as addresses are'],
  FST_ERR_MAX_PARAM_LENGTH: ['ENDPOINT_NOT_FOUND', 'There is no such address: a part of it is too long'],
};

/** Finds how a failure is answered; undefined for one that is our bug. */
export function findAnswer(error: unknown): CtsError | undefined {
  if (error instanceof CtsError) return error;
  const known = isFrameworkFailure(error) ? FRAMEWORK_FAILURES[error.code] : undefined;
  return known === undefined ? undefined : new CtsError(known[0], known[1], { cause: error });
}

/** What the caller is told of our bug: where to look, and nothing of the inside. */
export function hideFailure(cause: unknown): CtsError {
  return new CtsError('INTERNAL_ERROR', 'Something broke in the service: this is a bug of CTS', {
    actions: ['Look for the request id in the log of the service, and report what stands there.'],
    cause,
  });
}

function isFrameworkFailure(error: unknown): error is { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
