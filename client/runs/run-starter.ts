import * as vscode from 'vscode';
import { CtsError, type ParameterValues, type Run, type ToolManifest } from '#protocol';
import { makeHarmless } from '../harmless-text.ts';
import { whereTrusted } from '../trust.ts';
import type { ToolCatalog } from '../tools/tool-catalog.ts';
import { readValues, storeValues } from './remembered-values.ts';

/** What is needed to begin a run. */
export interface StarterParts {
  readonly catalog: ToolCatalog;
  readonly memory: vscode.Memento;
  /** The log that is looked at now. */
  readonly activeLog: () => string | undefined;
  readonly chooseLog: () => Promise<string | undefined>;
  readonly showForm: (tool: ToolManifest, path: string | undefined, values: ParameterValues) => Promise<void>;
}

/** Leads to a run: which analyzer, on which log, with which values. */
export class RunStarter {
  readonly #parts: StarterParts;

  constructor(parts: StarterParts) {
    this.#parts = parts;
  }

  /** @throws {CtsError} */
  begin(toolId?: string, path?: string): Promise<void> {
    return whereTrusted(() => this.#begin(toolId, path));
  }

  async #begin(toolId: string | undefined, path: string | undefined): Promise<void> {
    const tool = toolId === undefined ? await this.#chooseTool() : await this.#parts.catalog.find(toolId);
    if (tool === undefined) {
      if (toolId === undefined) return;
      throw new CtsError('TOOL_NOT_FOUND', `There is no tool ${JSON.stringify(toolId)}`);
    }
    const input = await this.#findInput(tool, path);
    if (input === null) return;
    await this.#parts.showForm(tool, input, readValues(this.#parts.memory, tool.id));
  }

  /** Does a run again, with other values. */
  async change(run: Run): Promise<void> {
    await storeValues(this.#parts.memory, run.toolId, run.parameters);
    await this.begin(run.toolId, run.input?.type === 'path' ? run.input.path : undefined);
  }

  async #chooseTool(): Promise<ToolManifest | undefined> {
    const items = (await this.#parts.catalog.listAnalyzers()).map((tool) => ({
      label: makeHarmless(tool.title),
      description: tool.id,
      detail: makeHarmless(tool.summary),
      tool,
    }));
    const options = {
      title: vscode.l10n.t('Run Analyzer'),
      placeHolder: vscode.l10n.t('Which analyzer?'),
      matchOnDetail: true,
    };
    return (await vscode.window.showQuickPick(items, { ...options, matchOnDescription: true }))?.tool;
  }

  /** @returns Null where the user gave up. */
  async #findInput(tool: ToolManifest, path: string | undefined): Promise<string | undefined | null> {
    if (path !== undefined) return path;
    const active = this.#parts.activeLog();
    if (active !== undefined || !tool.input.isRequired) return active;
    return (await this.#parts.chooseLog()) ?? null;
  }
}
