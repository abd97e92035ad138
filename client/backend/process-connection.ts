import type { LogOutputChannel } from 'vscode';
import {
  CancellationTokenSource,
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type Message,
  type MessageTransports,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { CtsError, PROTOCOL_VERSION } from '#protocol';
import { readBackendFacts } from './backend-facts.ts';
import type { BackendConnection, BackendFacts, OnNews, RequestOptions } from './connection.ts';
import { memberOf, messageOf, toCtsError } from './failure.ts';
import { LineSplitter, type LogLine, readLogLine } from './log-line.ts';
import { NewsRouting } from './news-routing.ts';

/** What a backend of our own is started with. */
export interface BackendProcess {
  /** Path of its program. */
  readonly module: string;
  readonly dataFolder: string;
  readonly settings: object;
  readonly log: LogOutputChannel;
  readonly transport: 'ipc' | 'stdio';
}

const START_MS = 30_000;
const STOP_MS = 3000;
/** Whatever a request may be told; others belong to no request. */
const NEWS = [
  'work/progressed',
  'runs/logAppended',
  'runs/changed',
  'sessions/changed',
  'logs/eventsRead',
  'dbc/framesDecoded',
] as const;

/**
 * Starts a backend process and introduces itself.
 *
 * @throws {CtsError} SERVER_NOT_STARTED, CLIENT_TOO_OLD, and what the backend says.
 */
export async function startProcessConnection(process: BackendProcess): Promise<BackendConnection> {
  const conversation = new ProcessConversation(process);
  try {
    return conversation.toConnection(await conversation.start());
  } catch (error) {
    await conversation.close();
    throw error;
  }
}

/** The language client, told of the id of every request that leaves it. */
class BackendClient extends LanguageClient {
  readonly idsOfParams = new WeakMap<object, (id: string | number) => void>();

  protected override async createMessageTransports(encoding: string): Promise<MessageTransports> {
    const transports = await super.createMessageTransports(encoding);
    const { writer } = transports;
    const write = writer.write.bind(writer);
    writer.write = (message) => {
      this.#noteId(message);
      return write(message);
    };
    return transports;
  }

  /** Into the log only: an outage is told once, by whoever holds the backend, and not for every try. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  #noteId(message: Message): void {
    const params = memberOf(message, 'params');
    const id = memberOf(message, 'id');
    if (typeof params !== 'object' || params === null) return;
    if (typeof id === 'string' || typeof id === 'number') this.idsOfParams.get(params)?.(id);
  }
}

class ProcessConversation {
  readonly #client: BackendClient;
  readonly #news = new NewsRouting();
  readonly #closed = Promise.withResolvers<string>();

  constructor(process: BackendProcess) {
    this.#client = new BackendClient('cts', 'CTS', describeServer(process), this.#describeClient(process));
    this.#client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) this.#closed.resolve('its process ended');
    });
    for (const method of NEWS)
      this.#client.onNotification(method, (params: unknown) => {
        this.#news.deliver(method, params);
      });
  }

  /** @throws {CtsError} */
  async start(): Promise<BackendFacts> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(createNotStarted(`it did not answer within ${START_MS / 1000} s`));
    }, START_MS);
    try {
      const ended = this.#closed.promise.then((why) => Promise.reject(createNotStarted(why)));
      await Promise.race([this.#client.start(), late.promise, ended]);
    } catch (error) {
      const failure = toCtsError(error);
      throw failure.code === 'INTERNAL_ERROR' ? createNotStarted(messageOf(error), error) : failure;
    } finally {
      clearTimeout(timer);
    }
    return readBackendFacts(memberOf(this.#client.initializeResult, 'cts'));
  }

  toConnection(facts: BackendFacts): BackendConnection {
    return {
      facts,
      closed: this.#closed.promise,
      request: (method, params, options) => this.#request(method, params, options),
      close: () => this.close(),
    };
  }

  async close(): Promise<void> {
    try {
      await this.#client.dispose(STOP_MS);
    } catch {
      // It is gone, which is what was wanted.
    }
    this.#closed.resolve('it was stopped');
  }

  async #request(method: string, asked: object, options: RequestOptions = {}): Promise<unknown> {
    const { signal, onNews } = options;
    signal?.throwIfAborted();
    // A copy of its own, by which the request is known again when it is written.
    const params = { ...asked };
    const forget = onNews === undefined ? () => undefined : this.#listen(params, onNews);
    const source = new CancellationTokenSource();
    const cancel = (): void => {
      source.cancel();
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#client.sendRequest<unknown>(method, params, source.token);
    } catch (error) {
      signal?.throwIfAborted();
      if (!this.#client.isRunning()) throw new CtsError('SERVER_UNREACHABLE', 'The CTS backend stopped');
      throw toCtsError(error);
    } finally {
      signal?.removeEventListener('abort', cancel);
      source.dispose();
      forget();
    }
  }

  #listen(params: object, onNews: OnNews): () => void {
    let id: string | number | undefined;
    this.#client.idsOfParams.set(params, (given) => {
      id = given;
      this.#news.add(given, onNews);
    });
    return () => {
      if (id !== undefined) this.#news.remove(id);
    };
  }

  #describeClient({ log, dataFolder, settings }: BackendProcess): LanguageClientOptions {
    return {
      documentSelector: [],
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: { protocolVersion: PROTOCOL_VERSION, dataFolder, settings },
      initializationFailedHandler: () => false,
      // Whoever holds this decides about starting again.
      errorHandler: {
        error: () => ({ action: ErrorAction.Shutdown, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
      },
      stdioOptions: {
        stdout: (input) => {
          readLines(input, log);
        },
        stderr: (input) => {
          readLines(input, log);
        },
      },
    };
  }
}

function describeServer({ module, transport }: BackendProcess): ServerOptions {
  return { module, transport: transport === 'ipc' ? TransportKind.ipc : TransportKind.stdio };
}

interface TextStream {
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (piece: string) => void): unknown;
}

function readLines(input: TextStream, log: LogOutputChannel): void {
  const splitter = new LineSplitter();
  input.setEncoding('utf8');
  input.on('data', (piece) => {
    for (const line of splitter.add(piece)) {
      writeLine(readLogLine(line), log);
    }
  });
}

/** What a backend says while the editor closes has nowhere to go any more. */
function writeLine({ level, text }: LogLine, log: LogOutputChannel): void {
  try {
    log[level](text);
  } catch {
    // The channel is closed.
  }
}

function createNotStarted(reason: string, cause?: unknown): CtsError {
  return new CtsError('SERVER_NOT_STARTED', `The CTS backend did not start: ${reason}`, {
    cause,
    actions: ['See its log with the command CTS: Show Backend Log.'],
  });
}
