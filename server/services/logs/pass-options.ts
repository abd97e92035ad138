import type { LogReading, RequestContext } from '#protocol';
import type { LogPassOptions } from './log-pass.ts';

/** How a log is walked for a request: as it asks, until it is aborted, its progress told. */
export function readPassOptions(
  { maxBytes, resync = true }: LogReading,
  { signal, notify }: RequestContext,
): LogPassOptions {
  return {
    ...(maxBytes !== undefined && { maxBytes }),
    stopAtGarbage: !resync,
    signal,
    onProgress: (progress) => notify('work/progressed', progress),
  };
}
