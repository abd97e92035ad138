import * as vscode from 'vscode';

/** Told to menus. */
const RUNNING = 'cts.isServiceRunning';

/** The headless service `cts-lite`, in a terminal of its own: what it says is seen, and Ctrl+C ends it as everywhere. */
export class HeadlessService {
  readonly #extension: vscode.Uri;
  #terminal: vscode.Terminal | undefined;

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
    vscode.window.onDidCloseTerminal((terminal) => {
      if (terminal !== this.#terminal) return;
      this.#terminal = undefined;
      this.#tellMenus();
    });
  }

  start(): void {
    this.#terminal ??= vscode.window.createTerminal({
      name: 'cts-lite',
      shellPath: process.execPath,
      shellArgs: [vscode.Uri.joinPath(this.#extension, 'dist', 'cts-lite.cjs').fsPath],
      // The editor's own backend keeps its data to itself: this one has the folder by convention.
      env: { ELECTRON_RUN_AS_NODE: '1', CTS_DATA_DIR: null, CTS_URL: null },
      iconPath: new vscode.ThemeIcon('server-process'),
      isTransient: true,
    });
    this.#terminal.show(true);
    this.#tellMenus();
  }

  /** As Ctrl+C: work that is going on is ended well. */
  stop(): void {
    this.#terminal?.sendText('\u0003', false);
  }

  #tellMenus(): void {
    void vscode.commands.executeCommand('setContext', RUNNING, this.#terminal !== undefined);
  }
}
