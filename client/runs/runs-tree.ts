import * as vscode from 'vscode';
import type { Artifact, Run } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { messageOf } from '../backend/failure.ts';
import { escapeMarkdown, makeHarmless } from '../harmless-text.ts';
import { formatCount } from '../number-text.ts';
import { iconOf, kindOf } from './artifact-kind.ts';
import type { RunChange, RunFeed } from './run-feed.ts';
import { groupRuns } from './run-groups.ts';
import { isActive, type RunFilter } from './run-list.ts';
import { describeArtifact, describeRun, listRunFacts } from './run-words.ts';

/** A row of the view Runs. */
export type RunNode =
  | { readonly kind: 'group'; readonly id: string; readonly label: string; readonly count: number }
  | { readonly kind: 'run'; readonly id: string; readonly groupId: string }
  | { readonly kind: 'artifact'; readonly id: string; readonly artifact: Artifact; readonly run: RunNode }
  | { readonly kind: 'log'; readonly id: string; readonly run: RunNode }
  | { readonly kind: 'more'; readonly id: 'more'; readonly hidden: number };

/** Rows are drawn again at most so often. */
const REDRAW_MS = 100;

/** The view Runs: what is running, then days; below each run what it left. */
export class RunsTree implements vscode.TreeDataProvider<RunNode> {
  readonly #feed: RunFeed;
  readonly #backend: Backend;
  readonly #view: vscode.TreeView<RunNode>;
  readonly #redraw: vscode.EventEmitter<RunNode | undefined>;
  readonly #nodes = new Map<string, RunNode>();
  readonly #waiting = new Map<string, RunNode>();
  #mustRedrawAll = false;
  #isDue = false;

  constructor(
    { feed, backend }: { readonly feed: RunFeed; readonly backend: Backend },
    view: vscode.TreeView<RunNode>,
    redraw: vscode.EventEmitter<RunNode | undefined>,
  ) {
    this.#feed = feed;
    this.#backend = backend;
    this.#view = view;
    this.#redraw = redraw;
    feed.onChange((change) => {
      this.#note(change);
    });
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return createGroupItem(node);
      case 'run':
        return createRunItem(node.id, this.#feed.list.get(node.id));
      case 'artifact':
        return createArtifactItem(node.artifact);
      case 'log':
        return createLogItem(node);
      case 'more':
        return createMoreItem(node.hidden);
    }
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node === undefined) return this.#listGroups();
    if (node.kind === 'group') return this.#listRuns(node.id);
    return node.kind === 'run' ? this.#listArtifacts(node) : [];
  }

  getParent(node: RunNode): RunNode | undefined {
    if (node.kind === 'run') return this.#nodes.get(`group ${node.groupId}`);
    return node.kind === 'artifact' || node.kind === 'log' ? node.run : undefined;
  }

  /** Shows a run in the view, and what it left. */
  async reveal(run: Run): Promise<void> {
    if (!this.#feed.list.isLoaded) await this.#feed.list.loadMore();
    const group = this.#groups().find(({ runs }) => runs.some(({ id }) => id === run.id));
    if (group === undefined) return;
    const node = this.#keep(`run ${run.id}`, { kind: 'run', id: run.id, groupId: group.id });
    const how = { select: true, focus: true, expand: !isActive(run) };
    try {
      await this.#view.reveal(node, how);
    } catch {
      // Its group is not drawn yet.
      await new Promise((resolve) => setTimeout(resolve, 2 * REDRAW_MS));
      await this.#view.reveal(node, how);
    }
  }

  /** Loads the next page. */
  async showMore(): Promise<void> {
    await this.#feed.list.loadMore();
    this.#redraw.fire(undefined);
  }

  /** Asks for all anew. */
  refresh(): void {
    this.#feed.list.clear();
    this.redraw();
  }

  redraw(): void {
    this.#redraw.fire(undefined);
  }

  async #listGroups(): Promise<RunNode[]> {
    const { list } = this.#feed;
    try {
      await this.#feed.follow();
      if (!list.isLoaded) await list.loadMore();
      this.#say(describeFilter(list.filter));
    } catch (error) {
      // Where nobody answers, the empty view says so, with what can be done.
      this.#say(this.#backend.status.state === 'stopped' ? undefined : messageOf(error));
      return [];
    }
    void vscode.commands.executeCommand('setContext', 'cts.hasNoRuns', list.list().length === 0);
    const groups = this.#groups().map(({ id, label, runs }) =>
      this.#keep(`group ${id}`, { kind: 'group', id, label, count: runs.length }),
    );
    return list.hidden === 0 ? groups : [...groups, { kind: 'more', id: 'more', hidden: list.hidden }];
  }

  #say(text: string | undefined): void {
    if (this.#view.message !== text) Object.assign(this.#view, { message: text });
  }

  #listRuns(groupId: string): RunNode[] {
    const group = this.#groups().find(({ id }) => id === groupId);
    return (group?.runs ?? []).map(({ id }) => this.#keep(`run ${id}`, { kind: 'run', id, groupId }));
  }

  async #listArtifacts(node: Extract<RunNode, { readonly kind: 'run' }>): Promise<RunNode[]> {
    const log: RunNode = { kind: 'log', id: `log ${node.id}`, run: node };
    const artifacts = await this.#backend.request('artifacts/list', { runId: node.id }).catch(() => []);
    const reportsFirst = [...artifacts].sort((a, b) => rank(a) - rank(b));
    return [
      ...reportsFirst.map((artifact): RunNode => ({
        kind: 'artifact',
        id: artifact.id,
        artifact,
        run: node,
      })),
      log,
    ];
  }

  #groups(): ReturnType<typeof groupRuns> {
    const names = { now: new Date(), language: vscode.env.language, translate: vscode.l10n.t };
    return groupRuns(this.#feed.list.list(), names);
  }

  /** The same row stays the same object: the editor keeps by it what is expanded and selected. */
  #keep(key: string, node: RunNode): RunNode {
    const known = this.#nodes.get(key);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(node)) return known;
    this.#nodes.set(key, node);
    return node;
  }

  #note({ isReordered, changed }: RunChange): void {
    this.#mustRedrawAll ||= isReordered;
    for (const { id } of changed) {
      const node = this.#nodes.get(`run ${id}`);
      if (node !== undefined) this.#waiting.set(id, node);
    }
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#draw();
    }, REDRAW_MS);
  }

  #draw(): void {
    this.#isDue = false;
    if (this.#mustRedrawAll) this.#redraw.fire(undefined);
    else for (const node of this.#waiting.values()) this.#redraw.fire(node);
    this.#mustRedrawAll = false;
    this.#waiting.clear();
  }
}

