import * as vscode from 'vscode';
import type { Run } from '#protocol';
import type { ToolCatalog } from '../tools/tool-catalog.ts';
import type { RunFilter } from './run-list.ts';

interface FilterItem extends vscode.QuickPickItem {
  readonly filter: RunFilter;
}

/** Asks which runs are shown. @returns Undefined where the user gave up. */
export async function chooseFilter(catalog: ToolCatalog): Promise<RunFilter | undefined> {
  const tools = await catalog.listAnalyzers();
  const items: readonly (FilterItem | vscode.QuickPickItem)[] = [
    { label: vscode.l10n.t('All runs'), filter: { states: [] } },
    { label: vscode.l10n.t('State'), kind: vscode.QuickPickItemKind.Separator },
    byState(vscode.l10n.t('Running'), ['queued', 'running']),
    byState(vscode.l10n.t('Completed'), ['completed']),
    byState(vscode.l10n.t('Failed'), ['failed']),
    byState(vscode.l10n.t('Cancelled'), ['canceled']),
    { label: vscode.l10n.t('Tool'), kind: vscode.QuickPickItemKind.Separator },
    ...tools.map(({ id, title }) => ({ label: id, description: title, filter: { states: [], toolId: id } })),
  ];
  const chosen = await vscode.window.showQuickPick([...items], {
    placeHolder: vscode.l10n.t('Show which runs?'),
  });
  return chosen !== undefined && 'filter' in chosen ? chosen.filter : undefined;
}

function byState(label: string, states: readonly Run['state'][]): FilterItem {
  return { label, filter: { states } };
}
