import { CtsError, type StartDownloadParams } from '#protocol';
import { parseRouteName, type RouteName } from '../../core/rlog/route-name.ts';
import type { SearchWindow } from './comma-api.ts';

const DAY_MS = 86_400_000;

/** Links name the route as connect shows it, which need not be how its files are kept. */
const LINK = /^(?:https?:\/\/|connect\.|useradmin\.)/i;

/** Which route is meant, and where to look for it. */
export interface RouteRequest {
  readonly name: RouteName & { readonly dongleId: string };
  /** A link: it may be of a public route, and its route may have to be searched for. */
  readonly isLink: boolean;
  readonly window: SearchWindow;
}

/**
 * Reads which route is asked for.
 *
 * @param nowMs Since the Unix epoch.
 * @throws {CtsError} INVALID_ROUTE_NAME, INVALID_PARAMETER when the days are no window of time.
 */
export function readRouteRequest(params: StartDownloadParams, nowMs: number): RouteRequest {
  const { dongleId, ...name } = parseRouteName(params.route);
  if (dongleId === undefined) throw createDeviceMissing(params.route.trim());
  return {
    name: { ...name, dongleId },
    isLink: LINK.test(params.route.trim()),
    window: readWindow(params, nowMs),
  };
}

/** `since` counts from the start of its day and `until` to the end of it, in UTC. */
function readWindow({ since, until, searchDays }: StartDownloadParams, nowMs: number): SearchWindow {
  const toMs = until === undefined ? nowMs : readDay('until', until) + DAY_MS;
  const fromMs = since === undefined ? toMs - searchDays * DAY_MS : readDay('since', since);
  if (fromMs < toMs) return { fromMs, toMs };
  const message = `There is no time between since ${since ?? ''} and until ${until ?? 'now'}: since must be the earlier day`;
  throw new CtsError('INVALID_PARAMETER', message, { details: { parameter: 'since' } });
}

function readDay(parameter: string, text: string): number {
  const startMs = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (!Number.isNaN(startMs)) return startMs;
  const message = `Invalid --${parameter} date format: ${text}. Use YYYY-MM-DD`;
  throw new CtsError('INVALID_PARAMETER', message, { details: { parameter } });
}

function createDeviceMissing(route: string): CtsError {
  return new CtsError('INVALID_ROUTE_NAME', `"${route}" does not say of which device: expected DONGLE/LOG`, {
    details: { route },
    actions: ['Copy the name of the route, or its link, from connect.'],
  });
}
