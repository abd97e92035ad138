import * as vscode from 'vscode';
import { nameLog } from '../logs/log-place.ts';
import { listTaskArguments, offerTasks, readRunTask, type RunTask } from './run-task.ts';
import type { ToolCatalog } from './tool-catalog.ts';

/** What tasks are made of. */
export interface TaskParts {
  readonly catalog: ToolCatalog;
  readonly extension: vscode.Uri;
  readonly dataFolder: vscode.Uri;
  readonly activeLog: () => string | undefined;
}

/** Offers runs as tasks: `cts: run`. They go through the `cts` program, and stand in the view Runs like all others. */
export class RunTasks implements vscode.TaskProvider {
  readonly #parts: TaskParts;

  constructor(parts: TaskParts) {
    this.#parts = parts;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    const path = this.#parts.activeLog();
    if (path === undefined) return [];
    const tools = await this.#parts.catalog.listAnalyzers();
    return offerTasks(tools, path).map((task) => this.#create(task, { type: 'cts', ...task }));
  }

  resolveTask({ definition }: vscode.Task): vscode.Task | undefined {
    const task = readRunTask(definition);
    return task === undefined ? undefined : this.#create(task, definition);
  }

  #create(task: RunTask, definition: vscode.TaskDefinition): vscode.Task {
    const program = vscode.Uri.joinPath(this.#parts.extension, 'dist', 'cts.cjs').fsPath;
    const env = { ELECTRON_RUN_AS_NODE: '1', CTS_DATA_DIR: this.#parts.dataFolder.fsPath };
    const execution = new vscode.ProcessExecution(process.execPath, [program, ...listTaskArguments(task)], {
      env,
    });
    const name = task.path === undefined ? `run ${task.tool}` : `run ${task.tool} (${nameLog(task.path)})`;
    return new vscode.Task(definition, vscode.TaskScope.Workspace, name, 'cts', execution, '$cts-run');
  }
}
