import * as vscode from 'vscode';
import type { Artifact, Run } from '#protocol';
import type { Backend } from './backend/backend.ts';
import { TOKEN_SECRET } from './backend/backend-settings.ts';
import { memberOf, toCtsError } from './backend/failure.ts';
import type { CommandId } from './command-ids.ts';
import { openLog, readTarget } from './logs/open-log.ts';
import type { RecentRoute } from './logs/recent-routes.ts';
import type { RoutesTree } from './logs/routes-tree.ts';
import type { RunActions } from './runs/run-actions.ts';
import { findRun, type RunAttendance } from './runs/run-attendance.ts';
import type { RunFeed } from './runs/run-feed.ts';
import { chooseFilter } from './runs/run-filter.ts';
import type { RunLogChannel } from './runs/run-log-channel.ts';
import type { RunStarter } from './runs/run-starter.ts';
import type { RunsTree } from './runs/runs-tree.ts';
import type { HeadlessService } from './service/headless-service.ts';
import { endSentence } from './sentence.ts';
import { whereTrusted } from './trust.ts';
import { startMonitor, stopMonitor } from './tools/monitor-commands.ts';
import type { ToolCatalog } from './tools/tool-catalog.ts';

/** What each command does with what it is given. */
export type Commands = Readonly<Record<CommandId, (...given: readonly unknown[]) => unknown>>;

/** What commands work with. */
export interface CommandParts {
  readonly actions: RunActions;
  readonly activeLog: () => string | undefined;
  readonly attendance: RunAttendance;
  readonly backend: Backend;
  readonly catalog: ToolCatalog;
  readonly feed: RunFeed;
  readonly log: vscode.LogOutputChannel;
  readonly media: vscode.Uri;
  readonly routes: RoutesTree;
  readonly runLog: RunLogChannel;
  readonly runsTree: RunsTree;
  readonly secrets: vscode.SecretStorage;
  readonly service: HeadlessService;
  readonly starter: RunStarter;
}

/** Every command, with its failures told in one message. */
export function createCommands(parts: CommandParts): Commands {
  const commands = {
    ...createLogCommands(parts),
    ...createRunCommands(parts),
    ...createBackendCommands(parts),
  };
  return Object.fromEntries(
    Object.entries(commands).map(([id, command]) => [
      id,
      (...given: readonly unknown[]) => attempt(() => command(...given)),
    ]),
  ) as Commands;
}

async function attempt(command: () => unknown): Promise<unknown> {
  try {
    return await command();
  } catch (error) {
    // Who gave up knows.
    if (error instanceof vscode.CancellationError) return undefined;
    const { message, actions } = toCtsError(error);
    void vscode.window.showErrorMessage([endSentence(message), ...actions].join(' '));
    return undefined;
  }
}

type Some<Id extends CommandId> = Pick<Commands, Id>;

function createLogCommands({
  activeLog,
  media,
  routes,
  starter,
}: CommandParts): Some<
  | 'cts.openLog'
  | 'cts.openRoute'
  | 'cts.openSampleLog'
  | 'cts.removeRoute'
  | 'cts.runAnalyzer'
  | 'cts.runAnalyzerOnLog'
  | 'cts.runTool'
> {
  const sample = vscode.Uri.joinPath(media, 'sample', 'synthetic-subaru-55mph.rlog.zst');
  return {
    'cts.openLog': (target) => openLog(target, routes),
    'cts.openRoute': (target) => openLog(target, routes),
    'cts.openSampleLog': () => openLog(sample, routes),
    'cts.removeRoute': (route) => routes.remove(route as RecentRoute),
    'cts.runAnalyzer': () => starter.begin(),
    'cts.runAnalyzerOnLog': (target) => starter.begin(undefined, readTarget(target)?.fsPath ?? activeLog()),
    'cts.runTool': (tool, path) => {
      const id = typeof tool === 'string' ? tool : memberOf(tool, 'id');
      return starter.begin(
        typeof id === 'string' ? id : undefined,
        typeof path === 'string' ? path : undefined,
      );
    },
  };
}

function createRunCommands(
  parts: CommandParts,
): Omit<
  Commands,
  keyof ReturnType<typeof createLogCommands> | keyof ReturnType<typeof createBackendCommands>
