import type { CommaRoute } from './comma-api.ts';
import { formatCommaRoute } from './route-search.ts';

/** What a download left of a route. */
export interface RouteIndex {
  readonly route: CommaRoute;
  readonly writtenFiles: number;
  readonly skippedFiles: number;
  readonly failedFiles: number;
  /** Every file that is there whole, written now or before; `path` counts from the route's folder. */
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Writes `index.json` as comma-tools does. */
export function formatRouteIndex({ route, files, ...counts }: RouteIndex): string {
  const index = {
    route_name: formatCommaRoute(route),
    dongle_id: route.dongleId,
    route_timestamp: route.logId,
    download_summary: {
      written_files: counts.writtenFiles,
      skipped_files: counts.skippedFiles,
      failed_files: counts.failedFiles,
      total_bytes: files.reduce((sum, { size }) => sum + size, 0),
    },
    files: files.map(({ path, size }) => ({ path, size })),
  };
  return JSON.stringify(index, null, 2);
}
