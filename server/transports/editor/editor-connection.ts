import { createConnection } from 'vscode-languageserver';
import {
  CancellationSenderStrategy,
  type CancellationToken,
  createProtocolConnection,
  type InitializeError,
  type InitializeResult,
  ResponseError,
} from 'vscode-languageserver/node';
import { CtsError, type RequestContext } from '#protocol';
import { describeError } from '../rpc/error-body.ts';
import { type EditorOptions, readEditorOptions } from './editor-options.ts';
import { RequestIds } from './request-ids.ts';
import type { EditorTransport } from './transport.ts';

/** JSON-RPC codes of the language server protocol. */
const REQUEST_CANCELLED = -32800;
const NOT_INITIALIZED = -32002;

/** What a backend says of itself when it has begun. */
export interface BackendFacts {
  readonly protocolVersion: number;
  readonly ctsVersion: string;
  /** Where it answers HTTP as well. */
  readonly httpUrl: string;
  /** Holds the secret that HTTP asks for. */
  readonly tokenFile: string;
  /** Whatever it works without, a sentence each. */
  readonly missing: readonly string[];
}

/** A backend that has begun. */
export interface BegunBackend {
  readonly facts: BackendFacts;
  /** @throws {CtsError} what is told to callers; anything else is a bug. */
  answer(method: string, params: unknown, context: RequestContext): Promise<unknown>;
}

/** What a conversation with an editor needs of the rest. */
export interface EditorPorts {
  /** Begins to work, once; `processId` is the editor's. @throws {CtsError} */
  begin(options: EditorOptions, processId: number | null): Promise<BegunBackend>;
  /** Stops well. */
  end(): Promise<void>;
  /** The conversation is over: the process may go. */
  exit(code: number): void;
  /** Turns whatever was thrown into what callers are told. */
  tellFailure(error: unknown): CtsError;
}

/** One conversation with an editor. */
export interface EditorConnection {
  /** Tells that HTTP answers at another address from now on. */
  tellMoved(httpUrl: string): void;
}

/** Speaks the language server protocol with an editor: its beginning and end, and the requests of the contract. */
export function openEditorConnection(transport: EditorTransport, ports: EditorPorts): EditorConnection {
  const conversation = new EditorConversation(ports);
  const { ids } = conversation;
  const sender = CancellationSenderStrategy.Message;
  const connection = createConnection(
    (logger) =>
      createProtocolConnection(transport.reader, transport.writer, logger, {
        cancellationStrategy: { receiver: ids, sender },
      }),
    {
      shutdownReceived: false,
      initialize: () => undefined,
      exit: (code) => {
        ports.exit(code);
      },
    },
  );
  connection.onInitialize(({ initializationOptions, processId }) =>
    conversation.begin(initializationOptions, processId),
  );
  connection.onShutdown(() => ports.end());
  connection.onRequest((method, params, token) =>
    conversation.answer({ method, params }, token, (name, news) => connection.sendNotification(name, news)),
  );
  connection.listen();
  return {
    tellMoved: (httpUrl) => void connection.sendNotification('cts/moved', { httpUrl }),
  };
}

interface Question {
  readonly method: string;
  readonly params: unknown;
}

type Send = (method: string, params: object) => Promise<void>;

class EditorConversation {
  readonly ids = new RequestIds();
  readonly #ports: EditorPorts;
  #backend: BegunBackend | undefined;
  #isBegun = false;

  constructor(ports: EditorPorts) {
    this.#ports = ports;
  }

  async begin(
    given: unknown,
    processId: number | null,
  ): Promise<(InitializeResult & { readonly cts: BackendFacts }) | ResponseError<InitializeError>> {
    try {
      if (this.#isBegun) throw new CtsError('INVALID_REQUEST', 'The conversation has begun already');
      const options = readEditorOptions(given);
      this.#isBegun = true;
      this.#backend = await this.#ports.begin(options, processId);
      const { facts } = this.#backend;
      return { capabilities: {}, serverInfo: { name: 'cts', version: facts.ctsVersion }, cts: facts };
    } catch (error) {
      return this.#describeFailure(error) as ResponseError<InitializeError>;
    }
  }

  async answer({ method, params }: Question, token: CancellationToken, send: Send): Promise<unknown> {
    const backend = this.#backend;
    if (backend === undefined)
      return new ResponseError(
        NOT_INITIALIZED,
        `Cannot answer ${method} before "initialize" has been answered`,
      );
    const caller = new AbortController();
    const requestId = this.ids.find(token);
    token.onCancellationRequested(() => {
      caller.abort();
    });
    if (token.isCancellationRequested) caller.abort();
    try {
      return await backend.answer(method, params, {
        signal: caller.signal,
        notify: (name, news) => send(name, { requestId, ...news }),
      });
    } catch (error) {
      return caller.signal.aborted
        ? new ResponseError(REQUEST_CANCELLED, `${method} was cancelled`)
        : this.#describeFailure(error);
    }
  }

  #describeFailure(error: unknown): ResponseError<unknown> {
    const failure = this.#ports.tellFailure(error);
    const { message, ...data } = describeError(failure);
    return new ResponseError(failure.traits.rpcCode, message, data);
  }
}
