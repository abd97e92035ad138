import { CtsError, type RequestContext } from '#protocol';
import { describeError } from './error-body.ts';
import { readMessage, type RequestId, type RequestMessage } from './rpc-message.ts';

/** Requests of one socket at once. */
const MAX_IN_FLIGHT = 100;
/** JSON-RPC code of a request that its caller took back, as the language server protocol has it. */
const REQUEST_CANCELLED = -32800;

/** What a conversation needs of the rest. */
export interface RpcSessionPorts {
  /** Answers one request; throws CtsError for what is told to callers, anything else is a bug. */
  answer(method: string, params: unknown, context: RequestContext): Promise<unknown>;
  /** Turns whatever was thrown into what callers are told. */
  tellFailure(error: unknown): CtsError;
  /** Sends one message; settled when more may be sent. */
  send(text: string): Promise<void>;
}

/** One conversation in JSON-RPC 2.0: whatever comes, it is answered or passed over, and the next request is answered. */
export class RpcSession {
  readonly #ports: RpcSessionPorts;
  readonly #inFlight = new Map<RequestId, AbortController>();

  constructor(ports: RpcSessionPorts) {
    this.#ports = ports;
  }

  /** Takes one message as it came. */
  take(text: string): void {
    const incoming = readMessage(text);
    if (incoming.kind === 'request') this.#begin(incoming.message);
    else if (incoming.kind === 'cancel') this.#inFlight.get(incoming.id)?.abort();
    else if (incoming.kind === 'refused') void this.#sendError(incoming.id, incoming.error);
  }

  /** Stops all that is still being worked on. */
  close(): void {
    for (const request of this.#inFlight.values()) request.abort();
  }

  #begin(request: RequestMessage): void {
    const { id } = request;
    // Answered without an id: under this one, an answer is awaited already.
    if (this.#inFlight.has(id)) void this.#sendError(null, refuseId(id));
    else if (this.#inFlight.size >= MAX_IN_FLIGHT) void this.#sendError(id, refuseLoad());
    else void this.#work(request);
  }

  /** Never rejects. A request is in flight until its answer is on its way: who does not read cannot ask on and on. */
  async #work({ id, method, params }: RequestMessage): Promise<void> {
    const caller = new AbortController();
    this.#inFlight.set(id, caller);
    const context: RequestContext = {
      signal: caller.signal,
      notify: (name, news) => this.#send({ method: name, params: { requestId: id, ...news } }),
    };
    try {
      const result = await this.#ports.answer(method, params, context);
      await this.#send({ id, result: result ?? null });
    } catch (error) {
      await (caller.signal.aborted ? this.#sendCancelled(id, method) : this.#sendFailure(id, error));
    } finally {
      this.#inFlight.delete(id);
    }
  }

  #sendFailure(id: RequestId, error: unknown): Promise<void> {
    return this.#sendError(id, this.#ports.tellFailure(error));
  }

  #sendError(id: RequestId | null, error: CtsError): Promise<void> {
    const { message, ...data } = describeError(error);
    return this.#send({ id, error: { code: error.traits.rpcCode, message, data } });
  }

  #sendCancelled(id: RequestId, method: string): Promise<void> {
    return this.#send({ id, error: { code: REQUEST_CANCELLED, message: `${method} was cancelled` } });
  }

  #send(message: object): Promise<void> {
    return this.#ports.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }
}

function refuseId(id: RequestId): CtsError {
  return new CtsError(
    'INVALID_REQUEST',
    `A request with the id ${JSON.stringify(id)} is still being answered`,
    {
      actions: ['Give each request an id of its own.'],
    },
  );
}

function refuseLoad(): CtsError {
  return new CtsError(
    'OVERLOADED',
    `${String(MAX_IN_FLIGHT)} requests of this connection are being answered`,
    {
      actions: ['Wait for an answer before asking more.'],
    },
  );
}
