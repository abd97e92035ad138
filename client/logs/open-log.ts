import * as vscode from 'vscode';
import { makeHarmless } from '../harmless-text.ts';
import { LOG_EDITOR } from './log-editor.ts';
import { isLogName, listPlaces, nameLog } from './log-place.ts';
import type { RoutesTree } from './routes-tree.ts';

/** Opens a log, a folder of segments, or a route by name, in the log editor. */
export async function openLog(target: unknown, routes: RoutesTree): Promise<void> {
  const uri = readTarget(target) ?? (await chooseLog(routes, vscode.l10n.t('Open Route')));
  if (uri !== undefined) await vscode.commands.executeCommand('vscode.openWith', uri, LOG_EDITOR);
}

/** What a command was given: a file of the explorer, or a path. */
export function readTarget(target: unknown): vscode.Uri | undefined {
  if (target instanceof vscode.Uri) return target;
  if (typeof target !== 'string') return undefined;
  const [place] = listPlaces(target, readSurroundings());
  return place === undefined ? undefined : vscode.Uri.file(place);
}

const LOG_FILES = '**/{*rlog*,*qlog*}';
const MOST_FOUND = 100;

interface Choice extends vscode.QuickPickItem {
  readonly open: () => Promise<vscode.Uri | undefined>;
}

/** Asks which log is meant: by name, by path, of those before, or with a dialog. */
export function chooseLog(routes: RoutesTree, title: string): Promise<vscode.Uri | undefined> {
  const pick = vscode.window.createQuickPick<Choice>();
  let fixed = [...listDialogs(), ...listRecent(routes)];
  pick.title = title;
  pick.placeholder = vscode.l10n.t(
    'Path of a log or folder, or a name such as a2a0ccea32023010/2023-07-27--13-01-19/0:4',
  );
  pick.matchOnDescription = true;
  pick.items = fixed;
  pick.onDidChangeValue((value) => {
    pick.items = [...listTyped(value), ...fixed];
  });
  void listLogs(routes).then((found) => {
    fixed = [...fixed, ...found];
    pick.items = [...listTyped(pick.value), ...fixed];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const [choice] = pick.selectedItems;
      resolve(choice?.open() ?? Promise.resolve(undefined));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function listTyped(value: string): readonly Choice[] {
  return listPlaces(value, readSurroundings()).map((place) => ({
    label: vscode.l10n.t('Open {0}', makeHarmless(value.trim())),
    description: makeHarmless(place),
    alwaysShow: true,
    open: async () => vscode.Uri.file(place),
  }));
}

function listDialogs(): readonly Choice[] {
  const ask = async (options: vscode.OpenDialogOptions): Promise<vscode.Uri | undefined> =>
    (await vscode.window.showOpenDialog(options))?.[0];
  return [
    {
      label: `$(file) ${vscode.l10n.t('Choose Log…')}`,
      alwaysShow: true,
      open: () => ask({ title: vscode.l10n.t('Open Log'), canSelectFiles: true }),
    },
    {
      label: `$(folder) ${vscode.l10n.t('Choose Folder of Segments…')}`,
      alwaysShow: true,
      open: () => ask({ title: vscode.l10n.t('Open Route'), canSelectFolders: true, canSelectFiles: false }),
    },
  ];
}

/** Logs of the workspace, but for those that were opened before. */
async function listLogs(routes: RoutesTree): Promise<readonly Choice[]> {
  const known = new Set(routes.list().map(({ path }) => path));
  const found = await vscode.workspace.findFiles(LOG_FILES, undefined, MOST_FOUND);
  return found
    .filter(({ fsPath }) => !known.has(fsPath) && isLogName(fsPath))
    .map((uri) => ({
      label: `$(graph-line) ${makeHarmless(nameLog(uri.fsPath))}`,
      description: makeHarmless(vscode.workspace.asRelativePath(uri)),
      open: async () => uri,
    }));
}

function listRecent(routes: RoutesTree): readonly Choice[] {
  return routes.list().map(({ name, path }) => ({
    label: `$(history) ${makeHarmless(name)}`,
    description: makeHarmless(path),
    open: async () => vscode.Uri.file(path),
  }));
}

function readSurroundings(): Parameters<typeof listPlaces>[1] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return {
    folders: folders.map(({ uri }) => uri.fsPath),
    home: process.env['HOME'] ?? process.env['USERPROFILE'],
  };
}
