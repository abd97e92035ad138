import { spawn } from 'node:child_process';
import { ctsHome, endOf } from './cts-process.ts';
import type { DocumentedPlace } from './documented-commands.ts';

/** A command of a document, and what the document says that it prints. */
export interface DocumentedCommand {
  readonly command: string;
  readonly output: string;
}

const BLOCK = /^```console\n([^]*?)^```$/gm;

/** Commands in blocks of a console: lines that begin with `$ `, and below each what it prints. */
export function listConsoleCommands(markdown: string): readonly DocumentedCommand[] {
  return [...markdown.matchAll(BLOCK)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const end = text.indexOf('\n');
        return { command: text.slice(0, end), output: text.slice(end + 1) };
      }),
  );
}

/** Puts what commands print into the blocks of a document. */
export function fillConsoles(markdown: string, outputs: readonly DocumentedCommand[]): string {
  const left = [...outputs];
  return markdown.replace(BLOCK, (block) => {
    const count = block.split(/^\$ /m).length - 1;
    const filled = left.splice(0, count).map(({ command, output }) => `$ ${command}\n${output}`);
    return `\`\`\`console\n${filled.join('')}\`\`\``;
  });
}

/** Runs a command of a document in a folder; returns what it prints on both streams, in its order. */
export async function runConsole(command: string, { folder, path }: DocumentedPlace): Promise<string> {
  const child = spawn('sh', ['-c', `exec 2>&1\n${command}`], {
    cwd: folder,
    env: { ...ctsHome.env, PATH: path },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { stdout } = await endOf(child);
  return stdout;
}
