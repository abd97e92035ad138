import * as vscode from 'vscode';
import type { RunLogEntry } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { writeLogLine } from './run-log-text.ts';

const MOST_LINES = 10_000;

/** The output channel in which runs speak, one run at a time. */
export class RunLogChannel {
  readonly #channel: vscode.OutputChannel;
  readonly #backend: Backend;
  #runId: string | undefined;
  #sequence = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#channel = vscode.window.createOutputChannel('CTS Runs', 'log');
  }

  dispose(): void {
    this.#channel.dispose();
  }

  /** Appends what a run said. Another run begins a new text. */
  write(runId: string, entries: readonly RunLogEntry[]): void {
    if (this.#runId !== runId) this.#begin(runId);
    for (const entry of entries) {
      if (entry.sequence <= this.#sequence) continue;
      this.#sequence = entry.sequence;
      this.#channel.appendLine(writeLogLine(entry));
    }
  }

  /** Shows everything that a run said, from its beginning. */
  async show(runId: string): Promise<void> {
    this.#begin(runId);
    this.#channel.show(true);
    for (let after = 0; after < MOST_LINES;) {
      const page = await this.#backend.request('runs/readLog', { runId, after, limit: 1000 });
      this.write(runId, page.entries);
      const last = page.entries.at(-1);
      if (!page.hasMore || last === undefined) break;
      after = last.sequence;
    }
  }

  #begin(runId: string): void {
    this.#runId = runId;
    this.#sequence = 0;
    this.#channel.clear();
    this.#channel.appendLine(vscode.l10n.t('Run {0}', runId));
  }
}

/** Reads what a backend told. */
export function readAppended(entries: unknown): readonly RunLogEntry[] {
  return Array.isArray(entries) ? (entries as readonly RunLogEntry[]) : [];
}
