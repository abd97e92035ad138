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
}

/** What a reader had in the end. */
export interface ReaderResult {
  readonly ledger: LineLedger;
  readonly reconnects: number;
  /** When it was done, on the shared clock. */
  readonly doneMs: number;
}

/** Most connections of one reader that may end without an end of the log. */
const MAX_CONNECTIONS = 1000;

/** Reads the log of a run to its end, as a client of server-sent events does. */
export async function readLog(url: string, habits: ReaderHabits): Promise<ReaderResult> {
  const ledger = new LineLedger();
  let connections = 0;
  while (!ledger.hasEnded && connections < MAX_CONNECTIONS) {
    connections++;
    await readConnection(await connect(url, ledger.lastSequence), ledger, habits);
    ledger.breakOff();
  }
  return { ledger, reconnects: connections - 1, doneMs: readSharedClock() };
}

async function connect(url: string, lastSequence: number): Promise<IncomingMessage> {
  const headers = {
    accept: 'text/event-stream',
    ...(lastSequence > 0 && { 'last-event-id': String(lastSequence) }),
  };
  const [response] = (await once(get(url, { agent: false, headers }), 'response')) as [IncomingMessage];
  if (response.statusCode === 200) return response;
  response.resume();
  throw new Error(`GET ${url} was answered with ${response.statusCode}`);
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
