import * as vscode from 'vscode';
import { type Artifact, CtsError, type Run, writeRunCommand } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { makeHarmless } from '../harmless-text.ts';
import { formatBytes, formatCount } from '../number-text.ts';
import type { ToolCatalog } from '../tools/tool-catalog.ts';
import { readPieces } from './artifact-bytes.ts';
import { locateArtifact, locateReport } from './artifact-files.ts';
import { chooseResult, kindOf } from './artifact-kind.ts';
import { REPORT_EDITOR } from './report-editor.ts';
import type { RunFeed } from './run-feed.ts';

/** Text of runs that are compared. */
const RUN_SCHEME = 'cts-run';

/** The editor writes a file in one piece. */
const MOST_SAVED_BYTES = 512 * 1024 * 1024;

/** What the commands on runs work with. */
export interface RunActionParts {
  readonly backend: Backend;
  readonly feed: RunFeed;
  readonly catalog: ToolCatalog;
}

/** What can be done with runs and with what they left. */
export class RunActions {
  readonly #parts: RunActionParts;

  constructor(parts: RunActionParts) {
    this.#parts = parts;
  }

  /** Opens a file of a run by its kind. */
  async open(artifact: Artifact): Promise<void> {
    switch (kindOf(artifact)) {
      case 'report':
        await this.#openReport(artifact);
        break;
      case 'image':
      case 'text':
        await vscode.commands.executeCommand('vscode.open', locateArtifact(artifact), { preview: true });
        break;
      case 'other':
        await this.save(artifact);
        break;
    }
  }

  /** Opens what a run came to; where nothing of it can be opened at once, it is shown in the list. */
  async openResult(run: Run): Promise<void> {
    const artifacts = await this.#parts.backend.request('artifacts/list', { runId: run.id });
    const result = chooseResult(artifacts);
    if (result !== undefined) await this.open(result);
    else await this.showRun(run);
  }

  /** Shows a run in the list. */
  async showRun(run: Run): Promise<void> {
    await vscode.commands.executeCommand('cts.showRun', run.id);
  }

  /** @returns Whether there is a report. */
  async openReportOf(run: Run): Promise<boolean> {
    const artifacts = await this.#parts.backend.request('artifacts/list', { runId: run.id });
    const report = artifacts.find((artifact) => kindOf(artifact) === 'report');
    if (report !== undefined) await this.#openReport(report);
    return report !== undefined;
  }

  async openByName(runId: string, name: string): Promise<void> {
    const artifacts = await this.#parts.backend.request('artifacts/list', { runId });
    const artifact = artifacts.find((candidate) => candidate.name === name);
    if (artifact !== undefined) await this.open(artifact);
  }

