import * as vscode from 'vscode';
import { CtsError } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { memberOf } from '../backend/failure.ts';
import { makeHarmless } from '../harmless-text.ts';
import type { ToolCatalog } from './tool-catalog.ts';

/** Starts one of the monitors that the backend has. */
export async function startMonitor(backend: Backend, catalog: ToolCatalog): Promise<void> {
  const monitors = (await catalog.list()).filter(({ kind }) => kind === 'monitor');
  if (monitors.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This backend has no monitors.'));
    return;
  }
  const items = monitors.map(({ id, title, summary }) => ({
    label: title,
    description: id,
    detail: summary,
    id,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which monitor?') });
  if (chosen !== undefined) await backend.request('monitors/start', { toolId: chosen.id, parameters: {} });
}

/** Stops a monitor: the one of a row, or one that is chosen. */
export async function stopMonitor(backend: Backend, target: unknown): Promise<void> {
  const given = memberOf(target, 'id');
  const monitorId = typeof given === 'string' ? given : await chooseMonitor(backend);
  if (monitorId !== undefined) await backend.request('monitors/stop', { monitorId });
}

async function chooseMonitor(backend: Backend): Promise<string | undefined> {
  const monitors = await backend.request('monitors/list', {});
  if (monitors.length === 0) throw new CtsError('MONITOR_NOT_FOUND', 'No monitor is running');
  const items = monitors.map(({ id, toolId }) => ({ label: makeHarmless(toolId), description: id, id }));
  return (
    await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which monitor is stopped?') })
  )?.id;
}
