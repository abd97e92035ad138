import * as vscode from 'vscode';
import type { PageInput } from '#protocol';
import { performAction } from '../pages/page-actions.ts';
import { showPage, type PageSurroundings } from '../pages/page-panel.ts';
import { nameLog } from './log-place.ts';
import { provideLocalPath } from './remote-copy.ts';

/** Type of the editors that show logs. */
export const LOG_EDITOR = 'cts.logEditor';

/** What log editors are joined to. */
export interface LogEditorParts {
  readonly pages: PageSurroundings;
  readonly storage: vscode.Uri;
  readonly media: vscode.Uri;
  readonly memory: vscode.Memento;
}

interface LogDocument extends vscode.CustomDocument {
  /** On this machine. */
  readonly path: string;
}

/** Shows logs. Neither the editor nor this ever holds the file: the page asks for what it shows. */
export class LogEditor implements vscode.CustomReadonlyEditorProvider<LogDocument> {
  readonly #parts: LogEditorParts;
  readonly #panels = new Map<vscode.WebviewPanel, string>();
  #latest: vscode.WebviewPanel | undefined;

  constructor(parts: LogEditorParts) {
    this.#parts = parts;
  }

  /** Path of the log in front; undefined where something else is. */
  get activePath(): string | undefined {
    return this.#latest?.active === true ? this.#panels.get(this.#latest) : undefined;
  }

  async openCustomDocument(uri: vscode.Uri): Promise<LogDocument> {
    return { uri, path: await provideLocalPath(uri, this.#parts.storage), dispose: () => undefined };
  }

  resolveCustomEditor({ uri, path }: LogDocument, panel: vscode.WebviewPanel): void {
    const { pages, memory, media } = this.#parts;
    const name = nameLog(path);
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    const input: PageInput = {
      page: 'log',
      path,
      name,
      ...(folder?.scheme === 'file' && { projectFolder: folder.fsPath }),
    };
    const close = (): void => {
      panel.dispose();
    };
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'icons', 'log-light.svg'),
      dark: vscode.Uri.joinPath(media, 'icons', 'log-dark.svg'),
    };
    this.#keep(panel, path);
    const act = (action: Parameters<typeof performAction>[0]): ReturnType<typeof performAction> =>
      performAction(action, { input, memory, close });
    showPage(panel, { input, act, title: name, key: uri.toString() }, pages);
  }

  #keep(panel: vscode.WebviewPanel, path: string): void {
    this.#panels.set(panel, path);
    if (panel.active) this.#latest = panel;
    panel.onDidChangeViewState(() => {
      if (panel.active) this.#latest = panel;
    });
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      if (this.#latest === panel) this.#latest = undefined;
    });
  }
}
