import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { HttpSession } from './http-session.ts';

/** How a service is started. */
export interface ServiceStart {
  readonly program: string;
  readonly dataFolder: string;
  /** Variables besides those that every program needs. */
  readonly environment?: Readonly<Record<string, string>>;
}

const LISTENING = /CTS listens on (http:[^\s"]+)/;
/** A service that is told twice to stop does not wait for its runs. */
const PATIENCE_MS = 2000;
const LAST_PATIENCE_MS = 10_000;

/** A service in a process of its own. */
export class ServiceProcess {
  readonly url: string;
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.url = url;
  }

  /** Starts a service; settled when it has answered for the first time. */
  static async start({ program, dataFolder, environment = {} }: ServiceStart): Promise<ServiceProcess> {
    const child = spawn(process.execPath, [program, '--port', '0', '--data-dir', dataFolder], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...cleanEnvironment(), ...environment },
    });
    const service = new ServiceProcess(child, await findUrl(child));
    const session = new HttpSession(service.url, 1);
    await session.ask('GET', '/v1/health/live');
    session.close();
    return service;
  }

  /** Stops it and what it started, by signals to itself only. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const again = setTimeout(() => this.#child.kill('SIGTERM'), PATIENCE_MS);
    const last = setTimeout(() => this.#child.kill('SIGKILL'), LAST_PATIENCE_MS);
    await ended;
    clearTimeout(again);
    clearTimeout(last);
  }
}

/** Starts a service, and stops it whatever becomes of the work with it. */
export async function withService<T>(
  start: ServiceStart,
  work: (service: ServiceProcess) => Promise<T>,
): Promise<T> {
  const service = await ServiceProcess.start(start);
  try {
    return await work(service);
  } finally {
    await service.stop();
  }
}

/** The environment without settings of CTS that somebody may have. */
export function cleanEnvironment(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CTS_')));
}

/** Reads what the service says until it says where it listens; what follows is thrown away. */
async function findUrl({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error('The service has no stderr');
  const said: string[] = [];
  for await (const line of createInterface({ input: stderr })) {
    said.push(line);
    const url = LISTENING.exec(line)?.[1];
    if (url === undefined) continue;
    showComplaints(stderr);
    return url;
  }
  throw new Error(`The service ended before it listened:\n${said.join('\n')}`);
}

/** What goes wrong inside of a service that is measured must be seen. */
function showComplaints(stderr: Readable): void {
  stderr.setEncoding('utf8');
  stderr.on('data', (text: string) => {
    if (/"ERROR"|^\S*Error|FATAL/m.test(text)) process.stderr.write(`bench: the service says: ${text}`);
  });
}
