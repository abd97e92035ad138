import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ctsHome, runCtsProcess } from '../support/cts-process.ts';
import {
  extractBlocks,
  furnishFolder,
  installCts,
  listCommands,
  runDocumented,
} from '../support/documented-commands.ts';
import { readRepositoryFile } from '../support/repository.ts';

const COMMAND_LINE = readRepositoryFile('docs/CLI.md');
let folder = '';
let path = '';

beforeAll(() => {
  folder = mkdtempSync(join(ctsHome.path, 'docs-'));
  furnishFolder(folder);
  path = installCts(folder);
});

const runScript = (script: string): Promise<void> => runDocumented(script, { folder, path });

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

  it('names nothing in blocks that are not run but what waits for a token, a terminal, a browser or a monitor', () => {
    const lines = extractBlocks(COMMAND_LINE, 'sh').flatMap((block) => block.trim().split('\n'));
    expect(
      lines.filter((line) => !/^cts (serve|download|open|mon (start|stream|stop))( |$)/.test(line)),
    ).toEqual([]);
  });
});

/** What reads a whole minute is run with the pages of the analyzers. */
const README_COMMANDS = listCommands(readRepositoryFile('README.md')).filter(
  (line) => !line.includes('--path'),
);

describe('README.md', () => {
  it('shows commands', () => {
    expect(README_COMMANDS.length).toBeGreaterThan(3);
  });

  it.each(README_COMMANDS.map((line) => [line] as const))('%s', runScript, 60_000);
});
