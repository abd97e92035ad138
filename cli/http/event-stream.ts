import type { IncomingMessage } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { readPieces } from './http-request.ts';

/** Most characters of one event. */
const MAX_EVENT_CHARACTERS = 16 * 1024 * 1024;

/** Reads server-sent events as they come; heartbeats are left out. */
export async function* readServerSentEvents(
  response: IncomingMessage,
  signal: AbortSignal,
): AsyncGenerator<EventSourceMessage> {
  const events: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (event) => events.push(event),
    maxBufferSize: MAX_EVENT_CHARACTERS,
  });
  const decoder = new TextDecoder();
  for await (const piece of readPieces(response, signal)) {
    parser.feed(decoder.decode(piece, { stream: true }));
    yield* events.splice(0);
  }
}
