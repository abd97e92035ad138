import * as z from 'zod';
import type { HttpSession } from './http-session.ts';
import { readSaidLine, type SaidLine } from './said-line.ts';

const startedRun = z.object({ id: z.string() });
const endedRun = z.object({
  status: z.string(),
  error: z.string().nullable(),
  artifacts: z.array(z.string()),
});
const logPage = z.object({ logs: z.array(z.object({ message: z.string() })) });

/** Asks for runs, and waits for them, as clients do. */
export class BenchRuns {
  readonly #session: HttpSession;

  constructor(session: HttpSession) {
    this.#session = session;
  }

  /** Returns the id of the run. */
  async start(body: Readonly<Record<string, unknown>>): Promise<string> {
    return startedRun.parse(await this.#session.askJson('POST', '/v1/runs', body)).id;
  }

  /** Follows the log of a run to its end, and returns the ids of its artifacts. */
  async waitFor(id: string): Promise<readonly string[]> {
    await this.#session.ask('GET', `/v1/runs/${id}/logs`);
    const { status, error, artifacts } = endedRun.parse(await this.#session.askJson('GET', `/v1/runs/${id}`));
    if (status !== 'completed') throw new Error(`Run ${id} is ${status}: ${error ?? ''}`);
    return artifacts;
  }

  async complete(body: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
    return this.waitFor(await this.start(body));
  }

  /** All lines of a log, as far as it has come. */
  async readLog(id: string): Promise<readonly string[]> {
    const page = await this.#session.askJson('GET', `/v1/runs/${id}/logs/list?limit=10000`);
    return logPage.parse(page).logs.map(({ message }) => message);
  }

  async readSaidLines(id: string): Promise<readonly SaidLine[]> {
    return (await this.readLog(id)).flatMap((message) => readSaidLine(message) ?? []);
  }
}

/** The request for a run that turns a log into CSV. */
export function csvRun(path: string): Readonly<Record<string, unknown>> {
  return { tool_id: 'rlog-to-csv', input: { type: 'path', value: path } };
}

/** The request for a run that says lines. */
export function chatterRun(params: {
  readonly lines: number;
  readonly every_ms?: number;
  readonly lead_ms?: number;
}): Readonly<Record<string, unknown>> {
  return { tool_id: 'chatter', params };
}
