import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ctsHome } from '../support/cts-process.ts';
import {
  furnishRecordings,
  installCts,
  listCommands,
  runDocumented,
} from '../support/documented-commands.ts';
import { listRepositoryFiles, readRepositoryFile } from '../support/repository.ts';

const pages = listRepositoryFiles('docs/analyzers').map((page) => ({
  page,
  commands: listCommands(readRepositoryFile(page)),
}));
let folder = '';
let path = '';

beforeAll(async () => {
  folder = mkdtempSync(join(ctsHome.path, 'analyzers-'));
  await furnishRecordings(folder);
  path = installCts(folder);
});

beforeEach(() => {
  rmSync(join(folder, 'out'), { recursive: true, force: true, maxRetries: 20 });
});

/** Only who waits hears whether a run did what it should. */
function wait(command: string): string {
  return command.startsWith('cts run ') && !command.includes('--out-dir') ? `${command} --wait` : command;
}

describe.each(pages)('$page', ({ commands }) => {
  it('shows commands', () => {
    expect(commands.length).toBeGreaterThan(1);
  });

  it.each(commands)(
    '%s',
    async (command) => {
      await runDocumented(wait(command), { folder, path });
    },
    60_000,
  );
});

it('README.md: commands that read a drive of a minute', async () => {
  const analyses = listCommands(readRepositoryFile('README.md')).filter((line) => line.includes('--path'));
  expect(analyses.length).toBeGreaterThan(2);
  for (const command of analyses) await runDocumented(`${command} --force`, { folder, path });
}, 60_000);
