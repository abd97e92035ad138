import type { ReadResourceResult, Resource } from '@modelcontextprotocol/sdk/types.js';
import { type Artifact, CtsError } from '#protocol';
import type { Ask, LinkedFile } from './mcp-tool.ts';

const PREFIX = 'cts://artifacts/';
/** What a model is given of one file; larger ones are cut, and say so. */
const MAX_BYTES = 262_144;
/** Runs whose files are listed. */
const NEWEST_RUNS = 20;
const TEXT = /^(?:text\/|application\/(?:json|xml)|image\/svg)/;

/** Names an artifact for models. */
export function linkArtifact({ id, name, mediaType }: Artifact): LinkedFile {
  return { uri: PREFIX + id, name, mimeType: mediaType };
}

/** Lists what the newest runs left. */
export async function listArtifacts(ask: Ask, signal: AbortSignal): Promise<Resource[]> {
  const { runs } = await ask('runs/list', { states: ['completed'], limit: NEWEST_RUNS }, signal);
  const lists = await Promise.all(runs.map(({ id }) => ask('artifacts/list', { runId: id }, signal)));
  return lists.flat().map((artifact) => ({ ...linkArtifact(artifact), size: artifact.sizeBytes }));
}

/** @throws {CtsError} ARTIFACT_NOT_FOUND and others. */
export async function readArtifact(
  uri: string,
  ask: Ask,
  signal: AbortSignal,
): Promise<ReadResourceResult['contents']> {
  if (!uri.startsWith(PREFIX)) throw refuseUri(uri);
  const artifactId = uri.slice(PREFIX.length);
  const artifact = await ask('artifacts/get', { artifactId }, signal);
  const { base64 } = await ask('artifacts/read', { artifactId, offset: 0, length: MAX_BYTES }, signal);
  const isCut = artifact.sizeBytes > MAX_BYTES;
  const contents = { uri, mimeType: artifact.mediaType };
  if (!TEXT.test(artifact.mediaType)) return [{ ...contents, blob: base64 }];
  const text = Buffer.from(base64, 'base64').toString('utf8');
  const note = `\n[The first ${MAX_BYTES} of ${artifact.sizeBytes} bytes. cts art get ${artifactId} fetches the whole file.]`;
  return [{ ...contents, text: isCut ? text + note : text }];
}

function refuseUri(uri: string): CtsError {
  return new CtsError(
    'ARTIFACT_NOT_FOUND',
    `${JSON.stringify(uri.slice(0, 200))} is no artifact: they begin with ${PREFIX}`,
    {
      actions: ['List the resources, or take the address from the result of a run.'],
    },
  );
}
