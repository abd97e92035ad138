import { RPC_ROUTE } from '../../rpc/rpc-socket.ts';
import type { DescribedRoute } from '../described-route.ts';
import { ARTIFACT_DOWNLOAD_ROUTE } from './artifact-download.ts';
import { ARTIFACT_PREVIEW_ROUTE } from './artifact-preview.ts';
import { EVENT_LINES_ROUTE } from './event-lines-stream.ts';
import { MULTIPART_UPLOAD_ROUTE } from './multipart-upload.ts';
import { RUN_LOG_STREAM_ROUTES } from './run-log-stream.ts';
import { TUS_ROUTES } from './tus-routes.ts';
import { UPLOAD_CONTENT_ROUTES } from './upload-content.ts';

/**
 * What the documents say of the routes that `registerStreams` adds. `POST /v1/uploads` stands in the route table too:
 * the media type of the body decides who answers.
 */
export const STREAM_ROUTES: readonly DescribedRoute[] = [
  ...RUN_LOG_STREAM_ROUTES,
  EVENT_LINES_ROUTE,
  ARTIFACT_DOWNLOAD_ROUTE,
  ARTIFACT_PREVIEW_ROUTE,
  MULTIPART_UPLOAD_ROUTE,
  ...UPLOAD_CONTENT_ROUTES,
  ...TUS_ROUTES,
  RPC_ROUTE,
];
