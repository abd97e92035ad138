import { ARTIFACT_ROUTES, DOWNLOAD_ROUTES, LOG_ROUTES, UPLOAD_ROUTES } from './routes/file-routes.ts';
import { DBC_ROUTES } from './routes/dbc-routes.ts';
import { MONITOR_ROUTES } from './routes/monitor-routes.ts';
import { RUN_ROUTES } from './routes/run-routes.ts';
import { SERVICE_ROUTES, TOOL_ROUTES } from './routes/service-routes.ts';
import type { TableRoute } from './table-route.ts';

/** Every route that is one request of the contract and one answer in JSON. HTTP adds nothing to them. */
export const ROUTE_TABLE: readonly TableRoute[] = [
  ...SERVICE_ROUTES,
  ...TOOL_ROUTES,
  ...RUN_ROUTES,
  ...ARTIFACT_ROUTES,
  ...UPLOAD_ROUTES,
  ...DOWNLOAD_ROUTES,
  ...MONITOR_ROUTES,
  ...LOG_ROUTES,
  ...DBC_ROUTES,
];
