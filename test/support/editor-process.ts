import { type ChildProcess, fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { onTestFinished } from 'vitest';
import { waitUntil } from './processes.ts';
import { repository } from './repository.ts';

/** The backend of editors as the extension has it; `npm test` builds it. */
const BACKEND_PROGRAM = join(repository, 'dist/server.cjs');

/** How a backend is started. */
export interface EditorProcessOptions {
  readonly dataFolder: string;
  readonly transport?: 'ipc' | 'stdio';
  readonly settings?: object;
  /** That of another place, where native modules may be missing. */
  readonly program?: string;
}

/** What a backend says of itself. */
export interface ToldFacts {
  readonly protocolVersion: number;
  readonly ctsVersion: string;
  readonly httpUrl: string;
  readonly tokenFile: string;
  readonly missing: readonly string[];
}

/** A backend of an editor, with the connection that an editor has. */
export class EditorProcess {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly news: (readonly [method: string, params: unknown])[] = [];
  readonly #options: EditorProcessOptions;
  #log = '';

  constructor(options: EditorProcessOptions) {
    this.#options = options;
    this.child = startBackend(options);
    this.child.stderr?.on('data', (piece: Buffer) => (this.#log += piece.toString()));
    this.connection = connect(this.child, options.transport);
    this.connection.onNotification(
      (method: string, params: unknown) => void this.news.push([method, params]),
    );
    this.connection.listen();
    onTestFinished(() => void this.child.kill('SIGKILL'));
  }

  /** Starts a backend that has answered "initialize". */
  static async start(options: EditorProcessOptions): Promise<EditorProcess & { readonly facts: ToldFacts }> {
    const backend = new EditorProcess(options);
    return Object.assign(backend, { facts: await backend.initialize() });
  }

  /** What it has written to stderr. */
  get log(): string {
    return this.#log;
  }

  get hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async initialize(options: object = {}): Promise<ToldFacts> {
    const { dataFolder, settings = {} } = this.#options;
    const params = { processId: process.pid, capabilities: {}, rootUri: null };
    const initializationOptions = { protocolVersion: 1, dataFolder, settings, ...options };
    const told = await this.ask<{ readonly cts: ToldFacts }>('initialize', {
      ...params,
      initializationOptions,
    });
    return told.cts;
  }

  ask<Answer>(method: string, params: object = {}): Promise<Answer> {
    return this.connection.sendRequest<Answer>(method, params);
  }

  /** Has it end as an editor does that is closed. */
  async leave(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await waitUntil(() => this.hasExited);
    return this.child.exitCode;
  }
}

function startBackend({ transport = 'ipc', program = BACKEND_PROGRAM }: EditorProcessOptions): ChildProcess {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CTS_'));
  const env = Object.fromEntries(own);
  const args = [`--clientProcessId=${String(process.pid)}`];
  if (transport === 'ipc')
    return fork(program, ['--node-ipc', ...args], {
      env,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
  return spawn(process.execPath, [program, '--stdio', ...args], { env });
}

function connect(child: ChildProcess, transport: EditorProcessOptions['transport']): MessageConnection {
  if (transport !== 'stdio')
    return createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  if (child.stdout === null || child.stdin === null) throw new Error('The backend has no streams');
  return createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
}
