import * as vscode from 'vscode';
import type { ToolManifest } from '#protocol';
import { makeHarmless } from '../harmless-text.ts';
import type { ToolCatalog } from './tool-catalog.ts';

/** The view Tools: analyzers, each with what it is for. */
export class ToolsTree implements vscode.TreeDataProvider<ToolManifest> {
  readonly #catalog: ToolCatalog;

  constructor(catalog: ToolCatalog) {
    this.#catalog = catalog;
  }

  getTreeItem(tool: ToolManifest): vscode.TreeItem {
    const item = new vscode.TreeItem(makeHarmless(tool.id));
    item.id = `tool ${tool.id}`;
    item.description = makeHarmless(tool.summary);
    item.iconPath = new vscode.ThemeIcon('tools');
    item.contextValue = 'tool';
    item.tooltip = `${makeHarmless(tool.title)}\n${makeHarmless(tool.summary)}`;
    return item;
  }

  async getChildren(tool?: ToolManifest): Promise<ToolManifest[]> {
    if (tool !== undefined) return [];
    // Where nobody answers, the empty view says so.
    return [...(await this.#catalog.listAnalyzers().catch(() => []))];
  }
}
