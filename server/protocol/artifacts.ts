import * as z from 'zod';
import type { Wire } from './wire.ts';

/** A file that a run left. */
export const Artifact = z
  .strictObject({
    id: z.string(),
    runId: z.string(),
    name: z.string().describe('Plain file name'),
    mediaType: z.string(),
    sizeBytes: z.number(),
    sha256: z.string().describe('Hexadecimal'),
    rows: z.number().nullable().describe('Rows of a table; null for what is none'),
    createdAt: z.string().describe('RFC 3339, UTC'),
  })
  .meta({ id: 'Artifact' });

/** A file that a run left. */
export type Artifact = Wire<typeof Artifact>;

/** Names one artifact. */
export const ArtifactQuery = z
  .strictObject({ artifactId: z.string().min(1).max(100) })
  .meta({ id: 'ArtifactQuery' });

/** Names one artifact. */
export type ArtifactQuery = Wire<typeof ArtifactQuery>;

/** Which bytes `artifacts/read` is asked for. */
export const ReadArtifactParams = z
  .strictObject({
    artifactId: z.string().min(1).max(100),
    offset: z.int().min(0).default(0),
    length: z.int().min(1).max(1_048_576).default(65_536),
  })
  .meta({ id: 'ReadArtifactParams' });

/** Which bytes `artifacts/read` is asked for. */
export type ReadArtifactParams = Wire<typeof ReadArtifactParams>;

/** Bytes of an artifact. */
export const ArtifactBytes = z
  .strictObject({
    base64: z.string(),
    offset: z.int(),
    sizeBytes: z.number().describe('Of the whole artifact'),
  })
  .meta({ id: 'ArtifactBytes' });

/** Bytes of an artifact. */
export type ArtifactBytes = Wire<typeof ArtifactBytes>;
