import { CtsError, type Artifact, type ArtifactBytes, type ReadArtifactParams } from '#protocol';
import type { RunStore } from '../runs/run-store.ts';
import type { ContentStore, OpenContent } from './content-store.ts';

/** What artifacts are made of. */
export interface ArtifactPorts {
  readonly store: RunStore;
  readonly contents: ContentStore;
  /** Base64 of some bytes. */
  readonly encodeBase64: (bytes: Uint8Array) => string;
}

/** Tells of artifacts and opens them, always by id: no path of a client leads to a file. */
export class ArtifactService {
  readonly #ports: ArtifactPorts;

  constructor(ports: ArtifactPorts) {
    this.#ports = ports;
  }

  /** What a run left, in the order it was made. */
  async list(runId: string): Promise<readonly Artifact[]> {
    const { store } = this.#ports;
    if ((await store.get(runId)) !== undefined) return store.listArtifacts(runId);
    throw new CtsError('RUN_NOT_FOUND', `No run with id ${runId}`, {
      details: { run_id: runId },
      actions: ['List the runs: cts runs list'],
    });
  }

  async get(artifactId: string): Promise<Artifact> {
    const artifact = await this.#ports.store.getArtifact(artifactId);
    if (artifact !== undefined) return artifact;
    throw new CtsError('ARTIFACT_NOT_FOUND', `No artifact with id ${artifactId}`, {
      details: { artifact_id: artifactId },
      actions: ['List what a run left: cts art list RUN'],
    });
  }

  /**
   * Opens an artifact; whoever asks closes its content.
   *
   * @throws {CtsError} ARTIFACT_NOT_FOUND; ARTIFACT_LOST when its bytes are gone.
   */
  async open(artifactId: string): Promise<{ readonly artifact: Artifact; readonly content: OpenContent }> {
    const artifact = await this.get(artifactId);
    return { artifact, content: await this.#ports.contents.open(artifact) };
  }

  /** Reads a piece of an artifact; behind its end there are no bytes. */
  async read({ artifactId, offset, length }: ReadArtifactParams): Promise<ArtifactBytes> {
    const { artifact, content } = await this.open(artifactId);
    try {
      const range = {
        start: Math.min(offset, artifact.sizeBytes),
        end: Math.min(offset + length, artifact.sizeBytes),
      };
      const pieces: Uint8Array[] = [];
      if (range.start < range.end) for await (const piece of content.read(range)) pieces.push(piece);
      return { base64: this.#ports.encodeBase64(joinPieces(pieces)), offset, sizeBytes: artifact.sizeBytes };
    } finally {
      await content.close();
    }
  }
}

function joinPieces(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((bytes, piece) => bytes + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
