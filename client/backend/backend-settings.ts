import * as vscode from 'vscode';
import { readLogSettings } from '../logs/log-settings.ts';
import { readServiceUrl } from './socket-connection.ts';

/** Where the token of a service that is named by a setting is kept. */
export const TOKEN_SECRET = 'cts.service.token';

/** The service that the user names instead of the extension's own backend; undefined where none is named. */
export function readServiceSetting(): URL | undefined {
  const text = vscode.workspace.getConfiguration('cts').get<string>('service.url', '').trim();
  return text === '' ? undefined : readServiceUrl(text);
}

/** What the backend process is told of the settings. */
export function readBackendSettings(): object {
  const settings = vscode.workspace.getConfiguration('cts', null);
  return {
    dbcPaths: readLogSettings().dbcPaths,
    maxConcurrentRuns: settings.get<number>('runs.maxConcurrent', 2),
    retentionDays: settings.get<number>('runs.retentionDays', 30),
    logLevel: settings.get<string>('backend.logLevel', 'INFO'),
  };
}
