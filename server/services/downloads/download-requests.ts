import type { RequestHandlers } from '#protocol';
import type { DownloadService } from './download-service.ts';

/** Answers what is asked of downloads. */
export function createDownloadHandlers(
  downloads: DownloadService,
): Pick<RequestHandlers, 'downloads/start' | 'downloads/list' | 'downloads/get' | 'downloads/cancel'> {
  return {
    'downloads/start': (params) => downloads.start(params),
    'downloads/list': () => downloads.list(),
    'downloads/get': ({ downloadId }) => downloads.get(downloadId),
    'downloads/cancel': ({ downloadId }) => downloads.cancel(downloadId),
  };
}
