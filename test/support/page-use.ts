import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { REQUESTS } from '#contract';
import { type BundledPage, type LookOptions, openBundledPage } from './fake-log-page.ts';

/** How pages of every look are looked at: each has to be free of faults. */
export const LOOKS: readonly (readonly [string, LookOptions])[] = [
  ['dark', { theme: 'dark' }],
  ['light', { theme: 'light' }],
  ['high contrast', { theme: 'hc' }],
  ['light high contrast', { theme: 'hc-light' }],
  ['900 px wide', { theme: 'light', width: 900 }],
  ['420 px wide', { theme: 'dark', width: 420 }],
];

/** The toolkit of forms tries an empty style; where it is refused, focus is shown another way. */
const EMPTY_STYLE = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

/** Opens a page, uses it, and expects that nothing goes wrong meanwhile. */
export async function usePage(
  { browser, bundled }: { readonly browser: Browser; readonly bundled: BundledPage },
  act: (page: Page) => Promise<void>,
  look: Partial<LookOptions> = {},
): Promise<void> {
  const { page, problems } = await openBundledPage(browser, bundled, { theme: 'dark', ...look });
  page.setDefaultTimeout(15_000);
  try {
    await act(page);
    expect(problems.filter((text) => !text.includes(EMPTY_STYLE))).toEqual([]);
    expect(await listRefused(page)).toEqual([]);
  } finally {
    await page.close();
  }
}

/** What the page asked its host to do, the last of it. */
export async function lastAct(page: Page): Promise<Readonly<Record<string, unknown>> | undefined> {
  return page.evaluate('globalThis.fakeHost.acts.at(-1)');
}

/** The parameters of the last request of a kind. */
export async function lastAsked(page: Page, method: string): Promise<Readonly<Record<string, unknown>>> {
  return page.evaluate(
    `globalThis.fakeHost.asked.filter((asked) => asked.method === ${JSON.stringify(method)}).at(-1)?.params`,
  );
}

/** How many requests of a kind there were. */
export async function countAsked(page: Page, method: string): Promise<number> {
  return page.evaluate(
    `globalThis.fakeHost.asked.filter((asked) => asked.method === ${JSON.stringify(method)}).length`,
  );
}

/** Requests so far that the contract would refuse. */
async function listRefused(page: Page): Promise<readonly string[]> {
  const asked =
    await page.evaluate<readonly { readonly method: keyof typeof REQUESTS; readonly params: object }[]>(
      'globalThis.fakeHost.asked',
    );
  return asked.flatMap(({ method, params }) => {
    const { error } = REQUESTS[method].params.safeParse(params);
    return error === undefined ? [] : [`${method}: ${error.message}`];
  });
}

/** Waits until what was asked for is drawn. */
export function nextFrames(page: Page): Promise<void> {
  return page.evaluate(
    'new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => done())), 60))',
  );
}
