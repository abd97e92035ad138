import { CtsError, type Upload } from '#protocol';
import type { ReceiveOptions, StreamPorts } from '../http-ports.ts';

/**
 * Writes bytes of an upload.
 *
 * @throws {CtsError} What `UploadBytes` throws; UPLOAD_IN_USE when another request took over, SHUTTING_DOWN.
 */
export async function receiveBytes(
  { uploads, closing }: Pick<StreamPorts, 'uploads' | 'closing'>,
  uploadId: string,
  { bytes, ...options }: ReceiveOptions & { readonly bytes: AsyncIterable<Uint8Array> },
): Promise<Upload> {
  try {
    return await uploads.receive(uploadId, bytes, options);
  } catch (error) {
    if (!isAbort(error)) throw error;
    if (closing.aborted)
      throw new CtsError('SHUTTING_DOWN', 'The service is closing: what came of the upload stays');
    throw new CtsError(
      'UPLOAD_IN_USE',
      `Upload ${uploadId} is sent by another request now: this one was stopped`,
      {
        details: { upload_id: uploadId },
      },
    );
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
