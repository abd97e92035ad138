import { setTimeout as sleep } from 'node:timers/promises';
import { CtsError, type RunLogBody } from '#protocol';
import { type HttpClient, toUnreachable } from '../http/http-client.ts';
import { ConnectionLost } from '../http/http-request.ts';
import { makeHarmless } from '../render/harmless-text.ts';
import { chooseDelayMs, MAX_ATTEMPTS } from '../http/retry.ts';

/** One line that a run said. */
export type LogLine = RunLogBody['logs'][number];

/** Longest silence of a log that is followed: the service's heartbeats come much more often. */
const FOLLOW_IDLE_MS = 90_000;
const PAGE_LINES = 1000;

/** Reads what a run has said so far. */
export async function* readRunLog(http: HttpClient, runId: string): AsyncGenerator<LogLine> {
  let after = 0;
  for (;;) {
    const query = { after, limit: PAGE_LINES };
    const { logs, has_more } = await http.ask('GET /v1/runs/{id}/logs/list', { id: runId, query });
    yield* logs;
    after = logs.at(-1)?.sequence ?? after;
    if (!has_more || logs.length === 0) return;
  }
}

/**
 * Reads what a run says until it ends, each line once. Where the connection breaks, reading goes on behind the last
 * line.
 */
export async function* followRunLog(http: HttpClient, runId: string): AsyncGenerator<LogLine> {
  let last = 0;
  let failures = 0;
  for (;;) {
    try {
      for await (const line of readConnection(http, runId, last)) {
        if (line === 'end') return;
        if (line.sequence <= last) continue;
        last = line.sequence;
        failures = 0;
        yield line;
      }
      failures++;
      if (failures >= MAX_ATTEMPTS) return;
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      if (++failures >= MAX_ATTEMPTS) throw toUnreachable(http.base, error);
    }
    await sleep(chooseDelayMs(failures), undefined, { signal: http.signal });
  }
}

async function* readConnection(
  http: HttpClient,
  runId: string,
  last: number,
): AsyncGenerator<LogLine | 'end'> {
  const { readServerSentEvents } = await import('../http/event-stream.ts');
  const response = await http.open('GET /v1/runs/{id}/logs', {
    id: runId,
    idleMs: FOLLOW_IDLE_MS,
    headers: { accept: 'text/event-stream', ...(last > 0 && { 'last-event-id': String(last) }) },
  });
  try {
    for await (const { event, data, id } of readServerSentEvents(response, http.signal)) {
      if (event === 'end' || data === '[DONE]') yield 'end';
      else if (event === 'error') throw readFailure(data);
      else if (isLineEvent(event)) yield* parseLine(data, Number(id ?? last + 1));
    }
  } finally {
    response.destroy();
  }
}

function isLineEvent(event: string | undefined): boolean {
  return event === undefined || event === 'message' || event === 'log';
}

/** Why the service breaks the log off. */
function readFailure(data: string): CtsError {
  const [line] = parseLine(data, 0);
  return new CtsError(
    'INTERNAL_ERROR',
    `The service broke the log off: ${line?.message ?? 'it does not say why'}`,
  );
}

/** What is no line is left out, as the heartbeats of CTS-Lite are. */
function* parseLine(data: string, sequence: number): Generator<LogLine> {
  let line: unknown;
  try {
    line = JSON.parse(data);
  } catch {
    return;
  }
  if (typeof line !== 'object' || line === null || !('message' in line)) return;
  yield { sequence, timestamp: '', level: 'INFO', source: 'tool', ...line } as LogLine;
}

/** `[2025-01-01T00:00:00Z] INFO: Starting` */
export function formatLogLine({ timestamp, level, message }: LogLine): string {
  const time = timestamp === '' ? '' : `[${timestamp}] `;
  return makeHarmless(`${time}${level}: ${message}`);
}
