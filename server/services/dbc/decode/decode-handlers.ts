import type { RequestHandlers } from '#protocol';
import { LogWithDatabases, type SignalPorts } from '../signals/log-databases.ts';
import { decodeLog } from './decode-log.ts';
import { decodeText } from './decode-text.ts';

/** Answers what frames mean: those of logs, and those of text that candump wrote. */
export function createDecodeHandlers(
  ports: SignalPorts,
): Pick<RequestHandlers, 'dbc/decode' | 'dbc/decodeText'> {
  return {
    'dbc/decode': async (params, context) =>
      decodeLog(await LogWithDatabases.open(ports, params, context), params, (lines) =>
        context.notify('dbc/framesDecoded', { lines }),
      ),
    'dbc/decodeText': (params, { signal }) => decodeText(ports.chooser, params, signal),
  };
}
