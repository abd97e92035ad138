import * as vscode from 'vscode';
import { describeActiveRuns } from './active-runs-words.ts';
import type { RunFeed } from './run-feed.ts';
import { isActive } from './run-list.ts';

/** Shows in the status bar what is running, as far as somebody follows the runs. */
export function displayActiveRuns(feed: RunFeed): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('cts.activeRuns', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('CTS runs');
  item.command = 'cts.runs.focus';
  const forget = feed.onChange(() => {
    const text = describeActiveRuns(feed.list.list().filter(isActive), vscode.l10n.t);
    if (text === undefined) item.hide();
    else {
      item.text = text;
      item.show();
    }
  });
  return vscode.Disposable.from(item, new vscode.Disposable(forget));
}
