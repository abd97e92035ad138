import * as vscode from 'vscode';
import { type ActionResult, CtsError, type PageAction, type PageInput } from '#protocol';
import { storeValues } from '../runs/remembered-values.ts';

/** What a page's actions reach. */
export interface ActionPlace {
  readonly input: PageInput;
  readonly memory: vscode.Memento;
  readonly close: () => void;
}

const NOTHING: ActionResult = { path: null };

/** Does what a page asks of the editor. Nothing here reads for the page: it gets no more than a path that a user chose. */
export async function performAction(action: PageAction, place: ActionPlace): Promise<ActionResult> {
  switch (action.action) {
    case 'copyText':
      await vscode.env.clipboard.writeText(action.text);
      return NOTHING;
    case 'saveFile':
      return saveFile(action.name, action.base64);
    case 'openLog':
      return execute('cts.openLog', action.path);
    case 'chooseInput':
      return chooseInput();
    case 'openSampleLog':
      return execute('cts.openSampleLog');
    case 'openAsText':
      return openAsText(action.path, place.input);
    case 'openSetting':
      return execute('workbench.action.openSettings', `@id:${action.key}`);
    case 'chooseDatabase':
      return chooseDatabase(action.bus);
    case 'runTool':
      return execute('cts.runTool', action.tool, action.path);
    case 'openRun':
      return execute('cts.showRun', action.runId);
    case 'openArtifact':
      return execute('cts.openArtifactByName', action.runId, action.name);
    case 'openExternal':
      return openExternal(action.url);
    case 'showBackendLog':
      return execute('cts.showBackendLog');
    case 'manageTrust':
      return execute('workbench.trust.manage');
    case 'rememberValues':
      await storeValues(place.memory, action.tool, action.values);
      return NOTHING;
    case 'close':
      place.close();
      return NOTHING;
  }
}

async function execute(command: string, ...values: readonly unknown[]): Promise<ActionResult> {
  await vscode.commands.executeCommand(command, ...values);
  return NOTHING;
}

async function saveFile(name: string, base64: string): Promise<ActionResult> {
  const plain = name.replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '-').replace(/^\.+/, '');
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const defaultUri = folder === undefined ? undefined : vscode.Uri.joinPath(folder.uri, plain);
  const target = await vscode.window.showSaveDialog({ ...(defaultUri !== undefined && { defaultUri }) });
  if (target === undefined) return NOTHING;
  await vscode.workspace.fs.writeFile(target, Buffer.from(base64, 'base64'));
  return { path: target.fsPath };
}

/** Only the file that the page was opened on. */
async function openAsText(path: string, input: PageInput): Promise<ActionResult> {
  if (input.page !== 'log' || path !== input.path)
    throw new CtsError('INPUT_FORBIDDEN', 'A page may open its own file as text, no other');
  return execute('vscode.openWith', vscode.Uri.file(path), 'default');
}

async function chooseInput(): Promise<ActionResult> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Log or folder of segments'),
      openLabel: vscode.l10n.t('Choose'),
      canSelectFolders: true,
      canSelectFiles: true,
    })) ?? [];
  return { path: chosen?.fsPath ?? null };
}

async function chooseDatabase(bus: number): Promise<ActionResult> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('DBC file for bus {0}', bus),
      openLabel: vscode.l10n.t('Use for Bus {0}', bus),
      filters: { DBC: ['dbc'] },
    })) ?? [];
  return { path: chosen?.fsPath ?? null };
}

async function openExternal(url: string): Promise<ActionResult> {
  const uri = vscode.Uri.parse(url, true);
  if (uri.scheme !== 'https')
    throw new CtsError('ADDRESS_REFUSED', `${url} is no address of the web (https)`);
  await vscode.env.openExternal(uri);
  return NOTHING;
}
