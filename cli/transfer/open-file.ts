import { spawn } from 'node:child_process';

/** Opens a file with whatever program the desktop has for it; nothing waits for that program. */
export function openFile(path: string): void {
  const [program, ...args] = nameOpener(process.platform);
  const child = spawn(program, [...args, path], { detached: true, stdio: 'ignore' });
  // A machine without a desktop has no such program.
  child.once('error', () => undefined);
  child.unref();
}

function nameOpener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['explorer.exe'] : ['xdg-open'];
}
