import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** The Chromium of this machine: `CTS_CHROMIUM`, or where systems put it; undefined where there is none. */
export const chromiumPath: string | undefined = findChromium();

/** Words for the name of a suite: why it is skipped where it is. */
export const chromiumNote: string =
  chromiumPath === undefined ? ' (skipped: no Chromium found, CTS_CHROMIUM names one)' : '';

/** Starts a browser without a window. */
export async function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('no Chromium found: CTS_CHROMIUM names one');
  // Chromium refuses to shut its processes in when it runs as root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: chromiumPath,
    args: [...sandbox, '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

function findChromium(): string | undefined {
  const named = process.env['CTS_CHROMIUM'];
  if (named !== undefined) return existsSync(named) ? named : undefined;
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}
