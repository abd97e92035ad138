import * as vscode from 'vscode';
import type { PageInput, SessionOverview, ToolManifest } from '#protocol';
import { Backend } from './backend/backend.ts';
import { connectBackend } from './backend/connect-backend.ts';
import { displayStatus } from './backend/status-display.ts';
import { type Commands, createCommands } from './commands.ts';
import type { ViewId } from './command-ids.ts';
import { LogEditor } from './logs/log-editor.ts';
import { isLogName } from './logs/log-place.ts';
import { readLogSettings } from './logs/log-settings.ts';
import { chooseLog } from './logs/open-log.ts';
import { completeOpenParams } from './logs/open-parameters.ts';
import { RoutesTree } from './logs/routes-tree.ts';
import { PageMemory } from './pages/page-memory.ts';
import type { PageSurroundings } from './pages/page-panel.ts';
import { displayActiveRuns } from './runs/active-runs-display.ts';
import { ArtifactFiles } from './runs/artifact-files.ts';
import { showForm } from './runs/form-panel.ts';
import { ReportEditor } from './runs/report-editor.ts';
import { RunActions } from './runs/run-actions.ts';
import { RunAttendance } from './runs/run-attendance.ts';
import { RunFeed } from './runs/run-feed.ts';
import { RunLogChannel } from './runs/run-log-channel.ts';
import { RunStarter } from './runs/run-starter.ts';
import { RunTexts } from './runs/run-texts.ts';
import { type RunNode, RunsTree } from './runs/runs-tree.ts';
import { HeadlessService } from './service/headless-service.ts';
import { createLanguageTools } from './tools/language-tools.ts';
import { McpDefinitions } from './tools/mcp-definitions.ts';
import { MonitorsTree } from './tools/monitors-tree.ts';
import { RunTasks } from './tools/run-tasks.ts';
import { ToolCatalog } from './tools/tool-catalog.ts';
import { ToolsTree } from './tools/tools-tree.ts';

/** What the extension has registered before anything of this was loaded. */
export interface FaceEntry {
  readonly context: vscode.ExtensionContext;
  readonly dataFolder: vscode.Uri;
  readonly redraw: Readonly<Record<ViewId, vscode.EventEmitter<unknown>>>;
  readonly views: Readonly<Record<ViewId, vscode.TreeView<unknown>>>;
}

/** Everything that the editor asks of the extension. */
export interface Face {
  readonly commands: Commands;
  readonly logEditor: LogEditor;
  readonly reportEditor: ReportEditor;
  readonly trees: Readonly<Record<ViewId, vscode.TreeDataProvider<unknown>>>;
  readonly artifactFiles: ArtifactFiles;
  readonly runTexts: RunTexts;
  readonly tasks: RunTasks;
  readonly mcp: McpDefinitions;
  readonly languageTools: ReturnType<typeof createLanguageTools>;
  stop(): Promise<void>;
}