> {
  const { actions, attendance, backend, catalog, feed, runLog, runsTree, starter } = parts;
  const find = (target: unknown): Promise<Run> => findTarget(parts, target);
  return {
    'cts.changeParameters': async (target) => starter.change(await find(target)),
    'cts.cancelRun': async (target) => backend.request('runs/cancel', { runId: (await find(target)).id }),
    'cts.rerun': (target) =>
      whereTrusted(async () => {
        attendance.attend(await backend.request('runs/rerun', { runId: (await find(target)).id }));
      }),
    'cts.showRun': async (target) => {
      await vscode.commands.executeCommand('cts.runs.focus');
      await runsTree.reveal(await find(target));
    },
    'cts.showRunLog': async (target) => runLog.show((await find(target)).id),
    'cts.openReport': async (target) => {
      if (await actions.openReportOf(await find(target))) return;
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This run left no report. Its files stand below it.'),
      );
    },
    'cts.openArtifact': (target) => actions.open(readArtifact(target)),
    'cts.openArtifactByName': (runId, name) => actions.openByName(String(runId), String(name)),
    'cts.saveArtifact': async (target) => {
      const artifact =
        target === undefined ? await actions.chooseArtifact(await find(target)) : readArtifact(target);
      if (artifact !== undefined) await actions.save(artifact);
    },
    'cts.copyCommand': async (target) => actions.copyCommand(await find(target)),
    'cts.compareRuns': async (target, selected) => {
      const run = await find(target);
      const others = Array.isArray(selected)
        ? selected.filter((node) => memberOf(node, 'id') !== run.id)
        : [];
      const other = others.length > 0 ? await find(others[0]) : await actions.chooseOther(run);
      if (other !== undefined) await actions.compare(run, other);
    },
    'cts.cleanRuns': () => actions.clean(),
    'cts.filterRuns': async () => {
      const filter = await chooseFilter(catalog);
      if (filter === undefined) return;
      feed.list.clear(filter);
      runsTree.redraw();
    },
    'cts.refreshRuns': () => {
      runsTree.refresh();
    },
    'cts.showMoreRuns': () => runsTree.showMore(),
    'cts.startMonitor': () => whereTrusted(() => startMonitor(backend, catalog)),
    'cts.stopMonitor': (target) => stopMonitor(backend, target),
  };
}

function createBackendCommands({
  backend,
  log,
  secrets,
  service,
}: CommandParts): Some<
  | 'cts.startService'
  | 'cts.stopService'
  | 'cts.setServiceToken'
  | 'cts.showBackendLog'
  | 'cts.showBackendActions'
  | 'cts.restartBackend'
> {
  return {
    'cts.startService': () =>
      whereTrusted(() => {
        service.start();
      }),
    'cts.stopService': () => {
      service.stop();
    },
    'cts.setServiceToken': () => askToken(secrets),
    'cts.showBackendLog': () => {
      log.show();
    },
    'cts.showBackendActions': () => chooseBackendAction(),
    'cts.restartBackend': async () => {
      await backend.restart();
      void vscode.window.setStatusBarMessage(vscode.l10n.t('The CTS backend is ready.'), 5000);
    },
  };
}

/** A run as commands are given it: a row of the list, a run, its id, or none, where one is chosen. */
async function findTarget({ feed, backend }: CommandParts, target: unknown): Promise<Run> {
  if (target === undefined) return chooseRun(backend);
  if (typeof target === 'object' && target !== null && 'toolId' in target) return target as Run;
  const node = memberOf(target, 'kind') === 'artifact' ? memberOf(target, 'run') : target;
  return findRun(feed, backend, typeof node === 'string' ? node : memberOf(node, 'id'));
}

async function chooseRun(backend: Backend): Promise<Run> {
  const { runs } = await backend.request('runs/list', { limit: 200 });
  const items = runs.map((run) => ({
    label: run.toolId,
    description: run.inputName ?? '',
    detail: `${run.state}, ${run.createdAt}`,
    run,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which run?') });
  return chosen?.run ?? findNone();
}

/** Giving up is no failure: nothing more happens, and nothing is told. */
function findNone(): never {
  throw new vscode.CancellationError();
}

function readArtifact(target: unknown): Artifact {
  return (memberOf(target, 'artifact') ?? target) as Artifact;
}

async function askToken(secrets: vscode.SecretStorage): Promise<void> {
  const token = await vscode.window.showInputBox({
    title: vscode.l10n.t('Token of the CTS service'),
    prompt: vscode.l10n.t('For the service that cts.service.url names. Left empty, none is sent.'),
    password: true,
    ignoreFocusOut: true,
  });
  if (token === undefined) return;
  await (token === '' ? secrets.delete(TOKEN_SECRET) : secrets.store(TOKEN_SECRET, token.trim()));
  await vscode.commands.executeCommand('cts.restartBackend');
}

async function chooseBackendAction(): Promise<void> {
  const items = [
    { label: `$(output) ${vscode.l10n.t('Show Backend Log')}`, command: 'cts.showBackendLog' },
    { label: `$(debug-restart) ${vscode.l10n.t('Restart Backend')}`, command: 'cts.restartBackend' },
    { label: `$(list-tree) ${vscode.l10n.t('Show Runs')}`, command: 'cts.runs.focus' },
    { label: `$(gear) ${vscode.l10n.t('Open Settings')}`, command: 'workbench.action.openSettings' },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('CTS backend') });
  if (chosen !== undefined)
    await vscode.commands.executeCommand(
      chosen.command,
      ...(chosen.command.endsWith('Settings') ? ['@ext:cts.cts'] : []),
    );
}