function rank(artifact: Artifact): number {
  return kindOf(artifact) === 'report' ? 0 : 1;
}

function describeFilter({ states, toolId }: RunFilter): string | undefined {
  if (states.length === 0 && toolId === undefined) return undefined;
  return vscode.l10n.t('Only some runs are shown. Filter Runs… shows all again.');
}

function createGroupItem({
  id,
  label,
  count,
}: Extract<RunNode, { readonly kind: 'group' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group ${id}`;
  item.description = formatCount(count);
  item.contextValue = 'group';
  return item;
}

function createRunItem(id: string, run: Run | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem('', vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `run ${id}`;
  if (run === undefined) return item;
  const { label, description, icon, spoken, context } = describeRun(run, vscode.l10n.t);
  item.label = label;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(
    icon.id,
    icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color),
  );
  item.accessibilityInformation = { label: spoken };
  item.contextValue = context;
  item.tooltip = describeFacts(run);
  return item;
}

function describeFacts(run: Run): vscode.MarkdownString {
  const lines = listRunFacts(run, vscode.l10n.t).map(
    ([name, value]) => `**${name}** ${escapeMarkdown(value)}`,
  );
  return new vscode.MarkdownString(lines.join('  \n'));
}

function createArtifactItem(artifact: Artifact): vscode.TreeItem {
  const item = new vscode.TreeItem(makeHarmless(artifact.name));
  item.id = `artifact ${artifact.id}`;
  item.description = describeArtifact(artifact, vscode.l10n.t);
  item.iconPath = new vscode.ThemeIcon(iconOf(artifact));
  item.contextValue = 'artifact';
  item.tooltip = `${makeHarmless(artifact.name)}\n${artifact.mediaType}\nsha256 ${artifact.sha256}`;
  item.command = { command: 'cts.openArtifact', title: vscode.l10n.t('Open'), arguments: [artifact] };
  return item;
}

function createLogItem({ id, run }: Extract<RunNode, { readonly kind: 'log' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('run log'));
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('output');
  item.contextValue = 'runLog';
  item.command = { command: 'cts.showRunLog', title: vscode.l10n.t('Show Run Log'), arguments: [run] };
  return item;
}

function createMoreItem(hidden: number): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Show More Runs'));
  item.id = 'more';
  item.description = vscode.l10n.t('{0} earlier', formatCount(hidden));
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'cts.showMoreRuns', title: vscode.l10n.t('Show More Runs') };
  return item;
}
