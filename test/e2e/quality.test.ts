import type { Frame, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { useEditorSession } from '../support/vscode-host/editor-session.ts';
import { FIRST_ROW, type LogTabName, openLogFile, openLogTab } from '../support/vscode-host/log-page.ts';
import { takePicture } from '../support/vscode-host/pictures.ts';
import { changeSettings } from '../support/vscode-host/workbench-settings.ts';
import type { PageError } from '../support/vscode-host/workbench-page.ts';
import { copyInto, describeWorkbench, sampleLog } from '../support/vscode-host/workbench-tests.ts';

const SAMPLE_NAME = 'synthetic-subaru-55mph.rlog.zst';
const PATIENCE = { timeout: 60_000 };
const TABS: readonly LogTabName[] = ['Overview', 'CAN', 'Signals', 'Events', 'Logs'];
const THEMES = [
  'Default Dark Modern',
  'Default Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
];

/** The workbench itself looks for these, in vain. */
const OF_THE_WORKBENCH =
  /favicon|vsda|\/update\/check|serviceWorker|Service Worker|authentication provider|bad HTTP response code|net::ERR_|open-vsx|keytar|userDataProfile/;

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

  it.each(THEMES)('has nothing serious for axe in %s', async (theme) => {
    changeSettings(session().server.userFolder, { 'workbench.colorTheme': theme });
    const { page, log } = await openSample();
    const findings: string[] = [];
    for (const tab of TABS) {
      await openLogTab(log, tab);
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
    for (const tab of TABS) await openLogTab(log, tab);
    expect(errors.filter(({ text, from }) => !OF_THE_WORKBENCH.test(`${text} ${from}`))).toEqual([]);
    expect([...foreignHosts].filter((host) => !/open-vsx|vscode-cdn|vscode-unpkg/.test(host))).toEqual([]);
  });
});
