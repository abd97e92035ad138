import { type ChildProcess, spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CtsError } from '#protocol';
import { DEFAULT_URL } from '../settings/settings.ts';
import { toWriteFailure } from '../transfer/write-failure.ts';
import { findPublishedService, type ServiceSearch } from './find-service.ts';
import type { Service } from './service.ts';

/** A service that nobody uses stops after so long. */
const IDLE_SECONDS = 600;
const START_MS = 10_000;
const LOOK_EVERY_MS = 20;
const SHOWN_LOG_LINES = 15;

/** How an earlier start by somebody else shows in the log of ours: then theirs is used. */
const LOST_RACE = /STORE_IN_USE/;

/**
 * Starts a service that outlives this program. Where two are started at once, one gets the data folder and both
 * callers use it.
 *
 * @throws {CtsError} SERVER_NOT_STARTED with the end of what the service said.
 */
export async function startService(search: ServiceSearch, program: string): Promise<Service> {
  if (!existsSync(program)) throw createNotStarted(`${program} is missing`, ['Install CTS again.']);
  const { dataFolder } = search.settings;
  const logPath = join(dataFolder, 'service.log');
  const child = await spawnService(search, { program, logPath });
  const end: { code?: number } = {};
  child.process.once('exit', (code) => (end.code = code ?? 1));
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    const service = await findPublishedService(search);
    if (service !== undefined) return service;
    const log = end.code === undefined ? '' : await readLogEnd(logPath, child.logStart);
    if (end.code !== undefined && !LOST_RACE.test(log)) throw createFailed(end.code, log);
    await sleep(LOOK_EVERY_MS, undefined, { signal: search.signal });
  }
  throw createNotStarted(
    `it did not answer within ${START_MS / 1000} s\n${await readLogEnd(logPath, child.logStart)}`,
    [`Its log is ${logPath}.`, 'Start it by hand to see more: cts serve.'],
  );
}

interface Started {
  readonly process: ChildProcess;
  /** Where in the log its words begin. */
  readonly logStart: number;
}

async function spawnService(
  { settings }: ServiceSearch,
  { program, logPath }: { readonly program: string; readonly logPath: string },
): Promise<Started> {
  const { dataFolder } = settings;
  const port = settings.isUsualDataFolder && (await isPortFree(new URL(DEFAULT_URL))) ? '8080' : '0';
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    const log = await open(logPath, 'a', 0o600);
    const logStart = (await stat(logPath)).size;
    const args = ['--auto', '--data-dir', dataFolder, '--port', port, '--idle-timeout', String(IDLE_SECONDS)];
    const child = spawn(process.execPath, [program, ...args], {
      cwd: dataFolder,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
    });
    await once(child, 'spawn');
    await log.close();
    child.unref();
    return { process: child, logStart };
  } catch (error) {
    throw toWriteFailure(dataFolder, error);
  }
}

function isPortFree({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => {
      resolve(true);
    });
  });
}

async function readLogEnd(path: string, start: number): Promise<string> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const lines = bytes.subarray(start).toString('utf8').trimEnd().split('\n');
  return lines.slice(-SHOWN_LOG_LINES).join('\n');
}

function createFailed(exitCode: number, log: string): CtsError {
  return createNotStarted(`it ended with exit code ${exitCode}\n${log}`, [
    'Start it by hand to see more: cts serve.',
  ]);
}

function createNotStarted(reason: string, actions: readonly string[]): CtsError {
  return new CtsError('SERVER_NOT_STARTED', `Cannot start a service on this machine: ${reason}`, { actions });
}
