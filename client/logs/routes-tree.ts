import * as vscode from 'vscode';
import { makeHarmless } from '../harmless-text.ts';
import { formatClock } from '../number-text.ts';
import { addRoute, readRoutes, type RecentRoute, type RouteFacts } from './recent-routes.ts';

const KEY = 'cts.routes';

/** The view Routes: logs that were opened, latest first. */
export class RoutesTree implements vscode.TreeDataProvider<RecentRoute> {
  readonly #memory: vscode.Memento;
  readonly #redraw: vscode.EventEmitter<RecentRoute | undefined>;

  constructor(memory: vscode.Memento, redraw: vscode.EventEmitter<RecentRoute | undefined>) {
    this.#memory = memory;
    this.#redraw = redraw;
  }

  list(): readonly RecentRoute[] {
    return readRoutes(this.#memory.get(KEY));
  }

  /** Puts a log that has been read to the front, with what reading it told. */
  async note(path: string, name: string, facts: RouteFacts): Promise<void> {
    const routes = this.list();
    if (isNoted(routes[0], path, facts)) return;
    await this.#store(addRoute(routes, { path, name, openedAt: Date.now(), ...facts }));
  }

  remove({ path }: RecentRoute): Promise<void> {
    return this.#store(this.list().filter((route) => route.path !== path));
  }

  getTreeItem(route: RecentRoute): vscode.TreeItem {
    const item = new vscode.TreeItem(makeHarmless(route.name));
    item.id = `route ${route.path}`;
    item.description = describeRoute(route);
    item.iconPath = new vscode.ThemeIcon('git-commit');
    item.contextValue = 'route';
    item.tooltip = makeHarmless(route.path);
    item.command = { command: 'cts.openLog', title: vscode.l10n.t('Open'), arguments: [route.path] };
    return item;
  }

  getChildren(route?: RecentRoute): RecentRoute[] {
    return route === undefined ? [...this.list()] : [];
  }

  async #store(routes: readonly RecentRoute[]): Promise<void> {
    await this.#memory.update(KEY, routes);
    this.#redraw.fire(undefined);
  }
}

function isNoted(route: RecentRoute | undefined, path: string, facts: RouteFacts): boolean {
  return (
    route?.path === path &&
    route.fingerprint === facts.fingerprint &&
    route.segments === facts.segments &&
    route.durationSeconds === facts.durationSeconds
  );
}

function describeRoute({ fingerprint, segments, durationSeconds }: RecentRoute): string {
  const count = segments === 1 ? vscode.l10n.t('1 segment') : vscode.l10n.t('{0} segments', segments ?? 0);
  return [
    fingerprint === undefined ? '' : makeHarmless(fingerprint),
    segments === undefined ? '' : count,
    durationSeconds === undefined ? '' : formatClock(durationSeconds),
  ]
    .filter((part) => part !== '')
    .join(', ');
}
