import type * as vscode from 'vscode';
import type { Backend } from '../backend/backend.ts';
import { writeRunDocument } from './run-document.ts';

/** What runs were made of, as texts that the editor compares. */
export class RunTexts implements vscode.TextDocumentContentProvider {
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    return writeRunDocument(await this.#backend.request('runs/get', { runId: query }));
  }
}
