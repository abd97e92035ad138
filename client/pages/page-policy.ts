import { REQUESTS_OF_PAGES } from '#pages';
import type { PageFailure, PageInput } from '#protocol';

/** What may be asked depends on. */
export interface PageRights {
  readonly input: PageInput;
  readonly isTrusted: boolean;
  /** Logs that this page has opened. */
  readonly sessions: ReadonlySet<string>;
}

const SESSION_PREFIX = 'sessions/';
const ALLOWED: ReadonlySet<string> = new Set(REQUESTS_OF_PAGES);
/** What works on files for the user, and not only shows them. */
const NEEDS_TRUST: ReadonlySet<string> = new Set(['runs/start', 'runs/rerun']);

/**
 * Decides whether a page may ask something. A page shows what foreign files say: were it ever tricked, it could still
 * only read the log that it was opened on.
 *
 * @returns Why not; undefined when it may.
 */
export function refuseRequest(
  method: string,
  params: Readonly<Record<string, unknown>>,
  rights: PageRights,
): PageFailure | undefined {
  if (!method.startsWith(SESSION_PREFIX) && !ALLOWED.has(method))
    return refuse('ENDPOINT_NOT_FOUND', `A page may not ask for ${JSON.stringify(method)}`);
  if (NEEDS_TRUST.has(method) && !rights.isTrusted)
    return refuse(
      'INPUT_FORBIDDEN',
      'This workspace is not trusted. Logs can be viewed; analyzers do not run.',
      ['Manage Trust'],
    );
  return method.startsWith(SESSION_PREFIX) ? refuseSession(method, params, rights) : undefined;
}

function refuseSession(
  method: string,
  params: Readonly<Record<string, unknown>>,
  { input, sessions }: PageRights,
): PageFailure | undefined {
  if (method === 'sessions/open') {
    const isOwn = input.page === 'log' && params['path'] === input.path;
    return isOwn
      ? undefined
      : refuse('INPUT_FORBIDDEN', 'A page may open the log that it was made for, no other');
  }
  const { session } = params;
  if (typeof session === 'string' && sessions.has(session)) return undefined;
  return refuse('INPUT_FORBIDDEN', 'A page may ask about the logs that it has opened, no other');
}

function refuse(code: string, message: string, actions: readonly string[] = []): PageFailure {
  return { code, message, actions, details: {} };
}
