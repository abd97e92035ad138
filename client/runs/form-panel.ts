import * as vscode from 'vscode';
import type { PageInput, ParameterValues, ToolManifest } from '#protocol';
import { makeHarmless } from '../harmless-text.ts';
import { performAction } from '../pages/page-actions.ts';
import { showPage, type PageSurroundings } from '../pages/page-panel.ts';

/** What forms are joined to. */
export interface FormParts {
  readonly pages: PageSurroundings;
  readonly memory: vscode.Memento;
  readonly media: vscode.Uri;
}

/** Shows the form of a tool's parameters: the page makes it from the tool's schema and starts the run. */
export async function showForm(
  parts: FormParts,
  tool: ToolManifest,
  { path, values }: { readonly path: string | undefined; readonly values: ParameterValues },
): Promise<void> {
  const title = makeHarmless(tool.title);
  const panel = vscode.window.createWebviewPanel('cts.form', title, vscode.ViewColumn.Active, {
    retainContextWhenHidden: true,
  });
  panel.iconPath = {
    light: vscode.Uri.joinPath(parts.media, 'icons', 'tool-light.svg'),
    dark: vscode.Uri.joinPath(parts.media, 'icons', 'tool-dark.svg'),
  };
  const input: PageInput = { page: 'form', tool: tool.id, ...(path !== undefined && { path }), values };
  const close = (): void => {
    panel.dispose();
  };
  const { memory } = parts;
  const act = (action: Parameters<typeof performAction>[0]): ReturnType<typeof performAction> =>
    performAction(action, { input, memory, close });
  showPage(panel, { input, title, act, key: `form ${tool.id}` }, parts.pages);
}
