import type { RequestHandlers } from '#protocol';
import { describeLog } from './log-info.ts';
import { readEventLines } from './event-lines.ts';
import type { LogLocator } from './log-source.ts';
import { readPassOptions } from './pass-options.ts';

/** Answers what is asked of logs. */
export function createLogHandlers(logs: LogLocator): Pick<RequestHandlers, 'logs/info' | 'logs/readEvents'> {
  return {
    'logs/info': async (params, context) =>
      describeLog(await logs.locate(params.path), params, readPassOptions(params, context)),
    'logs/readEvents': async (params, context) =>
      readEventLines(await logs.locate(params.path), params, {
        ...readPassOptions(params, context),
        take: (events) => context.notify('logs/eventsRead', events),
      }),
  };
}
