import type { RequestHandlers } from '#protocol';
import { FileLogLocator } from './adapters/files/log-locator.ts';
import { createLogHandlers } from './services/logs/log-requests.ts';

/** Joins the reading of logs to the files of this machine: what `cts info` and `cts events` do without a service. */
export function createEngine(): Pick<RequestHandlers, 'logs/info' | 'logs/readEvents'> {
  return createLogHandlers(new FileLogLocator());
}
