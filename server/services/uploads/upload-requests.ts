import type { RequestHandlers } from '#protocol';
import type { UploadService } from './upload-service.ts';

/** Answers what is asked of uploads. */
export function createUploadHandlers(
  uploads: UploadService,
): Pick<RequestHandlers, Extract<keyof RequestHandlers, `uploads/${string}`>> {
  return {
    'uploads/create': (params) => uploads.create(params),
    'uploads/list': () => uploads.list(),
    'uploads/get': ({ uploadId }) => uploads.get(uploadId),
    'uploads/finalize': ({ uploadId }) => uploads.finalize(uploadId),
    'uploads/delete': ({ uploadId }) => uploads.delete(uploadId),
  };
}
