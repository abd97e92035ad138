import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { listBackends } from '../../support/vscode-host/processes-of-editor.ts';
import { findExtension, readContributions } from './support/cts-extension.ts';

const MOST_ACTIVATION_MS = 50;

describe('activation', () => {
  it('waits until something is used', () => {
    assert.equal(findExtension().isActive, false);
  });

  it('takes less than 50 ms of host time', async () => {
    await waitUntilQuiet();
    const start = process.cpuUsage();
    await findExtension().activate();
    const tookMs = readUsedMs(start);
    console.log(`activation took ${tookMs.toFixed(1)} ms of processor time`);
    assert.ok(tookMs < MOST_ACTIVATION_MS, `${tookMs} ms`);
  });

  it('starts no backend', function () {
    if (process.platform !== 'linux') this.skip();
    assert.deepEqual(listBackends(process.pid), []);
  });

  it('registers each command that it contributes, and no other', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter((id) => isOurs(id));
    const contributed = readContributions().commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), [...contributed].sort());
  });

  it('registers each language model tool that it contributes', () => {
    const registered = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('cts_'));
    const contributed = readContributions().languageModelTools.map(({ name }) => name);
    assert.deepEqual(registered.sort(), [...contributed].sort());
  });

  it('has its settings with their defaults', () => {
    const settings = Object.entries(readContributions().configuration.properties);
    for (const [key, { default: expected }] of settings) {
      assert.deepEqual(vscode.workspace.getConfiguration().get(key), expected, key);
    }
  });
});

/** The host starts other extensions meanwhile; what they take is not ours. */
async function waitUntilQuiet(): Promise<void> {
  const spanMs = 250;
  for (let usedMs = spanMs; usedMs > spanMs / 20;) {
    const start = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, spanMs));
    usedMs = readUsedMs(start);
  }
}

function readUsedMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Views bring commands of their own, such as `cts.runs.focus`. */
function isOurs(id: string): boolean {
  const views = Object.values(readContributions().views).flat();
  return id.startsWith('cts.') && !views.some((view) => id.startsWith(`${view.id}.`));
}
