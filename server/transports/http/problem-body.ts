import { type CtsError, type ErrorCode, type ProblemBody } from '#protocol';

/** What a failing request was about. */
export interface FailedRequest {
  readonly requestId: string;
  /** Parameters of the path by name. */
  readonly path: Readonly<Record<string, string>>;
  /** The tool that was asked for, in path or body. */
  readonly toolId?: string;
}

/** Media type of problems, RFC 9457. */
const PROBLEM_TYPE = 'application/problem+json';

/** Sentences of CTS-Lite that its clients show or compare; undefined where the request does not name the thing. */
const ORIGINAL_DETAILS: Partial<Record<ErrorCode, (request: FailedRequest) => string | undefined>> = {
  TOOL_NOT_FOUND: ({ toolId }) => fill(toolId, (id) => `Tool not found: ${id}`),
  // With its quotes: it was the text of a KeyError.
  RUN_NOT_FOUND: ({ path }) => fill(path['runId'], (id) => `"Run '${id}' not found"`),
  ARTIFACT_NOT_FOUND: ({ path }) => fill(path['artifactId'], () => 'Artifact not found'),
  ARTIFACT_LOST: ({ path }) => fill(path['artifactId'], () => 'Artifact file not found'),
  DOWNLOAD_NOT_FOUND: ({ path }) => fill(path['downloadId'], (id) => `Download ${id} not found`),
};

/** Seconds after which a refused request may be tried again, where the failure does not say. */
const RETRY_SECONDS = 2;

/** A failure as HTTP tells it. */
export function toProblemBody(error: CtsError, request: FailedRequest): ProblemBody {
  const { code, traits } = error;
  const runId = request.path['runId'] ?? error.details['runId'];
  return {
    type: `/docs#${code}`,
    title: writeTitle(code),
    status: traits.httpStatus,
    detail: ORIGINAL_DETAILS[code]?.(request) ?? error.message,
    code,
    error_code: code,
    error_category: traits.category,
    suggested_actions: error.actions,
    details: error.details,
    ...(typeof runId === 'string' && { run_id: runId }),
    request_id: request.requestId,
  };
}

/** Headers that belong to a failure. */
export function listProblemHeaders({ code, details, traits }: CtsError): Readonly<Record<string, string>> {
  const { retryAfterSeconds = RETRY_SECONDS } = details;
  return {
    'content-type': `${PROBLEM_TYPE}; charset=utf-8`,
    'cache-control': 'no-store',
    ...([429, 503].includes(traits.httpStatus) && { 'retry-after': String(retryAfterSeconds) }),
    ...(code === 'UNAUTHENTICATED' && { 'www-authenticate': 'Bearer realm="cts"' }),
    ...(typeof details['allow'] === 'string' && { allow: details['allow'] }),
  };
}

/** Name of a failure for people: `RUN_NOT_FOUND` is "Run not found". */
function writeTitle(code: ErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function fill(name: string | undefined, write: (name: string) => string): string | undefined {
  return name === undefined ? undefined : write(name);
}
