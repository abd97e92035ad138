import axe, { type AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds in a page as it is at present, a line each: rule, element, what is wrong. */
export async function checkWithAxe(page: Page | Frame): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary = '' }) => {
      const [, summary = ''] = failureSummary.split('\n');
      return `${id}: ${html.slice(0, 160)} – ${summary.trim()}`;
    }),
  );
}
