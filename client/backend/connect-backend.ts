import * as vscode from 'vscode';
import { CtsError } from '#protocol';
import { readBackendSettings, readServiceSetting, TOKEN_SECRET } from './backend-settings.ts';
import type { BackendConnection } from './connection.ts';
import { toCtsError } from './failure.ts';
import { type PublishedService, readPublishedService } from './published-service.ts';
import { openSocketConnection } from './socket-connection.ts';

/** Where a backend is found or started. */
export interface BackendPlace {
  readonly extension: vscode.Uri;
  readonly dataFolder: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
  readonly log: vscode.LogOutputChannel;
}

const CONNECT_MS = 10_000;

/**
 * Reaches a backend: the service that a setting names, else a process of our own, else the one that already holds the
 * data: that of another window, or one that `cts` started in a terminal.
 *
 * @throws {CtsError}
 */
export async function connectBackend(place: BackendPlace): Promise<BackendConnection> {
  const url = readServiceSetting();
  if (url !== undefined) return openService({ url, token: await place.secrets.get(TOKEN_SECRET) });
  try {
    return await startOwn(place);
  } catch (error) {
    if (!isStoreInUse(error)) throw error;
    place.log.info('Another CTS of this machine holds the data; talking to that one.');
    return openService(await findHolder(place.dataFolder, error));
  }
}

async function startOwn(place: BackendPlace): Promise<BackendConnection> {
  const { startProcessConnection } = await import('./process-connection.ts');
  const process = {
    module: vscode.Uri.joinPath(place.extension, 'dist', 'server.cjs').fsPath,
    dataFolder: place.dataFolder.fsPath,
    settings: readBackendSettings(),
    log: place.log,
  };
  await vscode.workspace.fs.createDirectory(place.dataFolder);
  try {
    return await startProcessConnection({ ...process, transport: 'ipc' });
  } catch (error) {
    if (toCtsError(error).code !== 'SERVER_NOT_STARTED' || isStoreInUse(error)) throw error;
    place.log.warn(`${toCtsError(error).message}; trying again over stdio.`);
    return startProcessConnection({ ...process, transport: 'stdio' });
  }
}

function openService({ url, token }: PublishedService): Promise<BackendConnection> {
  return openSocketConnection({
    url,
    token,
    timeoutMs: CONNECT_MS,
    createSocket: (address, protocols) => new WebSocket(address, [...protocols]),
  });
}

/** Also told in words where a failure of starting lost its code on the way. */
function isStoreInUse(error: unknown): boolean {
  const { code, message } = toCtsError(error);
  return code === 'STORE_IN_USE' || message.includes('STORE_IN_USE');
}

async function findHolder(dataFolder: vscode.Uri, cause: unknown): Promise<PublishedService> {
  const [service, token] = await Promise.all(
    ['service.json', 'token'].map((name) => readText(dataFolder, name)),
  );
  const found = readPublishedService(service ?? '', token ?? '');
  if (found !== undefined) return found;
  throw new CtsError(
    'STORE_IN_USE',
    'Another program holds the data of CTS and does not say where it answers',
    {
      cause,
      actions: ['Close other windows of the editor, or stop `cts serve`, then restart the backend.'],
    },
  );
}

async function readText(folder: vscode.Uri, name: string): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name)));
  } catch {
    return '';
  }
}
