/**
 * Takes the picture of a report for the README: `node tools/report-picture.ts`, after `npm run demo`. Needs a Chromium;
 * CTS_CHROMIUM names one that is not at /usr/bin/chromium.
 */
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = join(import.meta.dirname, '..');
const REPORT = join(ROOT, 'out/demo/analysis_report.html');
const PICTURE = join(ROOT, 'docs/images/report.png');
const WIDTH = 1060;
const HEIGHT = 690;

const browser = await chromium.launch({
  executablePath: process.env['CTS_CHROMIUM'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT }, colorScheme: 'dark' });
  await page.goto(pathToFileURL(REPORT).href);
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
}
