import { Agent, request } from 'node:http';

/** An answer of the service. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A client with a number of connections that it keeps. */
export class HttpSession {
  readonly #base: string;
  readonly #agent: Agent;

  constructor(base: string, connections: number) {
    this.#base = base;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Asks, and reads the whole answer. Anything but success is an error: the bench measures no failures. */
  async ask(verb: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const answer = await this.send(verb, path, body);
    if (answer.status >= 300)
      throw new Error(`${verb} ${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
    return answer;
  }

  async askJson(verb: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    return JSON.parse((await this.ask(verb, path, body)).text);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Asks, and takes any answer. */
  send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = payload === undefined ? {} : { 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.#base}${path}`, { method, headers, agent: this.#agent }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() });
        });
      });
      sent.on('error', reject);
      sent.end(payload);
    });
  }
}
