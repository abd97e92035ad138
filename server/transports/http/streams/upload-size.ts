import type { FastifyRequest } from 'fastify';
import { CtsError, type Upload } from '#protocol';

/** How much of an upload there may be. */
export interface UploadRoom {
  readonly upload: Pick<Upload, 'filename' | 'sizeBytes'>;
  /** Where the bytes of the request begin. */
  readonly offset: number;
  readonly maxUploadBytes: number;
}

/**
 * Refuses by its declared length, before anything is read, what would be too large.
 *
 * @throws {CtsError} UPLOAD_TOO_LARGE
 */
export function checkDeclaredLength(
  request: FastifyRequest,
  { upload, offset, maxUploadBytes }: UploadRoom,
): void {
  const most = Math.min(upload.sizeBytes ?? Infinity, maxUploadBytes);
  const end = offset + Number(request.headers['content-length'] ?? 0);
  if (end <= most) return;
  const expected =
    most === upload.sizeBytes ? `${String(most)} were declared` : `at most ${String(most)} are allowed`;
  throw new CtsError(
    'UPLOAD_TOO_LARGE',
    `Cannot take ${upload.filename}: it would have ${String(end)} bytes, ${expected}`,
    { details: { sizeBytes: end, limitBytes: most } },
  );
}
