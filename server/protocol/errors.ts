/** Who can mend a failure: the caller, the author of a tool, the operator, or the caller's spelling of a tool. */
export type ErrorCategory = 'validation_error' | 'tool_error' | 'system_error' | 'tool_not_found';

/** How one failure reads on each face of the product. */
export interface ErrorTraits {
  readonly category: ErrorCategory;
  /** JSON-RPC error code, outside the ranges reserved by JSON-RPC and the language server protocol. */
  readonly rpcCode: number;
  readonly httpStatus: number;
  /** Exit code of `cts`: 1 the work failed, 2 wrong usage or no server, 3 the run failed, 5 not allowed. */
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
  FILE_TOO_LARGE: { category: 'validation_error', rpcCode: -31418, httpStatus: 413, exitCode: 1 },
  FILE_EMPTY: { category: 'validation_error', rpcCode: -31413, httpStatus: 422, exitCode: 1 },
  NOT_A_LOG: { category: 'validation_error', rpcCode: -31414, httpStatus: 422, exitCode: 1 },
  UNSUPPORTED_CONTAINER: { category: 'validation_error', rpcCode: -31415, httpStatus: 415, exitCode: 1 },
  CSV_UNREADABLE: { category: 'validation_error', rpcCode: -31417, httpStatus: 422, exitCode: 1 },
  NO_SEGMENTS: { category: 'validation_error', rpcCode: -31416, httpStatus: 422, exitCode: 1 },
  OUTPUT_NOT_WRITABLE: { category: 'system_error', rpcCode: -31420, httpStatus: 507, exitCode: 1 },
  DISK_FULL: { category: 'system_error', rpcCode: -31421, httpStatus: 507, exitCode: 1 },
  INPUT_MISSING: { category: 'validation_error', rpcCode: -31422, httpStatus: 400, exitCode: 2 },
  INPUT_FORBIDDEN: { category: 'validation_error', rpcCode: -31423, httpStatus: 403, exitCode: 1 },
  DATABASE_NOT_FOUND: { category: 'validation_error', rpcCode: -31424, httpStatus: 404, exitCode: 1 },

  TOOL_FAILED: { category: 'tool_error', rpcCode: -31500, httpStatus: 500, exitCode: 3 },
  TOOL_CRASHED: { category: 'tool_error', rpcCode: -31501, httpStatus: 500, exitCode: 3 },
  TOOL_OUT_OF_MEMORY: { category: 'tool_error', rpcCode: -31502, httpStatus: 500, exitCode: 3 },
  RUN_TIMED_OUT: { category: 'tool_error', rpcCode: -31503, httpStatus: 500, exitCode: 3 },
  RUN_INTERRUPTED: { category: 'system_error', rpcCode: -31504, httpStatus: 500, exitCode: 3 },
  ARTIFACT_TOO_LARGE: { category: 'tool_error', rpcCode: -31505, httpStatus: 500, exitCode: 3 },
  WORKER_UNAVAILABLE: { category: 'system_error', rpcCode: -31506, httpStatus: 503, exitCode: 3 },

  RUN_NOT_FOUND: { category: 'validation_error', rpcCode: -31430, httpStatus: 404, exitCode: 1 },
  RUN_NOT_FINISHED: { category: 'validation_error', rpcCode: -31431, httpStatus: 409, exitCode: 1 },
  IDEMPOTENCY_MISMATCH: { category: 'validation_error', rpcCode: -31432, httpStatus: 422, exitCode: 1 },
  QUEUE_FULL: { category: 'system_error', rpcCode: -31433, httpStatus: 503, exitCode: 1 },
  ARTIFACT_NOT_FOUND: { category: 'validation_error', rpcCode: -31434, httpStatus: 404, exitCode: 1 },
  ARTIFACT_LOST: { category: 'system_error', rpcCode: -31435, httpStatus: 410, exitCode: 1 },
  RANGE_NOT_SATISFIABLE: { category: 'validation_error', rpcCode: -31436, httpStatus: 416, exitCode: 1 },

  UPLOAD_NOT_FOUND: { category: 'validation_error', rpcCode: -31440, httpStatus: 404, exitCode: 1 },
  UPLOAD_TOO_LARGE: { category: 'validation_error', rpcCode: -31441, httpStatus: 413, exitCode: 1 },
  UPLOAD_TYPE_REFUSED: { category: 'validation_error', rpcCode: -31442, httpStatus: 415, exitCode: 1 },
  UPLOAD_MISMATCH: { category: 'validation_error', rpcCode: -31443, httpStatus: 400, exitCode: 1 },
  UPLOAD_NOT_FINISHED: { category: 'validation_error', rpcCode: -31444, httpStatus: 409, exitCode: 1 },
  UPLOAD_IN_USE: { category: 'validation_error', rpcCode: -31445, httpStatus: 409, exitCode: 1 },

