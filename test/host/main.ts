/**
 * Runs the suite in the extension host: `npm run test:host`.
 *
 * `newest` or `oldest` as argument chooses one host. Where nothing can run it, that is said; with `CTS_REQUIRE_EDITOR=1` it is a failure, too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { repository } from '../support/repository.ts';
import { chooseEditors, type Editor, readEditorWishes } from './editors.ts';
import { readHostNames } from '../support/vscode-host/installed-host.ts';
import { tellMissingParts } from '../support/vscode-host/missing-parts.ts';
import { bundleSuite } from './suite-bundles.ts';

const { hosts } = readHostNames(process.argv.slice(2));
const chosen = await chooseEditors({ ...readEditorWishes(process.env, process.platform), hosts });
if ('missing' in chosen) {
  tellMissingParts('tests in the extension host', chosen.missing);
} else {
  const suite = await bundleSuite();
  for (const editor of chosen.editors) await runSuite(editor, suite);
}

async function runSuite(editor: Editor, suite: string): Promise<void> {
  process.stderr.write(`cts: the suite in ${editor.name} …\n`);
  const workspace = mkdtempSync(join(tmpdir(), 'cts-workspace-'));
  try {
    await runTests({
      vscodeExecutablePath: editor.program,
      extensionDevelopmentPath: process.env['CTS_EXTENSION_FOLDER'] ?? repository,
      extensionTestsPath: suite,
      launchArgs: [workspace, '--disable-extensions'],
      extensionTestsEnv: editor.environment,
    });
  } catch (error) {
    // What failed has been printed by the suite.
    process.stderr.write(`cts: ${editor.name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    rmSync(workspace, { recursive: true, force: true, maxRetries: 20 });
  }
}
