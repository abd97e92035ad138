import * as vscode from 'vscode';
import type { LogSettings } from './open-parameters.ts';

/** Reads the settings that concern the reading of logs. */
export function readLogSettings(): LogSettings {
  const settings = vscode.workspace.getConfiguration('cts', null);
  return {
    maxUnpackedBytes: settings.get<number>('log.maxUnpackedBytes', 0),
    dbcPaths: settings.get<readonly string[]>('dbc.paths', []).map(expand),
    dbcFiles: Object.fromEntries(
      Object.entries(settings.get<Readonly<Record<string, string>>>('dbc.files', {})).map(([bus, path]) => [
        bus,
        expand(path),
      ]),
    ),
  };
}

/** Paths may stand relative to the workspace, or to the home of the user. */
function expand(path: string): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const text = path.replaceAll('${workspaceFolder}', folder?.uri.fsPath ?? '');
  if (text.startsWith('~/'))
    return (process.env['HOME'] ?? process.env['USERPROFILE'] ?? '~') + text.slice(1);
  const isRelative = !/^(\/|[a-z]:[\\/]|\\\\)/i.test(text) && /[\\/]/.test(text);
  return isRelative && folder !== undefined ? vscode.Uri.joinPath(folder.uri, text).fsPath : text;
}
