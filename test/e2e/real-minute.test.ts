import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useEditorSession } from '../support/vscode-host/editor-session.ts';
import {
  countRows,
  FIRST_ROW,
  openLogFile,
  openLogTab,
  openPanel,
  readRows,
} from '../support/vscode-host/log-page.ts';
import { takePicture } from '../support/vscode-host/pictures.ts';
import { copyInto, describeWorkbench, realMinute } from '../support/vscode-host/workbench-tests.ts';

interface Truth {
  readonly events: number;
  readonly byService: Readonly<Record<string, number>>;
  readonly can: { readonly byBusAddress: Readonly<Record<string, number>> };
}

/** The head of a grid, and the row of its filters or of the time cursor. */
const ROWS_BESIDE_DATA = 2;
const SECONDS = 60;

describeWorkbench('a recorded minute', suite, { realMinute: true });

function suite(): void {
  const session = useEditorSession({ fill: (folder) => copyInto(folder, realMinute ?? '') });
  const truth = (): Truth => JSON.parse(readFileSync(`${realMinute ?? ''}.truth.json`, 'utf8')) as Truth;

  async function openMinute(): Promise<{ page: Page; log: Frame }> {
    const { page } = await session().open();
    const log = await openLogFile(page, 'real-rav4-minute.rlog.zst');
    await log.locator(FIRST_ROW).first().waitFor();
    return { page, log };
  }

  it('shows services with their counts and rates', async () => {
    const { page, log } = await openMinute();
    const services = openPanel(log).getByRole('grid', { name: 'Services' });
    const { byService } = truth();
    const read = async (): Promise<(readonly [string, number])[]> =>
      (await readRows(services))
        .filter(([, name]) => name !== '')
        .map(([, name, count]) => [name ?? '', Number(count)]);
    await expect.poll(read, { timeout: 60_000 }).toContainEqual(['can', byService['can']]);
    const rows = await read();
    expect(rows.length).toBeGreaterThan(15);
    expect(rows).toEqual(rows.map(([name]) => [name, byService[name]]));
    for (const [, name, count, hz] of (await readRows(services)).filter(([, name]) => name !== '')) {
      const rate = Number(hz) * SECONDS;
      if (Number(count) > 500) expect(rate / Number(count), name).toBeCloseTo(1, 1);
    }
    await takePicture(page, 'overview');
  });

  it('shows CAN messages with their frames', async () => {
    const { page, log } = await openMinute();
    await openLogTab(log, 'CAN');
    const messages = openPanel(log).getByRole('grid', { name: 'Messages' });
    const { can } = truth();
    const count = Object.keys(can.byBusAddress).length + ROWS_BESIDE_DATA;
    await expect.poll(() => countRows(messages), { timeout: 60_000 }).toBe(count);
    await expect
      .poll(async () => (await readRows(messages)).filter((row) => row[1] !== '').length)
      .toBeGreaterThan(15);
    const rows = (await readRows(messages)).filter((row) => row[1] !== '');
    const found = rows.map(([bus, id, , frames]) => [`${bus ?? ''}:${id ?? ''}`, Number(frames)]);
    expect(found).toEqual(found.map(([key]) => [key, can.byBusAddress[String(key)]]));
    await takePicture(page, 'can');
  });

  it('plots signals and fields', async () => {
    const { page, log } = await openMinute();
    await openLogTab(log, 'Signals');
    const panel = openPanel(log);
    const speed = panel.getByRole('listitem').filter({ hasText: 'carState.vEgo' }).first();
    await speed.waitFor();
    await expect.poll(() => panel.locator('canvas').count(), { timeout: 60_000 }).toBeGreaterThan(0);
    await panel.getByRole('heading').first().click();
    for (let seconds = 0; seconds < 27; seconds++) await page.keyboard.press('Shift+ArrowRight');
    // Faster than standing, slower than sound.
    await expect
      .poll(async () => Number(/\d+\.\d+/.exec(await speed.innerText())?.[0]), { timeout: 60_000 })
      .toBeGreaterThan(10);
    await takePicture(page, 'signals');
  });

  it('lists all events and all lines of text', async () => {
    const { page, log } = await openMinute();
    const { events, byService } = truth();
    await openLogTab(log, 'Events');
    const list = openPanel(log).getByRole('grid', { name: 'Events' });
    await expect.poll(() => countRows(list), { timeout: 60_000 }).toBe(events + ROWS_BESIDE_DATA);
    await takePicture(page, 'events');
    await openLogTab(log, 'Logs');
    const lines = openPanel(log).getByRole('grid', { name: 'Log lines' });
    const count = ['logMessage', 'errorLogMessage', 'androidLog'].reduce(
      (sum, name) => sum + (byService[name] ?? 0),
      0,
    );
    await expect.poll(() => countRows(lines), { timeout: 60_000 }).toBe(count + ROWS_BESIDE_DATA);
    await takePicture(page, 'logs');
  });
}
