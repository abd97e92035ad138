import * as vscode from 'vscode';
import type { Artifact } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { toCtsError } from '../backend/failure.ts';
import { readWhole } from './artifact-bytes.ts';

/** Files of runs as the editor sees them. */
const ARTIFACT_SCHEME = 'cts-artifact';

/** Where the editor finds a file of a run. */
export function locateArtifact({ id, runId, name }: Pick<Artifact, 'id' | 'runId' | 'name'>): vscode.Uri {
  return vscode.Uri.from({ scheme: ARTIFACT_SCHEME, path: `/${runId}/${name}`, query: id });
}

/** Where the editor finds a report; its last part is what its tab is called. */
export function locateReport({ id, runId }: Pick<Artifact, 'id' | 'runId'>, title: string): vscode.Uri {
  const name = title.replaceAll(/[/\\?#]/g, '-');
  return vscode.Uri.from({ scheme: ARTIFACT_SCHEME, path: `/${runId}/report/${name}`, query: id });
}

/** Hands files of runs to the editor: text, tables and pictures open in its own editors, read-only. */
export class ArtifactFiles implements Pick<vscode.FileSystemProvider, 'stat' | 'readFile'> {
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { createdAt, sizeBytes } = await this.#find(uri);
    const time = Date.parse(createdAt);
    const permissions = vscode.FilePermission.Readonly;
    return { type: vscode.FileType.File, ctime: time, mtime: time, size: sizeBytes, permissions };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const artifact = await this.#find(uri);
    try {
      return await readWhole(this.#backend, artifact);
    } catch (error) {
      throw toFileError(uri, error);
    }
  }

  async #find(uri: vscode.Uri): Promise<Artifact> {
    try {
      return await this.#backend.request('artifacts/get', { artifactId: uri.query });
    } catch (error) {
      throw toFileError(uri, error);
    }
  }
}

function toFileError(uri: vscode.Uri, error: unknown): vscode.FileSystemError {
  const { code, message } = toCtsError(error);
  if (code === 'ARTIFACT_NOT_FOUND' || code === 'INVALID_PARAMETER')
    return vscode.FileSystemError.FileNotFound(uri);
  return vscode.FileSystemError.Unavailable(message);
}
