import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A report page: its text, or the path of its file, beside which the files it names must lie. */
export type ReportSource = { readonly html: string } | { readonly path: string };

/** How the page is looked at. */
export interface ReportView {
  readonly colorScheme?: 'dark' | 'light';
  readonly width?: number;
  readonly isPrinted?: boolean;
}

/** Which page is opened, where and how. */
export interface ReportOpening {
  readonly browser: Browser;
  readonly source: ReportSource;
  readonly view?: ReportView & Pick<BrowserContextOptions, 'javaScriptEnabled' | 'permissions'>;
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A drawing has at least so many pixels that are not its background, besides its grid. */
const LEAST_INK = 40;
/** Runs in a page: counts pixels with a colour of their own; backgrounds, grids and texts are grey. */
const COUNT_INK = `async (url) => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d');
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, image.width, image.height);
  let ink = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue] = data.subarray(i, i + 3);
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 40) ink++;
  }
  return ink;
}`;

/**
 * Opens a report and lists what is wrong with it: lines on the console, violations of its policy, requests, what axe
 * finds, drawings without ink, links that lead nowhere, content that is wider than the page.
 */
export async function checkReportPage(
  browser: Browser,
  source: ReportSource,
  view: ReportView = {},
): Promise<string[]> {
  return withReportPage({ browser, source, view }, async (page, heard) => {
    const problems = [
      ...(await findAccessibilityProblems(page, view)),
      ...(await findBrokenLinks(page, 'path' in source)),
      ...(await findEmptyDrawings(browser, page)),
      ...(await findOverflow(page)),
    ];
    return [...heard, ...problems];
  });
}

/** Opens a report in a page of its own and hands it to `use`, with a list of what goes wrong meanwhile. */
export async function withReportPage<Result>(
  { browser, source, view = {} }: ReportOpening,
  use: (page: Page, heard: readonly string[]) => Promise<Result>,
): Promise<Result> {
  if ('html' in source) {
    const folder = mkdtempSync(join(tmpdir(), 'cts-report-'));
    try {
      const path = join(folder, 'report.html');
      writeFileSync(path, source.html);
      return await withReportPage({ browser, source: { path }, view }, use);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const { colorScheme = 'light', width = 1100, isPrinted = false, ...options } = view;
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const heard = await listen(page);
    if (isPrinted) await page.emulateMedia({ media: 'print' });
    await page.goto(pathToFileURL(source.path).href);
    return await use(page, heard);
  } finally {
    await context.close();
  }
}

/** Notes whatever a page that is in order never does. */
async function listen(page: Page): Promise<readonly string[]> {
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    heard.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.isNavigationRequest()) heard.push(`request: ${request.url().slice(0, 200)}`);
  });
  await page.exposeFunction('tellViolation', (text: string) => heard.push(`policy: ${text}`));
  await page.addInitScript(`
    addEventListener('securitypolicyviolation', (event) =>
      tellViolation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
    ${axe.source}
  `);
  return heard;
}

async function findAccessibilityProblems(page: Page, { isPrinted = false }: ReportView): Promise<string[]> {
  // Nobody taps on paper.
  const rules = { 'target-size': { enabled: !isPrinted } };
  const options = { runOnly: { type: 'tag', values: RULES }, rules };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.map(
    ({ id, impact, nodes }) =>
      `axe: ${id} (${impact ?? '?'}) ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

/** @param hasFiles Whether the files that the report names lie beside it. */
async function findBrokenLinks(page: Page, hasFiles: boolean): Promise<string[]> {
  const links = await page.evaluate<{ href: string; url: string }[]>(
    `[...document.links].map((link) => ({ href: link.getAttribute('href'), url: link.href }))`,
  );
  const isBroken = ({ href, url }: (typeof links)[number]): boolean => {
    if (href.startsWith('#t=')) return !/^#t=-?\d+(\.\d+)?(e-?\d+)?$/.test(href);
    if (!href.startsWith('./') || href.slice(2).includes('/')) return true;
    return hasFiles && !existsSync(fileURLToPath(url));
  };
  return links.filter(isBroken).map(({ href }) => `link: ${href} leads nowhere`);
}

async function findEmptyDrawings(browser: Browser, page: Page): Promise<string[]> {
  const drawings = await page.locator('figure.chart svg[role=img]:has(.line, .box, .point, .dots)').all();
  const context = await browser.newContext();
  const counter = await context.newPage();
  const problems: string[] = [];
  for (const drawing of drawings) {
    // The overlay with the cursor and the labels around stay out of the picture.
    const picture = await drawing.screenshot();
    const ink = await counter.evaluate<number>(
      `(${COUNT_INK})('data:image/png;base64,${picture.toString('base64')}')`,
    );
    const name = (await drawing.getAttribute('aria-label')) ?? 'a drawing';
    if (ink < LEAST_INK) problems.push(`drawing: ${String(ink)} pixels of ink in ${name.slice(0, 80)}`);
  }
  await context.close();
  return problems;
}

async function findOverflow(page: Page): Promise<string[]> {
  const [wanted, given] = await page.evaluate<[number, number]>(
    `[document.documentElement.scrollWidth, document.documentElement.clientWidth]`,
  );
  return wanted > given
    ? [`layout: the page is ${String(wanted)} px wide in a window of ${String(given)} px`]
    : [];
}
