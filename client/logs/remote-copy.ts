import * as vscode from 'vscode';
import { CtsError } from '#protocol';
import { formatBytes } from '../number-text.ts';

/** Larger files of virtual workspaces are not copied: the editor hands them over in one piece. */
const MOST_COPIED_BYTES = 256 * 1024 * 1024;

/**
 * Gives the path of a file on this machine. One of a virtual workspace is copied first, and that is said.
 *
 * @throws {CtsError} FILE_TOO_LARGE
 */
export async function provideLocalPath(uri: vscode.Uri, storage: vscode.Uri): Promise<string> {
  if (uri.scheme === 'file') return uri.fsPath;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MOST_COPIED_BYTES) throw createTooLarge(uri, size);
  const folder = vscode.Uri.joinPath(storage, 'copies', await hashText(uri.toString()));
  const copy = vscode.Uri.joinPath(folder, uri.path.split('/').at(-1) ?? 'rlog');
  await vscode.workspace.fs.createDirectory(folder);
  await vscode.workspace.fs.writeFile(copy, await vscode.workspace.fs.readFile(uri));
  const text = vscode.l10n.t(
    'This log lies in a virtual workspace. A copy of {0} is shown; changes of the file are not.',
    formatBytes(size),
  );
  void vscode.window.showInformationMessage(text);
  return copy.fsPath;
}

function createTooLarge(uri: vscode.Uri, size: number): CtsError {
  const most = formatBytes(MOST_COPIED_BYTES);
  return new CtsError(
    'FILE_TOO_LARGE',
    vscode.l10n.t(
      'This log has {0}. Of a virtual workspace ({1}) at most {2} are copied. Open it from a folder of this machine.',
      formatBytes(size),
      uri.scheme,
      most,
    ),
  );
}

async function hashText(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Buffer.from(hash).toString('hex').slice(0, 32);
}
