import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Artifact } from '#protocol';
import type { OpenContent } from '../../../services/artifacts/content-store.ts';
import type { DescribedRoute } from '../described-route.ts';
import type { HttpPorts } from '../http-ports.ts';
import { readPart } from '../request-reading.ts';
import { ArtifactPath } from '../routes/named-paths.ts';
import { releaseContent } from '../streams/release-content.ts';
import { writeReportPolicy } from './report-policy.ts';

/** A report says within so many bytes which script and style it admits. */
const POLICY_BYTES = 4096;

/** What the documents say of artifacts that are looked at. */
export const REPORT_ROUTE: DescribedRoute = {
  verb: 'GET',
  path: '/ui/artifacts/:artifactId',
  group: 'Pages',
  summary: 'An artifact to look at in a browser',
  description:
    'Reports run without an origin, under their own policy; pictures are shown; all else is led to the download.',
  pathSchema: ArtifactPath,
  answers: [
    { status: 200, description: 'The report or picture', content: [{ mediaType: 'text/html' }] },
    { status: 302, description: 'To the download of what is neither' },
  ],
  errors: ['ARTIFACT_NOT_FOUND', 'ARTIFACT_LOST'],
};

/** Shows reports and pictures to whoever may read artifacts. */
export function registerReports(app: FastifyInstance, { contents }: Pick<HttpPorts, 'contents'>): void {
  app.get(REPORT_ROUTE.path, async (request, reply) => {
    const { artifactId } = readPart(ArtifactPath, request.params, 'path');
    const { artifact, content } = await contents.open(artifactId);
    if (!isSeen(artifact)) {
      await releaseContent(content);
      return reply.redirect(`/v1/artifacts/${encodeURIComponent(artifactId)}/download`);
    }
    const policy = writeReportPolicy(await readBeginning(content));
    return sendSeen(reply, { artifact, content, policy });
  });
}

function isSeen({ mediaType }: Artifact): boolean {
  return /^(text\/html|image\/(png|jpeg|webp))\b/.test(mediaType);
}

async function readBeginning(content: OpenContent): Promise<string> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of content.read({ start: 0, end: Math.min(POLICY_BYTES, content.sizeBytes) }))
      parts.push(part);
  } catch (error) {
    await releaseContent(content);
    throw error;
  }
  return Buffer.concat(parts).toString('utf8');
}

interface SeenContent {
  readonly artifact: Artifact;
  readonly content: OpenContent;
  readonly policy: string;
}

function sendSeen(reply: FastifyReply, { artifact, content, policy }: SeenContent): FastifyReply {
  const stream = Readable.from(content.read({ start: 0, end: content.sizeBytes }), { objectMode: false });
  stream.once('close', () => void releaseContent(content));
  return reply
    .headers({
      'content-type': artifact.mediaType.startsWith('text/html')
        ? 'text/html; charset=utf-8'
        : artifact.mediaType,
      'content-length': content.sizeBytes,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    })
    .send(stream);
}
