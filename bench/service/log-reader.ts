import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineLedger } from './line-ledger.ts';
import { readSharedClock } from './said-line.ts';

/** How a reader behaves. */
export interface ReaderHabits {
  /** Time that it rests after every piece; 0: it takes what comes. */
  readonly pauseMs: number;
  /** It breaks the connection off after so many lines, and takes it up again; 0: never. */
  readonly reconnectEvery: number;
  /** Time before it comes. */
  readonly comesAfterMs?: number;
}

/** What a reader had in the end. */
export interface ReaderResult {
  readonly ledger: LineLedger;
  readonly reconnects: number;
  /** How often it was told to come again later. */
  readonly refusals: number;
  /** When it was done, on the shared clock. */
  readonly doneMs: number;
}

/** Most connections of one reader that may end without an end of the log. */
const MAX_CONNECTIONS = 1000;
/** After so long a reader comes again that was refused because of overload. */
const COMES_AGAIN_MS = 500;
/** Told by a service that has too much to do, or that had no time to read the request. */
const LATER = [408, 503];

/** Reads the log of a run to its end, as a client of server-sent events does. */
export async function readLog(url: string, habits: ReaderHabits): Promise<ReaderResult> {
  const ledger = new LineLedger();
  const count = { connections: 0, refusals: 0 };
  await sleep(habits.comesAfterMs ?? 0);
  while (!ledger.hasEnded && count.connections + count.refusals < MAX_CONNECTIONS) {
    const response = await connect(url, ledger.lastSequence);
    if (response === undefined) {
      count.refusals++;
      await sleep(COMES_AGAIN_MS);
      continue;
    }
    count.connections++;
    await readConnection(response, ledger, habits);
    ledger.breakOff();
  }
  const { connections, refusals } = count;
  return { ledger, reconnects: connections - 1, refusals, doneMs: readSharedClock() };
}

/** Undefined when the service asks to come again later. */
async function connect(url: string, lastSequence: number): Promise<IncomingMessage | undefined> {
  const headers = {
    accept: 'text/event-stream',
    ...(lastSequence > 0 && { 'last-event-id': String(lastSequence) }),
  };
  const [response] = (await once(get(url, { agent: false, headers }), 'response')) as [IncomingMessage];
  const { statusCode = 0 } = response;
  if (statusCode === 200) return response;
  response.resume();
  if (LATER.includes(statusCode)) return undefined;
  throw new Error(`GET ${url} was answered with ${statusCode}`);
}

/** Ends with the connection, or breaks it off itself. */
async function readConnection(
  response: IncomingMessage,
  ledger: LineLedger,
  { pauseMs, reconnectEvery }: ReaderHabits,
): Promise<void> {
  const linesBefore = ledger.lines;
  response.setEncoding('utf8');
  for await (const text of response as AsyncIterable<string>) {
    ledger.take(text, readSharedClock());
    if (reconnectEvery > 0 && ledger.lines - linesBefore >= reconnectEvery && !ledger.hasEnded) break;
    if (pauseMs > 0) await sleep(pauseMs);
  }
}
