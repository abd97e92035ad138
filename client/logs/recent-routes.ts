/** A log that was opened before. */
export interface RecentRoute {
  readonly path: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly fingerprint?: string | undefined;
  readonly segments?: number | undefined;
  readonly durationSeconds?: number | undefined;
}

/** What is known about a log only when it has been read. */
export type RouteFacts = Pick<RecentRoute, 'fingerprint' | 'segments' | 'durationSeconds'>;

/** As many are remembered. */
export const MOST_ROUTES = 50;

/** Puts a log to the front. */
export function addRoute(routes: readonly RecentRoute[], opened: RecentRoute): readonly RecentRoute[] {
  return [opened, ...routes.filter(({ path }) => path !== opened.path)].slice(0, MOST_ROUTES);
}

/** Reads what was stored; whatever else stands there is passed over. */
export function readRoutes(stored: unknown): readonly RecentRoute[] {
  return Array.isArray(stored) ? stored.filter(isRoute).slice(0, MOST_ROUTES) : [];
}

function isRoute(value: unknown): value is RecentRoute {
  const { path, name, openedAt } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof path === 'string' && typeof name === 'string' && typeof openedAt === 'number';
}
