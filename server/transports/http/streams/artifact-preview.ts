import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { ArtifactContentBody } from '#http-bodies';
import type { OpenContent } from '../../../services/artifacts/content-store.ts';
import type { DescribedRoute } from '../described-route.ts';
import type { StreamPorts } from '../http-ports.ts';
import { readPart } from '../request-reading.ts';
import { ArtifactPath } from '../routes/named-paths.ts';
import { releaseContent } from './release-content.ts';

const DEFAULT_BYTES = 1_000_000;
const MOST_BYTES = 10_000_000;

const SizeQuery = z.strictObject({
  max_size: z.coerce
    .number()
    .int()
    .min(0)
    .max(MOST_BYTES)
    .default(DEFAULT_BYTES)
    .describe('Bytes behind which the content is cut'),
});

/** What the documents say of contents in JSON. */
export const ARTIFACT_PREVIEW_ROUTE: DescribedRoute = {
  verb: 'GET',
  path: '/v1/artifacts/:artifactId/content',
  group: 'Artifacts',
  summary: 'The content of an artifact inside of JSON, cut where it is long',
  description: 'Text as it is, never cut inside of a character; everything else as base64.',
  pathSchema: ArtifactPath,
  querySchema: SizeQuery,
  answers: [
    {
      status: 200,
      description: 'The content, or its beginning',
      content: [{ mediaType: 'application/json', schema: ArtifactContentBody }],
    },
  ],
  errors: ['ARTIFACT_NOT_FOUND', 'ARTIFACT_LOST', 'INVALID_PARAMETER'],
};

/** Shows contents of artifacts to whoever reads JSON only. */
export function registerArtifactPreview(app: FastifyInstance, { contents }: StreamPorts): void {
  app.get(ARTIFACT_PREVIEW_ROUTE.path, async (request): Promise<ArtifactContentBody> => {
    const { artifactId } = readPart(ArtifactPath, request.params, 'path');
    const { max_size } = readPart(SizeQuery, request.query, 'query');
    const { artifact, content } = await contents.open(artifactId);
    try {
      const bytes = await readBeginning(content, max_size);
      const text = decodeText(bytes);
      return {
        artifact_id: artifact.id,
        filename: artifact.name,
        content_type: artifact.mediaType,
        content: text ?? bytes.toString('base64'),
        encoding: text === undefined ? 'base64' : 'utf-8',
        size_bytes: content.sizeBytes,
        truncated: content.sizeBytes > max_size,
      };
    } finally {
      await releaseContent(content);
    }
  });
}

async function readBeginning(content: OpenContent, maxBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const range = { start: 0, end: Math.min(maxBytes, content.sizeBytes) };
  for await (const piece of content.read(range)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Undefined for what is no text; a character that is cut at the end is left out. */
function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
