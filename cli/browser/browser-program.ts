import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** A program and what it is called with. */
export type Call = readonly [program: string, ...args: string[]];

/** Finds how an address is shown on this machine: by the user's `$BROWSER`, else by what the platform has for it. */
export function chooseBrowser(address: string, env: Environment, platform: NodeJS.Platform): Call {
  const [program = '', ...args] = (env['BROWSER'] ?? '').split(':')[0]?.trim().split(/\s+/) ?? [];
  if (program !== '' && platform !== 'win32') {
    const isPlaced = args.some((arg) => arg.includes('%s'));
    return [program, ...args.map((arg) => arg.replaceAll('%s', address)), ...(isPlaced ? [] : [address])];
  }
  if (platform === 'darwin') return ['open', address];
  // Unlike `start`, this leaves every character of an address alone.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return ['xdg-open', address];
}

/** Starts a program that nobody waits for. @returns Whether there is such a program. */
export function startProgram([program, ...args]: Call): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
    child.once('error', () => {
      resolve(false);
    });
  });
}
