import { type Artifact, CtsError } from '#protocol';
import type { Backend } from '../backend/backend.ts';

/** Most bytes that one answer carries. */
const PIECE_BYTES = 1_048_576;
/** What an editor is handed at most; larger files are saved and opened from there. */
const MOST_SHOWN_BYTES = 64 * 1024 * 1024;

type ArtifactSize = Pick<Artifact, 'id' | 'name' | 'sizeBytes'>;

/** Reads a file of a run piece by piece. @throws {CtsError} ARTIFACT_NOT_FOUND, ARTIFACT_LOST and others. */
export async function* readPieces(
  backend: Pick<Backend, 'request'>,
  artifact: ArtifactSize,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let offset = 0; offset < artifact.sizeBytes;) {
    const params = { artifactId: artifact.id, offset, length: PIECE_BYTES };
    const { base64 } = await backend.request('artifacts/read', params, { signal });
    const piece = Buffer.from(base64, 'base64');
    if (piece.length === 0)
      throw new CtsError(
        'ARTIFACT_LOST',
        `${artifact.name} ends after ${offset} of ${artifact.sizeBytes} bytes`,
      );
    offset += piece.length;
    yield piece;
  }
}

/** Reads a file of a run as a whole. @throws {CtsError} FILE_TOO_LARGE beyond what an editor is handed. */
export async function readWhole(
  backend: Pick<Backend, 'request'>,
  artifact: ArtifactSize,
  mostBytes = MOST_SHOWN_BYTES,
): Promise<Uint8Array> {
  if (artifact.sizeBytes > mostBytes)
    throw new CtsError(
      'FILE_TOO_LARGE',
      `${artifact.name} has ${artifact.sizeBytes} bytes, too many for an editor`,
      {
        actions: ['Save it with Save Artifact As…, then open it with a program for large files.'],
      },
    );
  const whole = new Uint8Array(artifact.sizeBytes);
  let offset = 0;
  for await (const piece of readPieces(backend, artifact)) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
