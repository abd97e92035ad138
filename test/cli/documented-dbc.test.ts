import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ctsHome } from '../support/cts-process.ts';
import { extractBlocks, installCts, runDocumented } from '../support/documented-commands.ts';
import { fillConsoles, listConsoleCommands, runConsole } from '../support/documented-consoles.ts';
import { readRepositoryFile, repository } from '../support/repository.ts';

const NAME = 'docs/DBC.md';
const DOCUMENT = readRepositoryFile(NAME);
let folder = '';
let path = '';

beforeAll(() => {
  folder = mkdtempSync(join(ctsHome.path, 'dbc-'));
  for (const place of ['docs/examples', 'media/sample'])
    cpSync(join(repository, place), join(folder, place), { recursive: true });
  path = installCts(folder);
});

describe(NAME, () => {
  it('shows what its commands print', async () => {
    const commands = listConsoleCommands(DOCUMENT);
    expect(commands.length).toBeGreaterThan(8);
    const printed = [];
    for (const { command } of commands)
      printed.push({ command, output: await runConsole(command, { folder, path }) });
    const filled = fillConsoles(DOCUMENT, printed);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(join(repository, NAME), filled);
    else expect(filled).toBe(DOCUMENT);
  }, 60_000);

  it.each(extractBlocks(DOCUMENT, 'sh tested').map((block) => [block] as const))(
    '%s',
    (script) => runDocumented(script, { folder, path }),
    60_000,
  );
});
