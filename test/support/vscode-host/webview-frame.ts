import type { Frame, Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;
const LIMIT_MS = 60_000;

/** Yields the frame of the visible webview that shows `selector`, as soon as there is one. */
export async function findWebview(page: Page, selector: string, limitMs = LIMIT_MS): Promise<Frame> {
  const end = performance.now() + limitMs;
  while (performance.now() < end) {
    for (const frame of listInnerFrames(page)) {
      if (await shows(frame, selector)) return frame;
    }
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`no webview shows ${selector} within ${limitMs} ms; ${await describeFrames(page)}`);
}

/** The workbench puts what an extension shows into a frame within a frame. */
function listInnerFrames(page: Page): Frame[] {
  return page
    .frames()
    .filter((frame) => frame.parentFrame()?.parentFrame() !== null && frame.parentFrame() !== null);
}

async function shows(frame: Frame, selector: string): Promise<boolean> {
  try {
    const outer = await frame.parentFrame()?.frameElement();
    if (outer === undefined || !(await outer.isVisible())) return false;
    return await frame.locator(selector).first().isVisible();
  } catch {
    // The frame went away while it was looked at.
    return false;
  }
}

async function describeFrames(page: Page): Promise<string> {
  const texts = listInnerFrames(page).map(async (frame) => {
    try {
      return JSON.stringify((await frame.locator('body').innerText({ timeout: 1000 })).slice(0, 200));
    } catch {
      return 'a frame without text';
    }
  });
  return `webviews: ${(await Promise.all(texts)).join(', ') || 'none'}`;
}
