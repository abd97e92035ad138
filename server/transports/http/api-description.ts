import type { DescribedRoute } from './described-route.ts';
import { DOCUMENT_ROUTES } from './document-descriptions.ts';
import { PAGE_ROUTES } from './pages/page-routes.ts';
import { REPORT_ROUTE } from './pages/report-route.ts';
import { ROUTE_TABLE } from './route-table.ts';
import { STREAM_ROUTES } from './streams/stream-routes.ts';

/** Everything that is answered on HTTP, in the order of the documents. */
export function describeApi(): readonly DescribedRoute[] {
  return [
    ...ROUTE_TABLE.map(({ described }) => described),
    ...DOCUMENT_ROUTES,
    ...PAGE_ROUTES,
    REPORT_ROUTE,
    ...STREAM_ROUTES,
  ];
}
