import * as vscode from 'vscode';
import { CtsError, type Run } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { memberOf, messageOf, toCtsError } from '../backend/failure.ts';
import { makeHarmless } from '../harmless-text.ts';
import type { RunFeed } from './run-feed.ts';
import { isActive } from './run-list.ts';
import { describeFailure } from './run-words.ts';
import { readAppended, type RunLogChannel } from './run-log-channel.ts';

/** What attending a run needs. */
export interface AttendanceParts {
  readonly backend: Backend;
  readonly feed: RunFeed;
  readonly log: RunLogChannel;
  /** Opens what a run that is complete came to. */
  readonly showResult: (run: Run) => Promise<void>;
}

/** Stays with runs until they end: progress that can be cancelled, their log as it comes, and what they came to. */
export class RunAttendance {
  readonly #parts: AttendanceParts;
  readonly #attended = new Set<string>();

  constructor(parts: AttendanceParts) {
    this.#parts = parts;
  }

  /** Shows a run that has been started until it ends, then its result. A run is attended once. */
  attend(run: Run): void {
    if (this.#attended.has(run.id)) return;
    this.#attended.add(run.id);
    this.#show(run)
      .catch((error: unknown) => {
        // Where there is no backend any more, its status has said so.
        if (this.#parts.backend.status.state !== 'stopped')
          void vscode.window.showErrorMessage(messageOf(error));
      })
      .finally(() => this.#attended.delete(run.id));
  }

  async #show(run: Run): Promise<void> {
    this.#parts.feed.take(run);
    const title = makeHarmless(`${run.toolId}: ${run.name ?? run.inputName ?? ''}`);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const ended = await vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => {
        void this.#parts.backend.request('runs/cancel', { runId: run.id }).catch(() => undefined);
      });
      const forget = this.#followProgress(run.id, progress);
      try {
        return await this.waitForEnd(run.id);
      } finally {
        forget();
      }
    });
    await this.#tellEnd(ended);
  }

  /**
   * Waits until a run has ended, writing down what it says. Where the backend goes away meanwhile, it is waited for.
   *
   * @throws {CtsError}
   */
  async waitForEnd(runId: string, signal?: AbortSignal): Promise<Run> {
    const { backend, log } = this.#parts;
    for (let after = 0; ;) {
      try {
        const onNews = (method: string, news: unknown): void => {
          if (method !== 'runs/logAppended') return;
          const entries = readAppended(memberOf(news, 'entries'));
          log.write(runId, entries);
          after = entries.at(-1)?.sequence ?? after;
        };
        await backend.request('runs/followLog', { runId, after }, { signal, onNews });
        const run = await backend.request('runs/get', { runId }, { signal });
        if (!isActive(run)) return run;
      } catch (error) {
        signal?.throwIfAborted();
        if (toCtsError(error).code !== 'SERVER_UNREACHABLE') throw error;
      }
    }
  }

  #followProgress(
    runId: string,
    progress: vscode.Progress<{ readonly message?: string; readonly increment?: number }>,
  ): () => void {
    let reached = 0;
    return this.#parts.feed.onChange(({ changed }) => {
      const run = changed.find(({ id }) => id === runId);
      if (run?.progress === undefined || run.progress === null) return;
      const increment = Math.max(0, run.progress - reached);
      reached += increment;
      const message = `${Math.floor(run.progress)}\u00a0% ${makeHarmless(run.progressMessage ?? '')}`;
      progress.report({ increment, message });
    });
  }

  async #tellEnd(run: Run): Promise<void> {
    this.#parts.feed.take(run);
    if (run.state === 'completed') await this.#parts.showResult(run);
    if (run.state === 'canceled')
      void vscode.window.setStatusBarMessage(
        vscode.l10n.t('{0} was cancelled.', makeHarmless(run.toolId)),
        5000,
      );
    if (run.state === 'failed') void tellFailure(run);
  }
}

async function tellFailure(run: Run): Promise<void> {
  const change = vscode.l10n.t('Change Parameters…');
  const openLog = vscode.l10n.t('Open Log');
  const showLog = vscode.l10n.t('Show Run Log');
  const hasLog = run.input?.type === 'path';
  const buttons = [change, ...(hasLog ? [openLog] : []), showLog];
  const choice = await vscode.window.showErrorMessage(describeFailure(run, vscode.l10n.t), ...buttons);
  if (choice === change) await vscode.commands.executeCommand('cts.changeParameters', run);
  if (choice === showLog) await vscode.commands.executeCommand('cts.showRunLog', run);
  if (choice === openLog && run.input?.type === 'path')
    await vscode.commands.executeCommand('cts.openLog', run.input.path);
}

/** Asks for one run, whatever names it. @throws {CtsError} RUN_NOT_FOUND */
export async function findRun(feed: RunFeed, backend: Backend, id: unknown): Promise<Run> {
  if (typeof id !== 'string') throw new CtsError('RUN_NOT_FOUND', 'No run was chosen');
  const known = feed.list.get(id);
  return known !== undefined && !isActive(known) ? known : backend.request('runs/get', { runId: id });
}
