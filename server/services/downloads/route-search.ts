import { CtsError } from '#protocol';
import type { CommaApi, CommaAsking, CommaRoute, CommaSegment, RouteFiles } from './comma-api.ts';
import type { RouteRequest } from './route-request.ts';

/** A route that comma knows, with its files. */
export interface FoundRoute extends CommaRoute {
  readonly files: RouteFiles;
}

/**
 * Finds a route and the addresses of its files.
 *
 * A name is taken as it is. A link is looked up without a token first; the token is used where comma wants one.
 *
 * @throws {CtsError} ROUTE_NOT_FOUND and whatever comma answers.
 */
export async function findRoute(
  comma: CommaApi,
  request: RouteRequest,
  signal: AbortSignal,
): Promise<FoundRoute> {
  const { dongleId, logId } = request.name;
  if (!request.isLink) {
    return listFound(comma, { dongleId, logId }, { access: 'token', signal });
  }
  try {
    return await findLinked(comma, request, { access: 'anonymous', signal });
  } catch (error) {
    if (!hasCode(error, 'COMMA_TOKEN_MISSING')) throw error;
    return findLinked(comma, request, { access: 'token', signal });
  }
}

/** As comma names a route: `dongle|log`. */
export function formatCommaRoute({ dongleId, logId }: CommaRoute): string {
  return `${dongleId}|${logId}`;
}

/** The name in a link is that of the route, or that of its files, by which a segment tells when the route began. */
async function findLinked(comma: CommaApi, request: RouteRequest, asking: CommaAsking): Promise<FoundRoute> {
  const { dongleId, logId } = request.name;
  const files = await comma.listFiles({ dongleId, logId }, asking).catch((error: unknown) => {
    if (hasCode(error, 'ROUTE_NOT_FOUND')) return {};
    throw error;
  });
  if (hasFiles(files)) return { dongleId, logId, files };
  const startMs = findStart(await comma.listSegments(dongleId, request.window, asking), logId);
  if (startMs === undefined) throw createNotMapped(request);
  return listFound(comma, { dongleId, logId: formatLogTime(startMs) }, asking);
}

async function listFound(comma: CommaApi, route: CommaRoute, asking: CommaAsking): Promise<FoundRoute> {
  const files = await comma.listFiles(route, asking);
  if (hasFiles(files)) return { ...route, files };
  const name = formatCommaRoute(route);
  throw new CtsError('ROUTE_NOT_FOUND', `comma has no files of route ${name}`, {
    details: { route: name },
    actions: ['Have the device upload the files: connect, the route, "Upload all".'],
  });
}

/** A route begins with the earliest of its segments. */
function findStart(segments: readonly CommaSegment[], logId: string): number | undefined {
  const starts = segments
    .filter(({ url }) => url.toLowerCase().includes(logId))
    .flatMap(({ startMs }) => startMs ?? []);
  return starts.length === 0 ? undefined : starts.reduce((first, start) => Math.min(first, start));
}

/** As devices named their logs before 2024, `YYYY-MM-DD--HH-MM-SS`, in UTC. */
function formatLogTime(startMs: number): string {
  return new Date(startMs).toISOString().slice(0, 19).replace('T', '--').replaceAll(':', '-');
}

function hasFiles(files: RouteFiles): boolean {
  return Object.values(files).some((addresses) => addresses.length > 0);
}

function hasCode(error: unknown, code: CtsError['code']): boolean {
  return error instanceof CtsError && error.code === code;
}

function createNotMapped({ name, window }: RouteRequest): CtsError {
  const [from, to] = [window.fromMs, window.toMs].map((time) => new Date(time).toISOString().slice(0, 10));
  const route = formatCommaRoute(name);
  return new CtsError(
    'ROUTE_NOT_FOUND',
    `comma knows no route ${route} between ${from ?? ''} and ${to ?? ''}`,
    {
      details: { route },
      actions: [
        'Widen the search with searchDays (--days), or with since and until.',
        'Give the name of the route instead of the link.',
      ],
    },
  );
}
