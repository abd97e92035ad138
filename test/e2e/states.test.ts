import { appendFileSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeLog } from '../support/log-builder.ts';
import { useEditorSession } from '../support/vscode-host/editor-session.ts';
import { FIRST_ROW, openLogFile, openLogTab, openPanel, readRows } from '../support/vscode-host/log-page.ts';
import { takePicture } from '../support/vscode-host/pictures.ts';
import { listBackends } from '../support/vscode-host/processes-of-editor.ts';
import { notifications, runCommand, showViews } from '../support/vscode-host/workbench-actions.ts';
import { copyInto, describeWorkbench, sampleLog } from '../support/vscode-host/workbench-tests.ts';

const SAMPLE_NAME = 'synthetic-subaru-55mph.rlog.zst';
const PATIENCE = { timeout: 60_000 };
const HOSTILE =
  '<img src=x onerror="document.title=1"><script>document.title=2</script>\u001b[31mred\u001b[0m __proto__';
const MOST_RESTARTS = 6;

const CLOCKS = { logMonoTime: 1n, service: 'clocks', value: {} } as const;

function fillWithLogs(folder: string): void {
  copyInto(folder, sampleLog);
  const put = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, name), bytes);
  put('empty.rlog', new Uint8Array());
  put('gzip.rlog', Buffer.from('1f8b0800000000000003', 'hex'));
  put('gone.rlog', makeLog([CLOCKS]));
  put('growing.rlog', makeLog([CLOCKS]));
  const sample = readFileSync(sampleLog);
  put('cut.rlog.zst', sample.subarray(0, sample.length / 2));
  put('huge.rlog', new Uint8Array());
  truncateSync(join(folder, 'huge.rlog'), 5 * 2 ** 30);
  const lines = [1n, 2n, 3n].map((second) => ({
    logMonoTime: second * 1_000_000_000n,
    service: 'logMessage',
    value: JSON.stringify({
      msg$s: HOSTILE,
      msg: HOSTILE,
      levelnum: 40,
      level: 'ERROR',
      daemon: HOSTILE,
      ctx: {},
    }),
  }));
  put('hostile.rlog', makeLog(lines));
}

describeWorkbench('states of a log', () => {
  const session = useEditorSession({ fill: fillWithLogs });

  it.each([
    ['empty.rlog', 'This log is empty: 0 bytes'],
    ['gzip.rlog', 'This file is not an openpilot log'],
    ['cut.rlog.zst', 'is cut off'],
  ])('%s: %s', async (name, words) => {
    const { page } = await session().open();
    const log = await openLogFile(page, name);
    await log.getByText(words).first().waitFor(PATIENCE);
    await takePicture(page, `state-${name}`);
  });

  it('shows what hostile logs say as text', async () => {
    const { page } = await session().open();
    const log = await openLogFile(page, 'hostile.rlog');
    await log.locator(FIRST_ROW).first().waitFor(PATIENCE);
    await openLogTab(log, 'Logs');
    await openPanel(log).getByText('<img src=x onerror=').first().waitFor(PATIENCE);
    expect(await log.locator('img, main script').count()).toBe(0);
    expect(await log.title()).not.toMatch(/^[12]$/);
  });

  it('opens 5 GiB of nothing and says what it is', async () => {
    const { page } = await session().open();
    const log = await openLogFile(page, 'huge.rlog');
    await log.getByText('This file is not an openpilot log').first().waitFor(PATIENCE);
    await takePicture(page, 'state-huge');
    const [backend] = listBackends(session().server.pid);
    expect(backend?.memoryBytes).toBeLessThan(600e6);
  });

  it('keeps what it read of a file that is gone', async () => {
    const { page } = await session().open();
    const log = await openLogFile(page, 'gone.rlog');
    await log.locator(FIRST_ROW).first().waitFor(PATIENCE);
    unlinkSync(join(session().workspace, 'gone.rlog'));
    await openLogTab(log, 'Events');
    await openPanel(log).getByRole('gridcell').filter({ hasText: 'clocks' }).first().waitFor(PATIENCE);
  });

  it('says that a file grew, and reads it anew when asked', async () => {
    const { page } = await session().open();
    const log = await openLogFile(page, 'growing.rlog');
    await log.locator(FIRST_ROW).first().waitFor(PATIENCE);
    appendFileSync(join(session().workspace, 'growing.rlog'), makeLog([{ ...CLOCKS, logMonoTime: 2n }]));
    await log.getByText('This log has grown since it was read.').waitFor(PATIENCE);
    await log.getByRole('button', { name: 'Read Anew' }).click();
    const services = openPanel(log).getByRole('grid', { name: 'Services' });
    const readClocks = async (): Promise<string[] | undefined> =>
      (await readRows(services)).find((row) => row.includes('clocks'));
    await expect.poll(readClocks, PATIENCE).toContain('2');
  });

  it('tells that the backend stopped, once, and goes on with the next', async () => {
    const { page } = await session().open();
    const log = await openLogFile(page, SAMPLE_NAME);
    await log.locator(FIRST_ROW).first().waitFor(PATIENCE);
    await killBackend(session().server.pid);
    await notifications(page).filter({ hasText: 'The CTS backend stopped.' }).first().waitFor(PATIENCE);
    for (let kills = 1; kills < MOST_RESTARTS; kills++) await killBackend(session().server.pid);
    await expect.poll(() => listBackends(session().server.pid).length, PATIENCE).toBe(1);
    expect(await notifications(page).count()).toBeLessThanOrEqual(1);
    await openLogTab(log, 'Events');
    await openPanel(log).getByRole('gridcell').filter({ hasText: 'can' }).first().waitFor(PATIENCE);
    await takePicture(page, 'state-backend');
    // One that is killed before it answered is tried once more by other means, which counts as one start.
    const stopped = page.locator('.statusbar').getByText('CTS: stopped');
    while (!(await stopped.isVisible())) {
      listBackends(session().server.pid).forEach(({ pid }) => process.kill(pid, 'SIGKILL'));
      await page.waitForTimeout(500);
    }
  });
});

describeWorkbench('a workspace that is not trusted', () => {
  const session = useEditorSession({
    fill: (folder) => copyInto(folder, sampleLog),
    withWorkspaceTrust: true,
  });

  it('shows logs and runs nothing', async () => {
    const { page } = await session().open();
    const log = await openLogFile(page, SAMPLE_NAME);
    await log.locator(FIRST_ROW).first().waitFor(PATIENCE);
    await runCommand(page, 'CTS: Run Analyzer…');
    await notifications(page).filter({ hasText: 'This workspace is not trusted.' }).first().waitFor();
    await showViews(page);
    await page.getByText('This workspace is not trusted.').first().waitFor();
    await takePicture(page, 'state-untrusted');
  });
});

/** Kills the backend, once it is there. */
async function killBackend(serverPid: number): Promise<void> {
  await expect.poll(() => listBackends(serverPid).length, PATIENCE).toBe(1);
  const [backend] = listBackends(serverPid);
  if (backend !== undefined) process.kill(backend.pid, 'SIGKILL');
  await expect
    .poll(() => listBackends(serverPid).some(({ pid }) => pid === backend?.pid), PATIENCE)
    .toBe(false);
}
