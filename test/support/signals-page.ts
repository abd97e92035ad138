import type { Locator, Page } from 'playwright-core';
import { nextFrames } from './page-use.ts';

/** The host of a page on the tab of signals: `?log=` says which log, `?parts=` what is remembered. */
export const SIGNALS_HOST = `
  import { makeFakeLogHost } from './test/support/fake-log-hosts.ts';
  import { makeSeriesAnswers } from './test/support/fake-series-log.ts';
  import { failWith } from './test/support/fake-page-host.ts';

  function makeHost(query) {
    const parts = query.has('parts') ? JSON.parse(query.get('parts')) : {};
    const refuse = () => { throw failWith('INTERNAL_ERROR', 'A number was not a number.'); };
    return makeFakeLogHost({
      remembered: { tab: 'signals', cursor: 27.072, range: { from: 14, to: 42 }, parts },
      answers: {
        ...makeSeriesAnswers(query.get('log') ?? 'usual'),
        ...(query.has('refused') ? { 'sessions/series': refuse } : {}),
      },
    });
  }
`;

/** All charts. */
export function findCharts(page: Page): Locator {
  return page.getByRole('group', { name: 'Charts', exact: true });
}

/** One chart. */
export function findChart(page: Page, name: string): Locator {
  return findCharts(page).getByRole('group', { name, exact: true });
}

/** A line of the series that are shown. */
export function findShown(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Shown' }).getByRole('listitem').filter({ hasText: name });
}

/** Waits until the first charts are drawn. */
export async function waitForCharts(page: Page): Promise<void> {
  await findChart(page, 'Speed').getByText('carState.vEgo').waitFor();
  await nextFrames(page);
}