  /** Writes a file of a run where the user says, piece by piece. */
  async save(artifact: Artifact): Promise<void> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const name = artifact.name.replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '-');
    const defaultUri = folder === undefined ? undefined : vscode.Uri.joinPath(folder.uri, name);
    const title = vscode.l10n.t('Save {0}', makeHarmless(artifact.name));
    const target = await vscode.window.showSaveDialog({
      title,
      ...(defaultUri !== undefined && { defaultUri }),
    });
    if (target === undefined) return;
    if (artifact.sizeBytes > MOST_SAVED_BYTES) throw createTooLarge(artifact);
    const pieces: Uint8Array[] = [];
    for await (const piece of readPieces(this.#parts.backend, artifact)) pieces.push(piece);
    await vscode.workspace.fs.writeFile(target, Buffer.concat(pieces));
    const text = vscode.l10n.t(
      'Saved {0} ({1}).',
      makeHarmless(artifact.name),
      formatBytes(artifact.sizeBytes),
    );
    void vscode.window.setStatusBarMessage(text, 5000);
  }

  /** Asks which file of a run is meant. */
  async chooseArtifact({ id }: Run): Promise<Artifact | undefined> {
    const artifacts = await this.#parts.backend.request('artifacts/list', { runId: id });
    const items = artifacts.map((artifact) => ({
      label: makeHarmless(artifact.name),
      description: formatBytes(artifact.sizeBytes),
      artifact,
    }));
    return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which file?') }))
      ?.artifact;
  }

  async copyCommand(run: Run): Promise<void> {
    const tool = await this.#parts.catalog.find(run.toolId);
    const shell = process.platform === 'win32' ? 'powershell' : 'posix';
    const command = writeRunCommand(run, tool, shell);
    await vscode.env.clipboard.writeText(command);
    void vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', makeHarmless(command)), 5000);
  }

  /** Lays what two runs were made of side by side. */
  async compare(first: Run, second: Run): Promise<void> {
    const [older, newer] = first.createdAt <= second.createdAt ? [first, second] : [second, first];
    const title = vscode.l10n.t('Parameters: {0} ↔ {1}', nameRun(older), nameRun(newer));
    await vscode.commands.executeCommand('vscode.diff', locateRun(older), locateRun(newer), title);
  }

  /** Asks which of the other runs of the tool one is compared with. */
  async chooseOther(run: Run): Promise<Run | undefined> {
    const { runs } = await this.#parts.backend.request('runs/list', { toolId: run.toolId, limit: 100 });
    const items = runs
      .filter(({ id }) => id !== run.id)
      .map((other) => ({ label: nameRun(other), description: other.createdAt, detail: other.id, other }));
    const placeHolder = vscode.l10n.t('Compare the parameters with those of');
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.other;
  }

  /** Removes old runs, after saying how many and what that frees. */
  async clean(): Promise<void> {
    const days = await chooseAge();
    if (days === undefined) return;
    const age = { olderThanSeconds: days * 86_400 };
    const { backend } = this.#parts;
    const plan = await backend.request('runs/clean', { ...age, isDryRun: true });
    if (plan.runIds.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No run is that old. Nothing was removed.'));
      return;
    }
    const remove = vscode.l10n.t('Remove');
    const count = formatCount(plan.runIds.length);
    const text = vscode.l10n.t(
      'Remove {0} runs with their files? That frees {1}.',
      count,
      formatBytes(plan.freedBytes),
    );
    if ((await vscode.window.showWarningMessage(text, { modal: true }, remove)) !== remove) return;
    await backend.request('runs/clean', { ...age, isDryRun: false });
  }

  async #openReport(artifact: Artifact): Promise<void> {
    const run = await this.#parts.backend.request('runs/get', { runId: artifact.runId });
    const uri = locateReport(artifact, nameRun(run));
    await vscode.commands.executeCommand('vscode.openWith', uri, REPORT_EDITOR);
  }
}

function createTooLarge({ id, name, sizeBytes }: Artifact): CtsError {
  const size = formatBytes(sizeBytes);
  return new CtsError(
    'FILE_TOO_LARGE',
    vscode.l10n.t('{0} has {1}, too much for the editor to write.', name, size),
    {
      actions: [vscode.l10n.t('Fetch it in the terminal: cts art get {0} --download .', id)],
    },
  );
}

/** What a run is called where there is room for one name. */
function nameRun({ toolId, name, inputName }: Run): string {
  return makeHarmless([toolId, name ?? inputName].filter((part) => part !== null).join(': '));
}

function locateRun({ id }: Run): vscode.Uri {
  return vscode.Uri.from({ scheme: RUN_SCHEME, path: `/${id}.json`, query: id });
}

async function chooseAge(): Promise<number | undefined> {
  const items = [
    { label: vscode.l10n.t('Older than 30 days'), days: 30 },
    { label: vscode.l10n.t('Older than 7 days'), days: 7 },
    { label: vscode.l10n.t('Older than 1 day'), days: 1 },
    { label: vscode.l10n.t('All that have ended'), days: 0 },
  ];
  const placeHolder = vscode.l10n.t('Which runs are removed?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.days;
}
