import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Artifact, CtsError } from '#protocol';
import type { ByteRange, OpenContent } from '../../../services/artifacts/content-store.ts';
import type { DescribedRoute } from '../described-route.ts';
import type { StreamPorts } from '../http-ports.ts';
import { describeAttachment, describeContentType } from './content-headers.ts';
import { readPart } from '../request-reading.ts';
import { ArtifactPath } from '../routes/named-paths.ts';
import { releaseContent } from './release-content.ts';
import { type ContentValidators, readRequestedBytes, type RequestedBytes } from './requested-bytes.ts';

const PATH = '/v1/artifacts/:artifactId/download';

const BYTES = { mediaType: 'application/octet-stream', description: "As the artifact's own media type" };

const CONTENT_HEADERS = {
  ETag: "The content's SHA-256 in quotes",
  'Last-Modified': 'When the run left it',
  'Accept-Ranges': '`bytes`',
  'Content-Disposition': 'The name to save it under',
};

/** What the documents say of the bytes of artifacts. */
export const ARTIFACT_DOWNLOAD_ROUTE: DescribedRoute = {
  verb: 'GET',
  path: PATH,
  group: 'Artifacts',
  summary: 'The bytes of an artifact',
  description: 'HEAD tells the same without the bytes.',
  pathSchema: ArtifactPath,
  requestHeaders: {
    'If-None-Match': 'An ETag that the caller has: answered with 304 when it is still the content',
    Range: 'One range of bytes; several are answered with all bytes',
    'If-Range': 'ETag or Last-Modified that the range belongs to',
  },
  answers: [
    { status: 200, description: 'All bytes', headers: CONTENT_HEADERS, content: [BYTES] },
    {
      status: 206,
      description: 'The bytes asked for',
      headers: { ...CONTENT_HEADERS, 'Content-Range': 'Which they are' },
      content: [BYTES],
    },
    { status: 304, description: 'The caller has it', headers: { ETag: CONTENT_HEADERS.ETag } },
  ],
  errors: ['ARTIFACT_NOT_FOUND', 'ARTIFACT_LOST', 'RANGE_NOT_SATISFIABLE'],
};

/** Sends the bytes of artifacts. */
export function registerArtifactDownload(app: FastifyInstance, { contents }: StreamPorts): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: PATH,
    handler: async (request, reply) => {
      const { artifactId } = readPart(ArtifactPath, request.params, 'path');
      const { artifact, content } = await contents.open(artifactId);
      try {
        sendContent(request, reply, { artifact, content });
      } catch (error) {
        await releaseContent(content);
        throw error;
      }
      return reply;
    },
  });
}

interface OpenArtifact {
  readonly artifact: Artifact;
  readonly content: OpenContent;
}

function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  { artifact, content }: OpenArtifact,
): void {
  const validators = describeValidators(artifact, content);
  const wanted = chooseBytes(request, validators);
  if (wanted.kind === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${String(content.sizeBytes)}`);
    throw refuseRange(artifact, content, request.headers.range);
  }
  void reply.headers(describeContent(validators));
  if (wanted.kind === 'none') {
    sendNothing(reply.code(304), content);
    return;
  }
  const range = wanted.kind === 'part' ? wanted.range : { start: 0, end: content.sizeBytes };
  void reply.headers({ ...describeFile(artifact), 'content-length': range.end - range.start });
  if (wanted.kind === 'part') announcePart(reply, range, content);
  if (request.method === 'HEAD') sendNothing(reply, content);
  else sendBytes(reply, content, range);
}

/** A cache may keep the bytes, and asks each time whether they may still be seen. */
function describeContent({ etag, lastModified }: ContentValidators): Readonly<Record<string, string>> {
  return { etag, 'last-modified': lastModified, 'accept-ranges': 'bytes', 'cache-control': 'no-cache' };
}

function describeFile({ name, mediaType }: Artifact): Readonly<Record<string, string>> {
  return {
    'content-type': describeContentType(mediaType),
    'content-disposition': describeAttachment(name),
    'x-content-type-options': 'nosniff',
    // A report is a page of a stranger: opened in a browser, it gets no origin.
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  };
}

function announcePart(reply: FastifyReply, { start, end }: ByteRange, { sizeBytes }: OpenContent): void {
  const part = `bytes ${String(start)}-${String(end - 1)}/${String(sizeBytes)}`;
  void reply.code(206).header('content-range', part);
}

function sendBytes(reply: FastifyReply, content: OpenContent, range: ByteRange): void {
  const stream = Readable.from(content.read(range), { objectMode: false });
  // However the answer ends, or the reader: the file is closed.
  stream.once('close', () => void releaseContent(content));
  reply.send(stream);
}

function sendNothing(reply: FastifyReply, content: OpenContent): void {
  void releaseContent(content);
  reply.send();
}

function describeValidators({ sha256, createdAt }: Artifact, { sizeBytes }: OpenContent): ContentValidators {
  return { etag: `"${sha256}"`, lastModified: new Date(createdAt).toUTCString(), sizeBytes };
}

/** Ranges are for GET (RFC 9110, section 14.2). */
function chooseBytes({ method, headers }: FastifyRequest, validators: ContentValidators): RequestedBytes {
  const { range, ...others } = headers;
  return readRequestedBytes(method === 'HEAD' || range === undefined ? others : headers, validators);
}

function refuseRange(
  { id, name }: Artifact,
  { sizeBytes }: OpenContent,
  range: string | undefined,
): CtsError {
  return new CtsError(
    'RANGE_NOT_SATISFIABLE',
    `Cannot send ${range ?? ''} of ${name}: it has ${String(sizeBytes)} bytes`,
    { details: { artifact_id: id, sizeBytes } },
  );
}
