import * as vscode from 'vscode';
import { readBackendSettings, readServiceSetting, TOKEN_SECRET } from './backend-settings.ts';
import type { BackendConnection } from './connection.ts';
import { toCtsError } from './failure.ts';
import { openSocketConnection } from './socket-connection.ts';

/** Where a backend is found or started. */
export interface BackendPlace {
  readonly extension: vscode.Uri;
  readonly dataFolder: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
  readonly log: vscode.LogOutputChannel;
}

const CONNECT_MS = 10_000;

/** Reaches a backend: the service that a setting names, else a process of our own. @throws {CtsError} */
export async function connectBackend(place: BackendPlace): Promise<BackendConnection> {
  const url = readServiceSetting();
  if (url === undefined) return startOwn(place);
  return openSocketConnection({
    url,
    token: await place.secrets.get(TOKEN_SECRET),
    timeoutMs: CONNECT_MS,
    createSocket: (address, protocols) => new WebSocket(address, [...protocols]),
  });
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
    if (toCtsError(error).code !== 'SERVER_NOT_STARTED') throw error;
    place.log.warn(`${toCtsError(error).message}; trying again over stdio.`);
    return startProcessConnection({ ...process, transport: 'stdio' });
  }
}
