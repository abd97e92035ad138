import * as vscode from 'vscode';
import { memberOf, messageOf } from '../backend/failure.ts';
import { escapeHtml } from '../pages/page-html.ts';
import { guardReport } from '../pages/report-html.ts';

/** Type of the editors that show reports of runs. */
export const REPORT_EDITOR = 'cts.reportEditor';

const MOST_REPORT_BYTES = 32 * 1024 * 1024;

/** Shows reports of runs, under a policy that lets only their own script run. */
export class ReportEditor implements vscode.CustomReadonlyEditorProvider {
  readonly #media: vscode.Uri;

  constructor(media: vscode.Uri) {
    this.#media = media;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.#media, 'icons', 'report-light.svg'),
      dark: vscode.Uri.joinPath(this.#media, 'icons', 'report-dark.svg'),
    };
    try {
      const { html, runsScript } = guardReport(await readReport(uri));
      panel.webview.options = { enableScripts: runsScript, localResourceRoots: [] };
      panel.webview.html = html;
    } catch (error) {
      panel.webview.html = writeNote(vscode.l10n.t('This report cannot be shown.'), describe(error));
    }
  }
}

async function readReport(uri: vscode.Uri): Promise<string> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MOST_REPORT_BYTES)
    throw new Error(vscode.l10n.t('It has {0} bytes. Save it, then open it in a browser.', size));
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

function describe(error: unknown): string {
  if (memberOf(error, 'code') === 'FileNotFound')
    return vscode.l10n.t(
      'Its run was removed, or it was cleaned up. Run the analyzer again to have it back.',
    );
  return messageOf(error);
}

function writeNote(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>${escapeHtml(title)}</title>
</head>
<body><main><h1>${escapeHtml(title)}</h1><p role="alert">${escapeHtml(text)}</p></main></body>
</html>`;
}
