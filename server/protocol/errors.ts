/** Who can mend a failure: the caller, the author of a tool, the operator, or the caller's spelling of a tool. */
export type ErrorCategory = 'validation_error' | 'tool_error' | 'system_error' | 'tool_not_found';

/** How one failure reads on each face of the product. */
export interface ErrorTraits {
  readonly category: ErrorCategory;
  /** JSON-RPC error code, outside the ranges reserved by JSON-RPC and the language server protocol. */
  readonly rpcCode: number;
  readonly httpStatus: number;
  /** Exit code of `cts`: 1 the work failed, 2 the command was wrong, 3 the run failed. */
  readonly exitCode: number;
}

/** Every failure that CTS answers, by its stable code. */
export const ERROR_TRAITS = {
  INVALID_PARAMETER: { category: 'validation_error', rpcCode: -32602, httpStatus: 400, exitCode: 2 },
  UNKNOWN_PARAMETER: { category: 'validation_error', rpcCode: -31401, httpStatus: 400, exitCode: 2 },
  TOOL_NOT_FOUND: { category: 'tool_not_found', rpcCode: -31404, httpStatus: 404, exitCode: 2 },
  SERVICE_NOT_FOUND: { category: 'validation_error', rpcCode: -31405, httpStatus: 404, exitCode: 2 },
  SCHEMA_NOT_FOUND: { category: 'validation_error', rpcCode: -31406, httpStatus: 404, exitCode: 2 },
  FIELD_NOT_FOUND: { category: 'validation_error', rpcCode: -31407, httpStatus: 404, exitCode: 2 },
  SEVERAL_ROUTES: { category: 'validation_error', rpcCode: -31409, httpStatus: 409, exitCode: 2 },
  INVALID_ROUTE_NAME: { category: 'validation_error', rpcCode: -31408, httpStatus: 400, exitCode: 2 },
  FILE_NOT_FOUND: { category: 'validation_error', rpcCode: -31410, httpStatus: 404, exitCode: 1 },
  FILE_UNREADABLE: { category: 'system_error', rpcCode: -31411, httpStatus: 403, exitCode: 1 },
  FILE_IS_DIRECTORY: { category: 'validation_error', rpcCode: -31412, httpStatus: 400, exitCode: 1 },
  FILE_EMPTY: { category: 'validation_error', rpcCode: -31413, httpStatus: 422, exitCode: 1 },
  NOT_A_LOG: { category: 'validation_error', rpcCode: -31414, httpStatus: 422, exitCode: 1 },
  UNSUPPORTED_CONTAINER: { category: 'validation_error', rpcCode: -31415, httpStatus: 415, exitCode: 1 },
  NO_SEGMENTS: { category: 'validation_error', rpcCode: -31416, httpStatus: 422, exitCode: 1 },
  OUTPUT_NOT_WRITABLE: { category: 'system_error', rpcCode: -31420, httpStatus: 507, exitCode: 1 },
  DISK_FULL: { category: 'system_error', rpcCode: -31421, httpStatus: 507, exitCode: 1 },
  TOOL_FAILED: { category: 'tool_error', rpcCode: -31500, httpStatus: 500, exitCode: 3 },
} as const satisfies Record<string, ErrorTraits>;

/** Stable name of a failure; clients switch on it, never on the message. */
export type ErrorCode = keyof typeof ERROR_TRAITS;

/** Values that belong to a failure, ready for JSON. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * A failure that is answered, not survived: bad input, a missing file, a full disk.
 *
 * The message is one line for people: what was being done, with which value, what was expected, what to do.
 */
export class CtsError extends Error {
  override readonly name = 'CtsError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly details?: ErrorDetails; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  get traits(): ErrorTraits {
    return ERROR_TRAITS[this.code];
  }
}
