import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UploadBody } from '#http-bodies';
import type { Upload } from '#protocol';
import { toUploadBody } from '../bodies/file-body.ts';
import type { DescribedRoute } from '../described-route.ts';
import type { StreamPorts } from '../http-ports.ts';
import { admitLongBodies, leaveBodiesUnread, readIncomingBytes, watchCaller } from './incoming-body.ts';
import { ignoreNotifications } from './one-notification.ts';
import { readPart } from '../request-reading.ts';
import { UploadPath } from '../routes/named-paths.ts';
import { receiveBytes } from './receive-bytes.ts';
import type { StreamTiming } from './stream-timing.ts';
import { readUploadOffset } from './upload-offset.ts';
import { checkDeclaredLength } from './upload-size.ts';

const PATH = '/v1/uploads/:uploadId/content';

const OFFSET_HEADERS = { 'Upload-Offset': 'Bytes that have come' };

/** What the documents say of bytes sent by PUT. */
export const UPLOAD_CONTENT_ROUTES: readonly DescribedRoute[] = [
  {
    verb: 'PUT',
    path: PATH,
    group: 'Uploads',
    summary: 'Send the bytes of an upload',
    description:
      'Without an offset the bytes are the whole file and replace what came before. What came before a broken ' +
      'connection stays: HEAD tells how much, and another PUT with that offset goes on. A new PUT ends an older one.',
    pathSchema: UploadPath,
    requestHeaders: {
      'Upload-Offset': 'Where the bytes belong: as many as have come',
      'Content-Range': 'The same as `bytes first-last/size`',
    },
    body: [
      { mediaType: 'application/octet-stream', description: 'The bytes; any media type or none will do' },
    ],
    answers: [
      {
        status: 200,
        description: 'The bytes are on disk; the upload is finalized by a request of its own',
        headers: OFFSET_HEADERS,
        content: [{ mediaType: 'application/json', schema: UploadBody }],
      },
    ],
    errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_TOO_LARGE', 'UPLOAD_MISMATCH', 'INVALID_PARAMETER', 'DISK_FULL'],
  },
  {
    verb: 'HEAD',
    path: PATH,
    group: 'Uploads',
    summary: 'How many bytes of an upload have come',
    pathSchema: UploadPath,
    answers: [
      {
        status: 200,
        description: 'Known upload',
        headers: { ...OFFSET_HEADERS, 'Upload-Length': 'Bytes of the whole file, when known' },
      },
    ],
    errors: ['UPLOAD_NOT_FOUND'],
  },
];

/** Takes the bytes of uploads by PUT. */
export async function registerUploadContent(
  app: FastifyInstance,
  ports: StreamPorts,
  timing: StreamTiming,
): Promise<void> {
  await app.register((scope, _options, done) => {
    leaveBodiesUnread(scope);
    admitLongBodies(scope, timing);
    scope.put(PATH, (request, reply) => takeContent(request, reply, ports));
    scope.head(PATH, async (request, reply) => {
      showOffset(reply, await findUpload(request, ports)).send();
      return reply;
    });
    done();
  });
}

async function takeContent(
  request: FastifyRequest,
  reply: FastifyReply,
  ports: StreamPorts,
): Promise<UploadBody> {
  const offset = readUploadOffset(request.headers);
  const upload = await findUpload(request, ports);
  const { maxUploadBytes } = ports.settings;
  checkDeclaredLength(request, { upload, offset: offset ?? 0, maxUploadBytes });
  const received = await receiveBytes(ports, upload.id, {
    bytes: readIncomingBytes(request.raw),
    signal: watchCaller(reply, ports.closing),
    ...(offset !== undefined && { offset }),
  });
  showOffset(reply, received);
  return toUploadBody(received);
}

function findUpload(request: FastifyRequest, { handlers, closing }: StreamPorts): Promise<Upload> {
  const { uploadId } = readPart(UploadPath, request.params, 'path');
  return handlers['uploads/get']({ uploadId }, { signal: closing, notify: ignoreNotifications });
}

function showOffset(reply: FastifyReply, { receivedBytes, sizeBytes }: Upload): FastifyReply {
  return reply.headers({
    'upload-offset': receivedBytes,
    'cache-control': 'no-store',
    ...(sizeBytes !== null && { 'upload-length': sizeBytes }),
  });
}
