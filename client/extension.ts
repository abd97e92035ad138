import * as vscode from 'vscode';
import { COMMANDS, LANGUAGE_TOOLS, type ViewId, VIEWS } from './command-ids.ts';
import type { Face, FaceEntry } from './face.ts';
import { describeTerminals } from './service/terminal-environment.ts';

/** Loads everything else, once. */
type NeedFace = () => Promise<Face>;

let loaded: Promise<Face> | undefined;

/** Registers names, and nothing more: what they stand for is loaded when one of them is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const redraw = mapViews(() => new vscode.EventEmitter<unknown>());
  const dataFolder = vscode.Uri.joinPath(context.globalStorageUri, 'data');
  const needFace: NeedFace = () => (loaded ??= load({ context, dataFolder, redraw, views }));
  const views = mapViews((id) => createView(id, redraw[id], needFace));
  context.subscriptions.push(
    ...Object.values(views),
    ...COMMANDS.map((id) =>
      vscode.commands.registerCommand(id, async (...given: unknown[]) =>
        (await needFace()).commands[id](...given),
      ),
    ),
    ...registerEditors(needFace),
    ...registerFiles(needFace),
    ...registerTools(needFace),
  );
  describeTerminals(context.environmentVariableCollection, {
    launcherFolder: vscode.Uri.joinPath(context.extensionUri, 'media', 'bin').fsPath,
    node: process.execPath,
    dataFolder: dataFolder.fsPath,
    serviceUrl: vscode.workspace.getConfiguration('cts').get<string>('service.url', '') || undefined,
    pathSeparator: process.platform === 'win32' ? ';' : ':',
  });
}

/** Ends the backend well. */
export async function deactivate(): Promise<void> {
  await (await loaded)?.stop();
}

async function load(entry: FaceEntry): Promise<Face> {
  const { createFace } = await import('./face.ts');
  return createFace(entry);
}

function mapViews<Value>(create: (id: ViewId) => Value): Readonly<Record<ViewId, Value>> {
  return Object.fromEntries(VIEWS.map((id) => [id, create(id)])) as Record<ViewId, Value>;
}

function createView(
  id: ViewId,
  redraw: vscode.EventEmitter<unknown>,
  needFace: NeedFace,
): vscode.TreeView<unknown> {
  const treeDataProvider: vscode.TreeDataProvider<unknown> = {
    onDidChangeTreeData: redraw.event,
    getTreeItem: async (node) => (await needFace()).trees[id].getTreeItem(node),
    getChildren: async (node) => (await needFace()).trees[id].getChildren(node),
    getParent: async (node) => (await needFace()).trees[id].getParent?.(node),
  };
  const isRuns = id === 'cts.runs';
  return vscode.window.createTreeView(id, {
    treeDataProvider,
    showCollapseAll: isRuns,
    canSelectMany: isRuns,
  });
}

function registerEditors(needFace: NeedFace): readonly vscode.Disposable[] {
  const logs: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: async (uri) => (await needFace()).logEditor.openCustomDocument(uri),
    resolveCustomEditor: async (document, panel) =>
      (await needFace()).logEditor.resolveCustomEditor(document as never, panel),
  };
  const reports: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: async (uri) => (await needFace()).reportEditor.openCustomDocument(uri),
    resolveCustomEditor: async (document, panel) =>
      (await needFace()).reportEditor.resolveCustomEditor(document, panel),
  };
  return [
    vscode.window.registerCustomEditorProvider('cts.logEditor', logs, {
      // What a log shows is dear to make; the page keeps its windows while another tab is in front.
      webviewOptions: { retainContextWhenHidden: true },
    }),
    vscode.window.registerCustomEditorProvider('cts.reportEditor', reports, {
      webviewOptions: { enableFindWidget: true },
    }),
  ];
}

function registerFiles(needFace: NeedFace): readonly vscode.Disposable[] {
  const files: Pick<vscode.FileSystemProvider, 'stat' | 'readFile'> = {
    stat: async (uri) => (await needFace()).artifactFiles.stat(uri),
    readFile: async (uri) => (await needFace()).artifactFiles.readFile(uri),
  };
  return [
    vscode.workspace.registerFileSystemProvider('cts-artifact', createReadOnly(files), { isReadonly: true }),
    vscode.workspace.registerTextDocumentContentProvider('cts-run', {
      provideTextDocumentContent: async (uri) => (await needFace()).runTexts.provideTextDocumentContent(uri),
    }),
  ];
}

/** What a run left never changes. */
function createReadOnly(
  files: Pick<vscode.FileSystemProvider, 'stat' | 'readFile'>,
): vscode.FileSystemProvider {
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions('What a run left never changes');
  };
  return {
    ...files,
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}

function registerTools(needFace: NeedFace): readonly vscode.Disposable[] {
  return [
    vscode.tasks.registerTaskProvider('cts', {
      provideTasks: async () => (await needFace()).tasks.provideTasks(),
      resolveTask: async (task) => (await needFace()).tasks.resolveTask(task),
    }),
    vscode.lm.registerMcpServerDefinitionProvider('cts.mcp', {
      provideMcpServerDefinitions: async () => (await needFace()).mcp.provideMcpServerDefinitions(),
      resolveMcpServerDefinition: async (server) =>
        (await needFace()).mcp.resolveMcpServerDefinition(server as vscode.McpStdioServerDefinition),
    }),
    ...LANGUAGE_TOOLS.map((name) =>
      vscode.lm.registerTool<object>(name, {
        prepareInvocation: async (options, token) =>
          (await needFace()).languageTools[name]?.prepareInvocation?.(options, token),
        invoke: async (options, token) => findTool(await needFace(), name).invoke(options, token),
      }),
    ),
  ];
}

function findTool(face: Face, name: string): vscode.LanguageModelTool<object> {
  const tool = face.languageTools[name];
  if (tool === undefined) throw new Error(`There is no tool ${name}`);
  return tool;
}
