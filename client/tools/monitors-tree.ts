import * as vscode from 'vscode';
import type { Monitor } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { makeHarmless } from '../harmless-text.ts';

/** The view Monitors and Devices: what is being watched now. */
export class MonitorsTree implements vscode.TreeDataProvider<Monitor> {
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  getTreeItem(monitor: Monitor): vscode.TreeItem {
    const item = new vscode.TreeItem(makeHarmless(monitor.toolId));
    item.id = `monitor ${monitor.id}`;
    item.iconPath = new vscode.ThemeIcon('pulse');
    item.contextValue = 'monitor';
    return item;
  }

  async getChildren(monitor?: Monitor): Promise<Monitor[]> {
    if (monitor !== undefined) return [];
    return [...(await this.#backend.request('monitors/list', {}).catch(() => []))];
  }
}
