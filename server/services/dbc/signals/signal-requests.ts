import type { RequestHandlers } from '#protocol';
import { LogWithDatabases, type SignalPorts } from './log-databases.ts';
import { listLogMessages } from './log-messages.ts';
import { listSignals } from './signal-search.ts';
import { readSignalSeries } from './signal-series.ts';
import { readSignalValues } from './signal-values.ts';

/** Answers what is asked of the messages and signals of a log. */
export function createSignalHandlers(
  ports: SignalPorts,
): Pick<RequestHandlers, 'dbc/messages' | 'dbc/signals' | 'dbc/series' | 'dbc/values'> {
  return {
    'dbc/messages': async (params, context) =>
      listLogMessages(await LogWithDatabases.open(ports, params, context)),
    'dbc/signals': async (params, context) => {
      const { databases } = await LogWithDatabases.open(ports, params, context);
      return listSignals(databases, params);
    },
    'dbc/series': async (params, context) =>
      readSignalSeries(await LogWithDatabases.open(ports, params, context), params),
    'dbc/values': async (params, context) =>
      readSignalValues(await LogWithDatabases.open(ports, params, context), params),
  };
}
