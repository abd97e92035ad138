import type { LogReading, RequestContext, RequestHandlers } from '#protocol';
import { describeLog } from './log-info.ts';
import { readEventLines } from './event-lines.ts';
import type { LogPassOptions } from './log-pass.ts';
import type { LogLocator } from './log-source.ts';

/** Answers what is asked of logs. */
export function createLogHandlers(logs: LogLocator): Pick<RequestHandlers, 'logs/info' | 'logs/readEvents'> {
  return {
    'logs/info': async (params, context) =>
      describeLog(await logs.locate(params.path), params, passOptionsOf(params, context)),
    'logs/readEvents': async (params, context) =>
      readEventLines(await logs.locate(params.path), params, {
        ...passOptionsOf(params, context),
        take: (events) => context.notify('logs/eventsRead', events),
      }),
  };
}

function passOptionsOf(
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
