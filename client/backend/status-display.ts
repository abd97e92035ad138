import * as vscode from 'vscode';
import type { Backend, BackendStatus } from './backend.ts';
import { describeStatus, OutageWatch } from './backend-words.ts';

const COLORS = {
  none: undefined,
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
};

/** Shows how the backend is: in the status bar, and in one message when it ends. */
export function displayStatus(backend: Backend, log: vscode.LogOutputChannel): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('cts.backend', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('CTS backend');
  item.command = 'cts.showBackendActions';
  const outages = new OutageWatch(() => performance.now());
  const show = (status: BackendStatus): void => {
    const { text, tooltip, severity } = describeStatus(status, backend.facts, vscode.l10n.t);
    item.text = text;
    item.tooltip = tooltip;
    item.backgroundColor = COLORS[severity];
    item.accessibilityInformation = { label: tooltip };
    item.show();
    if (status.reason !== undefined) log.warn(`${status.state}: ${status.reason.message}`);
    const message = outages.observe(status, vscode.l10n.t);
    if (message !== undefined) void tell(message.kind, message.text);
  };
  show(backend.status);
  const forget = backend.onStatus((status) => {
    show(status);
    if (status.state === 'ready') for (const sentence of backend.facts?.missing ?? []) log.warn(sentence);
  });
  return vscode.Disposable.from(item, new vscode.Disposable(forget));
}

async function tell(kind: 'restarting' | 'stopped', text: string): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  const restart = vscode.l10n.t('Restart Backend');
  const choice =
    kind === 'stopped'
      ? await vscode.window.showErrorMessage(text, restart, showLog)
      : await vscode.window.showWarningMessage(text, showLog);
  if (choice === showLog) await vscode.commands.executeCommand('cts.showBackendLog');
  if (choice === restart) await vscode.commands.executeCommand('cts.restartBackend');
}
