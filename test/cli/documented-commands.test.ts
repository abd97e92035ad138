import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ctsHome, endOf, runCtsProcess } from '../support/cts-process.ts';
import { extractBlocks, furnishFolder, installCts } from '../support/documented-commands.ts';
import { readRepositoryFile } from '../support/repository.ts';

const COMMAND_LINE = readRepositoryFile('docs/CLI.md');
let folder = '';
let path = '';

beforeAll(() => {
  folder = mkdtempSync(join(ctsHome.path, 'docs-'));
  furnishFolder(folder);
  path = installCts(folder);
});

async function runScript(script: string): Promise<void> {
  const child = spawn('sh', ['-euxc', script], {
    cwd: folder,
    env: { ...ctsHome.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { exitCode, stderr } = await endOf(child);
  expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
}

describe('docs/CLI.md', () => {
  it.each(extractBlocks(COMMAND_LINE, 'sh tested').map((block) => [block] as const))('%s', runScript, 60_000);

  it('has every command', async () => {
    const { stdout } = await runCtsProcess(['--help']);
    const list = stdout.slice(stdout.indexOf('\nCommands:\n'), stdout.indexOf('\nExamples:\n'));
    const names = [...list.matchAll(/^ {2}([a-z]+)/gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'help');
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !COMMAND_LINE.includes(`cts ${name}`))).toEqual([]);
  });

  it('names nothing in blocks that are not run but what waits for a token, a terminal or a monitor', () => {
    const lines = extractBlocks(COMMAND_LINE, 'sh').flatMap((block) => block.trim().split('\n'));
    expect(lines.filter((line) => !/^cts (serve|download|mon (start|stream|stop)) /.test(line))).toEqual([]);
  });
});

/** Lines of the README that begin with `cts` and end: not those that serve, nor those that need other programs. */
function listReadmeCommands(): readonly string[] {
  return extractBlocks(readRepositoryFile('README.md'), 'sh')
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => /^cts (?!serve|download)/.test(line))
    .map((line) => line.replace(/\s*\|\s*jq .*$/, ''));
}

describe('README.md', () => {
  it('shows commands', () => {
    expect(listReadmeCommands().length).toBeGreaterThan(3);
  });

  it.each(listReadmeCommands().map((line) => [line] as const))('%s', runScript, 60_000);
});
