import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import type { HostName } from '../../tools/host-versions.mjs';
import { repository } from '../support/repository.ts';
import { describeMissingParts } from '../support/vscode-host/installed-host.ts';

/** An editor that the suite runs in. */
export interface Editor {
  readonly name: string;
  /** What is started in place of the desktop's `code`. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Which editors to run in, or what is missing to run in any. */
export type ChosenEditors = { readonly editors: readonly Editor[] } | { readonly missing: string };

/** What `test:host` is asked for, in the environment. */
export interface EditorWishes {
  /** `CTS_VSCODE`: a program that takes the command line of `code`. */
  readonly program: string | undefined;
  /** `CTS_VSCODE_VERSION`: the desktop version to download, as `1.101.0` or `stable`. */
  readonly version: string | undefined;
  /** Whether a window can be opened at all. */
  readonly hasDisplay: boolean;
  /** The hosts that stand in for a desktop. */
  readonly hosts: readonly HostName[];
}

const STAND_IN = join(repository, 'test/support/vscode-host/code.mjs');
const DOWNLOAD_LIMIT_MS = 60_000;

/** Reads the wishes. */
export function readEditorWishes(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Omit<EditorWishes, 'hosts'> {
  return {
    program: env['CTS_VSCODE'],
    version: env['CTS_VSCODE_VERSION'],
    hasDisplay: platform !== 'linux' || (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') !== '',
  };
}

/** The program that was named, else desktop VS Code where it can be had, else both hosts. */
export async function chooseEditors(wishes: EditorWishes): Promise<ChosenEditors> {
  if (wishes.program !== undefined) return { editors: [namedEditor(wishes.program)] };
  const desktop = wishes.hasDisplay ? await downloadDesktop(wishes.version ?? 'stable') : undefined;
  if (desktop !== undefined) return { editors: [desktop] };
  if (wishes.version !== undefined) return { missing: `VS Code ${wishes.version} for a desktop` };
  const missing = describeMissingParts(...wishes.hosts);
  return missing === undefined ? { editors: wishes.hosts.map(hostEditor) } : { missing };
}

function namedEditor(program: string): Editor {
  return { name: program, program, environment: {} };
}

function hostEditor(host: HostName): Editor {
  return { name: `${host} host`, program: STAND_IN, environment: { CTS_HOST: host } };
}

async function downloadDesktop(version: string): Promise<Editor | undefined> {
  try {
    const program = await downloadAndUnzipVSCode({
      version,
      timeout: DOWNLOAD_LIMIT_MS,
      cachePath: join(repository, '.vscode-test'),
    });
    return { name: `desktop VS Code ${version}`, program, environment: {} };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`cts: VS Code cannot be downloaded (${why})\n`);
    return undefined;
  }
}
