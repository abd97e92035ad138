import { setImmediate as turn } from 'node:timers/promises';
import type { BackendConnection, RequestOptions } from '../../client/backend/connection.ts';

/** A request as a fake backend was asked it. */
export interface Asked {
  readonly method: string;
  readonly params: object;
  readonly options: RequestOptions;
}

/** A conversation whose other side is the test. */
export class FakeConnection implements BackendConnection {
  readonly facts = { protocolVersion: 1, ctsVersion: '0.1.0', httpUrl: null, missing: [] };
  readonly asked: Asked[] = [];
  readonly #end = Promise.withResolvers<string>();
  readonly closed = this.#end.promise;
  isClosed = false;
  #answer: (asked: Asked) => unknown;

  constructor(answer: (asked: Asked) => unknown = ({ method }) => method) {
    this.#answer = answer;
  }

  async request(method: string, params: object, options: RequestOptions = {}): Promise<unknown> {
    const asked = { method, params, options };
    this.asked.push(asked);
    return this.#answer(asked);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.#end.resolve('it was closed');
  }

  /** As a process that ends by itself. */
  die(why: string): void {
    this.#end.resolve(why);
  }
}

/** Lets everything happen that waits for nothing but promises. */
export async function settle(): Promise<void> {
  for (let count = 0; count < 5; count++) await turn();
}