  DOWNLOAD_NOT_FOUND: { category: 'validation_error', rpcCode: -31450, httpStatus: 404, exitCode: 1 },
  DESTINATION_REFUSED: { category: 'validation_error', rpcCode: -31451, httpStatus: 400, exitCode: 2 },
  ROUTE_NOT_FOUND: { category: 'validation_error', rpcCode: -31452, httpStatus: 404, exitCode: 1 },
  COMMA_TOKEN_MISSING: { category: 'validation_error', rpcCode: -31453, httpStatus: 401, exitCode: 5 },
  COMMA_TOKEN_REFUSED: { category: 'validation_error', rpcCode: -31454, httpStatus: 401, exitCode: 5 },
  COMMA_UNREACHABLE: { category: 'system_error', rpcCode: -31455, httpStatus: 502, exitCode: 1 },
  DOWNLOAD_FAILED: { category: 'system_error', rpcCode: -31456, httpStatus: 502, exitCode: 1 },

  SESSION_NOT_FOUND: { category: 'validation_error', rpcCode: -31465, httpStatus: 404, exitCode: 1 },
  MONITOR_NOT_FOUND: { category: 'tool_not_found', rpcCode: -31460, httpStatus: 404, exitCode: 1 },

  STORE_IN_USE: { category: 'system_error', rpcCode: -31510, httpStatus: 503, exitCode: 1 },
  STORE_TOO_NEW: { category: 'system_error', rpcCode: -31511, httpStatus: 503, exitCode: 1 },
  STORE_DAMAGED: { category: 'system_error', rpcCode: -31512, httpStatus: 503, exitCode: 1 },
  STORE_UNAVAILABLE: { category: 'system_error', rpcCode: -31513, httpStatus: 503, exitCode: 1 },

  INVALID_CONFIGURATION: { category: 'validation_error', rpcCode: -31520, httpStatus: 500, exitCode: 2 },
  ADDRESS_IN_USE: { category: 'system_error', rpcCode: -31521, httpStatus: 500, exitCode: 1 },
  ADDRESS_REFUSED: { category: 'system_error', rpcCode: -31522, httpStatus: 500, exitCode: 1 },

  INVALID_REQUEST: { category: 'validation_error', rpcCode: -32600, httpStatus: 422, exitCode: 2 },
  INVALID_JSON: { category: 'validation_error', rpcCode: -32700, httpStatus: 400, exitCode: 2 },
  ENDPOINT_NOT_FOUND: { category: 'validation_error', rpcCode: -32601, httpStatus: 404, exitCode: 2 },
  METHOD_NOT_ALLOWED: { category: 'validation_error', rpcCode: -31530, httpStatus: 405, exitCode: 2 },
  CONTENT_TYPE_REFUSED: { category: 'validation_error', rpcCode: -31531, httpStatus: 415, exitCode: 2 },
  BODY_TOO_LARGE: { category: 'validation_error', rpcCode: -31532, httpStatus: 413, exitCode: 1 },
  UNAUTHENTICATED: { category: 'validation_error', rpcCode: -31533, httpStatus: 401, exitCode: 5 },
  HOST_REFUSED: { category: 'validation_error', rpcCode: -31534, httpStatus: 421, exitCode: 5 },
  ORIGIN_REFUSED: { category: 'validation_error', rpcCode: -31535, httpStatus: 403, exitCode: 5 },
  RATE_LIMITED: { category: 'validation_error', rpcCode: -31536, httpStatus: 429, exitCode: 1 },
  OVERLOADED: { category: 'system_error', rpcCode: -31537, httpStatus: 503, exitCode: 1 },
  SHUTTING_DOWN: { category: 'system_error', rpcCode: -31538, httpStatus: 503, exitCode: 1 },
  INTERNAL_ERROR: { category: 'system_error', rpcCode: -32603, httpStatus: 500, exitCode: 1 },

  SERVER_UNREACHABLE: { category: 'system_error', rpcCode: -31540, httpStatus: 503, exitCode: 2 },
  SERVER_NOT_STARTED: { category: 'system_error', rpcCode: -31541, httpStatus: 503, exitCode: 2 },
  CLIENT_TOO_OLD: { category: 'validation_error', rpcCode: -31542, httpStatus: 400, exitCode: 1 },
  FILE_EXISTS: { category: 'validation_error', rpcCode: -31543, httpStatus: 409, exitCode: 1 },
  TRANSFER_DAMAGED: { category: 'system_error', rpcCode: -31544, httpStatus: 502, exitCode: 1 },
  PROFILE_NOT_FOUND: { category: 'validation_error', rpcCode: -31545, httpStatus: 404, exitCode: 2 },
} as const satisfies Record<string, ErrorTraits>;

/** Stable name of a failure; clients switch on it, never on the message. */
export type ErrorCode = keyof typeof ERROR_TRAITS;

/** Values that belong to a failure, ready for JSON. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What comes with a failure besides its message. */
export interface ErrorOptions {
  readonly details?: ErrorDetails;
  /** What to do, a sentence each, where the message does not say it all. */
  readonly actions?: readonly string[];
  readonly cause?: unknown;
}

/**
 * A failure that is answered, not survived: bad input, a missing file, a full disk.
 *
 * The message is one line for people: what was being done, with which value, what was expected, what to do.
 */
export class CtsError extends Error {
  override readonly name = 'CtsError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  /** What to do, a sentence each, where the message does not say it all. */
  readonly actions: readonly string[];

  constructor(code: ErrorCode, message: string, { details, actions, cause }: ErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details ?? {};
    this.actions = actions ?? [];
  }

  get traits(): ErrorTraits {
    return ERROR_TRAITS[this.code];
  }
}
