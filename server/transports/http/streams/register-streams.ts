import type { FastifyInstance } from 'fastify';
import { registerRpc } from '../../rpc/rpc-socket.ts';
import type { StreamPorts } from '../http-ports.ts';
import { registerArtifactDownload } from './artifact-download.ts';
import { registerArtifactPreview } from './artifact-preview.ts';
import { registerEventLines } from './event-lines-stream.ts';
import { registerMultipartUpload } from './multipart-upload.ts';
import { registerRunLogStream } from './run-log-stream.ts';
import { STREAM_TIMING, type StreamTiming } from './stream-timing.ts';
import { registerTusUploads } from './tus-uploads.ts';
import { registerUploadContent } from './upload-content.ts';

/**
 * Adds the routes that are more than one request and one answer, those of `STREAM_ROUTES`. Register it on the server
 * itself, not in a scope of its own: upgrades to WebSockets concern every path.
 */
export async function registerStreams(
  app: FastifyInstance,
  ports: StreamPorts,
  timing: StreamTiming = STREAM_TIMING,
): Promise<void> {
  await registerRpc(app, ports, timing);
  registerRunLogStream(app, ports, timing);
  registerEventLines(app, ports);
  registerArtifactDownload(app, ports);
  registerArtifactPreview(app, ports);
  await registerUploadContent(app, ports, timing);
  await registerMultipartUpload(app, ports, timing);
  await registerTusUploads(app, ports, timing);
}