/** Joins all parts. Nothing is started: the backend is when something is asked of it. */
export function createFace(entry: FaceEntry): Face {
  const { context, dataFolder } = entry;
  const { extensionUri: extension, secrets, workspaceState: memory, globalStorageUri: storage } = context;
  const media = vscode.Uri.joinPath(extension, 'media');
  const log = vscode.window.createOutputChannel('CTS Backend', { log: true });
  const backend = createBackend(() => connectBackend({ extension, dataFolder, secrets, log }));
  const catalog = new ToolCatalog(backend, tellMenus);
  const feed = new RunFeed(backend);
  const runLog = new RunLogChannel(backend);
  const routes = new RoutesTree(
    context.globalState,
    entry.redraw['cts.routes'] as vscode.EventEmitter<never>,
  );
  const actions = new RunActions({ backend, feed, catalog });
  const attendance = new RunAttendance({
    ...{ backend, feed, log: runLog },
    showResult: (run) => (opensResults() ? actions.openResult(run) : actions.showRun(run)),
  });
  const pages: PageSurroundings = {
    ...{ backend, log, memory: new PageMemory(memory) },
    pages: vscode.Uri.joinPath(extension, 'dist', 'pages'),
    complete: (method, params) => (method === 'sessions/open' ? completeOpen(params) : params),
    observe: (input, method, result) => {
      if (method === 'runs/start' || method === 'runs/rerun') attendance.attend(result as never);
      if (method === 'sessions/overview') void noteRoute(routes, input, result as SessionOverview);
    },
  };
  const logEditor = new LogEditor({ pages, storage, media, memory });
  const activeLog = (): string | undefined => logEditor.activePath;
  const starter = new RunStarter({
    ...{ catalog, memory, activeLog },
    chooseLog: async () => (await chooseLog(routes, vscode.l10n.t('Which log is analyzed?')))?.fsPath,
    showForm: (tool, path, values) => showForm({ pages, memory, media }, tool, { path, values }),
  });
  const runsTree = new RunsTree(
    { feed, backend },
    entry.views['cts.runs'] as vscode.TreeView<RunNode>,
    entry.redraw['cts.runs'] as vscode.EventEmitter<RunNode | undefined>,
  );
  const service = new HeadlessService(extension);
  context.subscriptions.push(
    log,
    runLog,
    displayStatus(backend, log),
    displayActiveRuns(feed),
    followSettings(backend),
  );
  redrawWithBackend(backend, entry);
  tellMenusOf(backend);
  return {
    commands: createCommands({
      ...{
        actions,
        activeLog,
        attendance,
        backend,
        catalog,
        feed,
        log,
        media,
        routes,
        runLog,
        runsTree,
        secrets,
      },
      ...{ service, starter },
    }),
    logEditor,
    reportEditor: new ReportEditor(media),
    trees: {
      'cts.runs': runsTree,
      'cts.tools': new ToolsTree(catalog),
      'cts.monitors': new MonitorsTree(backend),
      'cts.routes': routes,
    },
    artifactFiles: new ArtifactFiles(backend),
    runTexts: new RunTexts(backend),
    tasks: new RunTasks({ catalog, extension, dataFolder, activeLog }),
    mcp: new McpDefinitions({ extension, dataFolder, secrets }),
    languageTools: createLanguageTools({ backend, catalog, attendance }),
    stop: () => backend.close(),
  };
}

function createBackend(connect: () => ReturnType<typeof connectBackend>): Backend {
  return new Backend({
    connect,
    now: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

function completeOpen(params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return completeOpenParams(
    params,
    readLogSettings(),
    folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined,
  );
}

function opensResults(): boolean {
  return vscode.workspace.getConfiguration('cts').get<boolean>('runs.openResult', true);
}

/** What menus offer depends on what the backend has. */
function tellMenus(tools: readonly ToolManifest[]): void {
  const hasMonitors = tools.some(({ kind }) => kind === 'monitor');
  void vscode.commands.executeCommand('setContext', 'cts.hasMonitors', hasMonitors);
}

/** Another service is talked to as soon as it is named; a backend that nobody has asked yet is left alone. */
function followSettings(backend: Backend): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    const { state, reason } = backend.status;
    const isUsed = state !== 'stopped' || reason !== undefined;
    if (isUsed && change.affectsConfiguration('cts.service.url')) backend.restart().catch(() => undefined);
  });
}

/** What a log is, for the list of routes. */
async function noteRoute(routes: RoutesTree, input: PageInput, { info }: SessionOverview): Promise<void> {
  if (input.page !== 'log') return;
  const { durationSeconds, car, report } = info;
  const name = isLogName(input.path) ? input.name : info.name;
  await routes.note(input.path, name, {
    durationSeconds,
    segments: report.segments.length,
    fingerprint: car.fingerprint ?? undefined,
  });
}

/** What an empty view says depends on whether anybody answers. */
function tellMenusOf(backend: Backend): void {
  backend.onStatus(({ state, reason }) => {
    void vscode.commands.executeCommand(
      'setContext',
      'cts.backend',
      reason === undefined ? state : `${state}!`,
    );
  });
}

/** A backend that has come back may know other tools, and can tell what could not be told. */
function redrawWithBackend(backend: Backend, { redraw }: FaceEntry): void {
  let wasRestarting = false;
  backend.onStatus(({ state }) => {
    if (state === 'ready' && wasRestarting) {
      redraw['cts.runs'].fire(undefined);
      redraw['cts.tools'].fire(undefined);
      redraw['cts.monitors'].fire(undefined);
    }
    wasRestarting = state === 'restarting' || state === 'stopped';
  });
}
