import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

const TEST_LIMIT_MS = 120_000;

/** Runs all suites that lie beside this file once it is bundled; the extension host calls it. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    color: true,
    timeout: TEST_LIMIT_MS,
    forbidOnly: process.env['CI'] !== undefined,
    ...readFilter(process.env['CTS_HOST_GREP']),
  });
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.cjs'));
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
  const ran = mocha.suite.total();
  if (ran === 0) throw new Error('no test was found');
}

function readFilter(words: string | undefined): { grep?: string } {
  return words === undefined || words === '' ? {} : { grep: words };
}
