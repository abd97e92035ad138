import type { Artifact, RequestHandlers, Upload } from '#protocol';
import type { OpenContent } from '../../../services/artifacts/content-store.ts';

/** Gives the bytes of artifacts. */
export interface ArtifactContents {
  /**
   * Whoever asks closes the content.
   *
   * @throws {CtsError} ARTIFACT_NOT_FOUND, ARTIFACT_LOST.
   */
  open(artifactId: string): Promise<{ readonly artifact: Artifact; readonly content: OpenContent }>;
}

/** Takes the bytes of uploads. */
export interface UploadContents {
  /**
   * Writes bytes; what came before the sender failed, or before `signal` stopped it, stays. Never called while an
   * earlier call for the same upload is not settled.
   *
   * @returns The upload then, with the bytes that have come; settled when they are on disk.
   * @throws {CtsError} UPLOAD_NOT_FOUND; UPLOAD_TOO_LARGE when there are more than declared or allowed;
   * UPLOAD_MISMATCH when `offset` is neither 0 nor where the bytes end that are there; DISK_FULL. What `bytes` throws
   * is passed on.
   */
  write(
    uploadId: string,
    bytes: AsyncIterable<Uint8Array>,
    options: {
      /** 0 begins anew, whatever came before. */
      readonly offset: number;
      readonly signal: AbortSignal;
    },
  ): Promise<Upload>;
}

/** What bounds the streams. */
export interface StreamLimits {
  readonly maxUploadBytes: number;
  /** An idle stream of a log says that it is alive after so long. */
  readonly heartbeatMs: number;
  /** A sender of whom nothing came for so long is given up; what came stays. */
  readonly uploadIdleMs: number;
}

/** What the streaming routes need: everything else goes through the same handlers as every other request. */
export interface StreamPorts {
  readonly handlers: RequestHandlers;
  readonly artifactContents: ArtifactContents;
  readonly uploadContents: UploadContents;
  readonly limits: StreamLimits;
}
