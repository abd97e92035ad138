import type { Frame, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { useEditorSession } from '../support/vscode-host/editor-session.ts';
import {
  FIRST_ROW,
  type LogTabName,
  openLogFile,
  openLogTab,
  openPanel,
} from '../support/vscode-host/log-page.ts';
import { takePicture } from '../support/vscode-host/pictures.ts';
import { changeSettings } from '../support/vscode-host/workbench-settings.ts';
import type { PageError } from '../support/vscode-host/workbench-page.ts';
import { copyInto, describeWorkbench, sampleLog } from '../support/vscode-host/workbench-tests.ts';

const SAMPLE_NAME = 'synthetic-subaru-55mph.rlog.zst';
const PATIENCE = { timeout: 60_000 };
const TABS: readonly LogTabName[] = ['Overview', 'CAN', 'Signals', 'Events', 'Logs'];
/** Each with the kind that the editor tells its pages. */
const THEMES = [
  ['Default Dark Modern', 'vscode-dark'],
  ['Default Light Modern', 'vscode-light'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
] as const;

/** The workbench itself looks for these, in vain. */
const OF_THE_WORKBENCH =
  /favicon|vsda|\/update\/check|serviceWorker|Service Worker|authentication provider|bad HTTP response code|net::ERR_|open-vsx|keytar|userDataProfile/;
/** Whatever has to do with a page of ours is never passed over. */
const OF_OUR_PAGES = /\/dist\/pages\//;

describeWorkbench('the log editor', () => {
  const session = useEditorSession({ fill: (folder) => copyInto(folder, sampleLog) });

  async function openSample(): Promise<{
    page: Page;
    log: Frame;
    errors: readonly PageError[];
    foreignHosts: ReadonlySet<string>;
  }> {
    const { page, errors, foreignHosts } = await session().open();
    const log = await openLogFile(page, SAMPLE_NAME);
    await log.locator(FIRST_ROW).first().waitFor(PATIENCE);
    return { page, log, errors, foreignHosts };
  }

  it.each(THEMES)('has nothing serious for axe in %s', async (theme, kind) => {
    changeSettings(session().server.userFolder, { 'workbench.colorTheme': theme });
    const { page, log } = await openSample();
    await log.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor(PATIENCE);
    const findings: string[] = [];
    for (const tab of TABS) {
      await showTab(log, tab);
      findings.push(...(await checkWithAxe(log)).map((finding) => `${tab}: ${finding}`));
      await takePicture(page, `${tab.toLowerCase()}-${theme.replaceAll(' ', '-').toLowerCase()}`);
    }
    expect(findings).toEqual([]);
  });

  it('keeps to its policy, tells no error, and asks nobody else', async () => {
    const { log, errors, foreignHosts } = await openSample();
    const policy = await log.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe-|script-src[^;]*(?:https?:|\*|data:|blob:)/);
    for (const tab of TABS) await showTab(log, tab);
    expect(errors.filter(isOurs)).toEqual([]);
    expect([...foreignHosts].filter((host) => !/open-vsx|vscode-cdn|vscode-unpkg/.test(host))).toEqual([]);
  });
});

/** Goes to a tab and waits for what it shows: an empty one has nothing that could be wrong. */
async function showTab(log: Frame, tab: LogTabName): Promise<void> {
  await openLogTab(log, tab);
  await openPanel(log).locator('[role="gridcell"]:not(:empty), canvas').first().waitFor(PATIENCE);
}

function isOurs({ text, from }: PageError): boolean {
  const whole = `${text} ${from}`;
  return OF_OUR_PAGES.test(whole) || !OF_THE_WORKBENCH.test(whole);
}
