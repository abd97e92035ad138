import type { Frame } from 'playwright-core';
import { expect, it } from 'vitest';
import { useEditorSession } from '../support/vscode-host/editor-session.ts';
import { FIRST_ROW, openLogFile } from '../support/vscode-host/log-page.ts';
import { listBackends, listExtensionHosts } from '../support/vscode-host/processes-of-editor.ts';
import { runCommand } from '../support/vscode-host/workbench-actions.ts';
import { copyInto, describeWorkbench, sampleLog } from '../support/vscode-host/workbench-tests.ts';

const SAMPLE_NAME = 'synthetic-subaru-55mph.rlog.zst';
const OPENINGS = 10;
const MOST_HOST_BYTES = 150e6;
/** Goals of a quiet machine are 300 ms and 1.5 s; on a busy one, only what is far off is found. */
const MOST_WARM_MS = 900;
const MOST_COLD_MS = 4500;

/** What a page notes: the moment at which its first row had been painted. */
interface TimedWindow {
  firstRowAt?: number;
}

describeWorkbench('how soon a log is seen', () => {
  const session = useEditorSession({ fill: (folder) => copyInto(folder, sampleLog) });

  it('shows first rows at once, and leaves the extension host small', async () => {
    const { page, context } = await session().open();
    await context.addInitScript(noteFirstRow, FIRST_ROW);
    const cold = await measureOpening(await openLogFile(page, SAMPLE_NAME));
    const warm: number[] = [];
    for (let count = 0; count < OPENINGS; count++) {
      await runCommand(page, 'View: Close All Editors');
      await page.locator('iframe.webview').waitFor({ state: 'detached' });
      warm.push(await measureOpening(await openLogFile(page, SAMPLE_NAME)));
    }
    const median = warm.sort((a, b) => a - b)[OPENINGS / 2] ?? Infinity;
    const { pid } = session().server;
    const [host] = listExtensionHosts(pid);
    const [backend] = listBackends(pid);
    console.log(
      `first rows after ${cold.toFixed(0)} ms cold and ${median.toFixed(0)} ms warm (median of ${OPENINGS}: ` +
        `${warm.map((each) => each.toFixed(0)).join(' ')}); extension host ${megabytes(host?.memoryBytes)} MB, ` +
        `backend ${megabytes(backend?.memoryBytes)} MB`,
    );
    expect(median).toBeLessThan(MOST_WARM_MS);
    expect(cold).toBeLessThan(MOST_COLD_MS);
    // What the openings left is collected when the host comes to rest.
    await expect
      .poll(() => listExtensionHosts(pid)[0]?.memoryBytes, { timeout: 90_000, interval: 2000 })
      .toBeLessThan(MOST_HOST_BYTES);
  });
});

/**
 * Runs in every frame before anything else. It looks as often as a clock allows: the editor writes the page into its frame
 * anew, which takes observers away, but leaves clocks.
 */
function noteFirstRow(selector: string): void {
  const clock = setInterval(() => {
    if (document.querySelector(selector) === null) return;
    clearInterval(clock);
    // The second frame begins when the first has been painted.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        (window as TimedWindow).firstRowAt = performance.timeOrigin + performance.now();
      });
    });
  });
}

/** Milliseconds from the moment at which the editor made its frame to the first row on the screen. */
async function measureOpening(log: Frame): Promise<number> {
  const read = (): Promise<number> => log.evaluate(() => (window as TimedWindow).firstRowAt ?? 0);
  await expect.poll(read, { timeout: 60_000 }).toBeGreaterThan(0);
  const firstRowAt = await read();
  const begun = await log.parentFrame()?.evaluate(() => performance.timeOrigin);
  if (begun === undefined) throw new Error('the page went away');
  return firstRowAt - begun;
}

function megabytes(bytes = 0): string {
  return (bytes / 1e6).toFixed(0);
}
