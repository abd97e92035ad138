/**
 * Packages the extension, installs it into VS Code and acts as its user: `npm run test:e2e`.
 *
 * `newest` or `oldest` as first argument chooses one host, others go to vitest. Where hosts or Chromium are missing,
 * that is said; with `CTS_REQUIRE_EDITOR=1` it is a failure, too.
 */
import type { HostName } from '../../tools/host-versions.mjs';
import { runProcess } from '../../tools/process.mjs';
import { repository } from '../support/repository.ts';
import { describeMissingParts, readHostNames } from '../support/vscode-host/installed-host.ts';
import { tellMissingParts } from '../support/vscode-host/missing-parts.ts';

const { hosts, others } = readHostNames(process.argv.slice(2));
const missing = describeMissingParts(...hosts);
if (missing !== undefined) tellMissingParts('tests in the workbench', missing);
else if (await runScript('tools/package.mjs', ['--target=linux-x64'])) await runSuites(hosts);

async function runSuites(names: readonly HostName[]): Promise<void> {
  for (const name of names) {
    process.stderr.write(`cts: the workbench of the ${name} host …\n`);
    const vitest = 'node_modules/vitest/vitest.mjs';
    await runScript(vitest, ['run', '--mode=e2e', ...others], { CTS_HOST: name });
  }
}

/** Whether the script ended well; if not, neither do we. */
async function runScript(
  script: string,
  scriptArguments: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const exitCode = await runProcess(process.execPath, [script, ...scriptArguments], {
    cwd: repository,
    env: { ...process.env, ...environment },
  });
  if (exitCode !== 0) process.exitCode = exitCode;
  return exitCode === 0;
}
