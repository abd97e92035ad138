import * as vscode from 'vscode';

/** Does what only a trusted workspace may have done; elsewhere says so, and leads to where trust is given. */
export async function whereTrusted<Value>(work: () => Promise<Value> | Value): Promise<Value | undefined> {
  if (vscode.workspace.isTrusted) return work();
  const manage = vscode.l10n.t('Manage Trust');
  const text = vscode.l10n.t('This workspace is not trusted. Logs can be viewed; analyzers do not run.');
  if ((await vscode.window.showWarningMessage(text, manage)) === manage)
    await vscode.commands.executeCommand('workbench.trust.manage');
  return undefined;
}
