import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What package.json contributes, as far as it is looked at here. */
export interface Contributions {
  readonly commands: readonly { readonly command: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  readonly languageModelTools: readonly { readonly name: string }[];
  readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
}

/** The extension under test. */
export function findExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('cts.cts');
  assert.ok(extension !== undefined, 'the extension cts.cts is not there');
  return extension;
}

/** What the extension contributes. */
export function readContributions(): Contributions {
  return (findExtension().packageJSON as { readonly contributes: Contributions }).contributes;
}

/** The log that comes with the extension. */
export function locateSampleLog(): vscode.Uri {
  return vscode.Uri.joinPath(findExtension().extensionUri, 'media/sample/synthetic-subaru-55mph.rlog.zst');
}

/** What a language model would be answered. */
export async function askTool(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const texts = content.filter((part) => part instanceof vscode.LanguageModelTextPart);
  return texts.map(({ value }) => value).join('\n');
}

/** Looks again and again until something is found; the test's time limit is the only other end. */
export async function waitFor<Found>(
  look: () => Found | undefined | Promise<Found | undefined>,
): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
