import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InstalledHost } from './installed-host.ts';
import { makeServerEnvironment } from './server-environment.ts';
import { QUIET_SETTINGS } from './workbench-settings.ts';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 2000;

/** What a server is started with. */
export interface EditorServerOptions {
  readonly host: InstalledHost;
  /** Everything it writes lies below; may be used again by a later server. */
  readonly folder: string;
  /** A free one unless named. */
  readonly port?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Honours `payload` in the address, which runs tests in the extension host; silences notifications. */
  readonly withTestDriver?: boolean;
  /** Asks whether folders are trusted, as for users; tests trust everything. */
  readonly withWorkspaceTrust?: boolean;
}

/** A running VS Code server. */
export interface EditorServer {
  readonly port: number;
  readonly pid: number;
  /** Logs of the server, the extension hosts and the extensions. */
  readonly logsFolder: string;
  /** Where extensions keep what is theirs. */
  readonly userFolder: string;
  stop(): Promise<void>;
}

/** Where a server in `folder` has its extensions. */
export function extensionsFolderOf(folder: string): string {
  return join(folder, 'extensions');
}

/** Where a server in `folder` has its users' home. */
export function homeFolderOf(folder: string): string {
  return join(folder, 'home');
}

/** Where a server in `folder` has its data. */
export function dataFolderOf(folder: string): string {
  return join(folder, 'server');
}

/** Starts a VS Code server on this machine. */
export async function startEditorServer(options: EditorServerOptions): Promise<EditorServer> {
  const { host, folder, environment } = options;
  const data = join(dataFolderOf(folder), 'data');
  writeSettings(options);
  const child = spawn(host.node, [host.server, ...listArguments(options)], {
    env: makeServerEnvironment(process.env, homeFolderOf(folder), environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that extension hosts and backends end with it.
    detached: true,
  });
  const port = await readPort(child, join(folder, 'server.log'));
  return {
    port,
    pid: child.pid ?? 0,
    logsFolder: join(data, 'logs'),
    userFolder: join(data, 'User'),
    stop: () => stopGroup(child),
  };
}

function writeSettings({ folder, settings }: EditorServerOptions): void {
  const user = join(dataFolderOf(folder), 'data/User');
  for (const each of [user, join(dataFolderOf(folder), 'data/Machine'), homeFolderOf(folder)]) {
    mkdirSync(each, { recursive: true });
  }
  mkdirSync(extensionsFolderOf(folder), { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
}

function listArguments({
  folder,
  port = 0,
  withTestDriver,
  withWorkspaceTrust,
}: EditorServerOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--log', 'info'],
    ...['--server-data-dir', dataFolderOf(folder), '--extensions-dir', extensionsFolderOf(folder)],
    ...['--accept-server-license-terms', '--without-connection-token'],
    ...['--disable-telemetry', '--disable-experiments'],
    ...(withTestDriver === true ? ['--enable-smoke-test-driver'] : []),
    ...(withWorkspaceTrust === true ? [] : ['--disable-workspace-trust']),
  ];
}

/** Waits for the line in which the server tells its address; what it prints goes into a file. */
async function readPort(child: ChildProcess, logPath: string): Promise<number> {
  const log = createWriteStream(logPath, { flags: 'a' });
  child.stderr?.pipe(log, { end: false });
  child.once('close', () => log.end());
  return new Promise((resolve, reject) => {
    let printed = '';
    const giveUp = (why: string): void => reject(new Error(`the VS Code server ${why}: ${printed}`));
    const limit = setTimeout(() => giveUp(`did not start within ${START_LIMIT_MS} ms`), START_LIMIT_MS);
    child.once('exit', (code) => giveUp(`ended with ${String(code)}`));
    child.stdout?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      printed += chunk.toString();
      const port = /Web UI available at http:\/\/[^:]+:(\d+)/.exec(printed)?.[1];
      if (port === undefined) return;
      clearTimeout(limit);
      resolve(Number(port));
    });
  });
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
  signalGroup(child, 'SIGTERM');
  await Promise.race([ended, sleep(STOP_LIMIT_MS)]);
  signalGroup(child, 'SIGKILL');
  await ended;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
