import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { dataFolderOf, extensionsFolderOf, homeFolderOf } from './editor-server.ts';
import type { InstalledHost } from './installed-host.ts';
import { makeServerEnvironment } from './server-environment.ts';

const run = promisify(execFile);

/** Installs a VSIX for the servers of a folder, as a user would. */
export async function installExtension(host: InstalledHost, folder: string, vsix: string): Promise<string> {
  mkdirSync(homeFolderOf(folder), { recursive: true });
  const { stdout } = await run(
    host.node,
    [
      ...[host.server, '--install-extension', vsix, '--force', '--accept-server-license-terms'],
      ...['--server-data-dir', dataFolderOf(folder), '--extensions-dir', extensionsFolderOf(folder)],
    ],
    { env: makeServerEnvironment(process.env, homeFolderOf(folder)) },
  );
  return stdout;
}
