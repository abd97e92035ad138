import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { CtsError, type ReadEventsParams } from '#protocol';
import type { HttpClient } from '../http/http-client.ts';
import { readPieces } from '../http/http-request.ts';
import type { EventsEnd, LogHandlers } from '../request.ts';

const LINES_AT_ONCE = 256;

/** A log may take long before the first event that is asked for. */
const READING_IDLE_MS = 600_000;

/** Reads logs that lie where a service is. */
export function createRemoteLogs(http: HttpClient): LogHandlers {
  return {
    'logs/info': ({ path, schema, maxBytes, resync }) =>
      http.ask('GET /v1/logs/info', {
        query: { path, schema, max_bytes: maxBytes, resync },
        idleMs: READING_IDLE_MS,
      }),
    'logs/readEvents': (params, { notify }) =>
      readEvents(http, params, (lines) => notify('logs/eventsRead', { lines })),
  };
}

async function readEvents(
  http: HttpClient,
  params: ReadEventsParams,
  deliver: (lines: readonly string[]) => void | Promise<void>,
): Promise<EventsEnd> {
  const response = await http.open('GET /v1/logs/events', {
    query: {
      path: params.path,
      schema: params.schema,
      max_bytes: params.maxBytes,
      resync: params.resync,
      service: params.services,
      from: params.fromSeconds,
      to: params.toSeconds,
      limit: params.limit,
    },
    headers: { accept: 'application/x-ndjson' },
    idleMs: READING_IDLE_MS,
  });
  const input = Readable.from(readPieces(response, http.signal));
  let waiting: string[] = [];
  let delivered = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const failure = readTrailingFailure(line);
    if (failure === undefined) waiting.push(line);
    if (waiting.length < LINES_AT_ONCE && failure === undefined) continue;
    delivered += waiting.length;
    await deliver(waiting);
    waiting = [];
    if (failure !== undefined) throw failure;
  }
  if (waiting.length > 0) await deliver(waiting);
  return { delivered: delivered + waiting.length, report: null };
}

/** Where reading fails after the first event, the last line tells why. No event begins like that. */
function readTrailingFailure(line: string): CtsError | undefined {
  if (!line.startsWith('{"error":')) return undefined;
  const { error } = JSON.parse(line) as { error?: { message?: string } };
  return new CtsError('INTERNAL_ERROR', `The service broke off: ${error?.message ?? 'it does not say why'}`);
}
