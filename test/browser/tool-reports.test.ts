import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { canBitTransition } from '../../server/tools/can-bit-transition/can-bit-transition.ts';
import { canBitwatch } from '../../server/tools/can-bitwatch/can-bitwatch.ts';
import { canUnique } from '../../server/tools/can-unique/can-unique.ts';
import { cruiseControlAnalyzer } from '../../server/tools/cruise-control-analyzer/cruise-control-analyzer.ts';
import { findSignal } from '../../server/tools/find-signal/find-signal.ts';
import { logStats } from '../../server/tools/log-stats/log-stats.ts';
import type { Analyzer } from '../../server/tools/tool.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { checkReportPage } from '../support/report-page-check.ts';
import { sharedDir } from '../support/shared.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { openLog, runTool } from '../support/tool-run.ts';

const RANGES = { background_times: ['0-20'], interesting_times: ['20-40'] };
const TRANSITION = { low: ['0-8'], high: ['8.5-18'] };

const CASES: readonly (readonly [tool: Analyzer, log: string, parameters: ParameterValues])[] = [
  [cruiseControlAnalyzer, 'subaru-55mph', {}],
  [cruiseControlAnalyzer, 'real-rav4-minute', {}],
  [canBitwatch, 'subaru-55mph', { window_start: 10, window_dur: 25, watch: ['0x027:B5b1'] }],
  [canBitwatch, 'subaru-55mph', {}],
  [findSignal, 'real-rav4-minute', { field: 'carState.vEgo' }],
  [logStats, 'real-rav4-minute', {}],
  [logStats, 'subaru-55mph', {}],
  [canUnique, 'subaru-55mph', RANGES],
  [canBitTransition, 'subaru-55mph', TRANSITION],
];

describe.skipIf(chromiumPath === undefined || sharedDir === undefined)(
  `reports of tools in a browser${chromiumNote}`,
  () => {
    const folder = useTemporaryFolder();
    let browser: Browser;

    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser.close());

    it.each(CASES.map(([tool, log, parameters]) => ({ id: tool.id, tool, log, parameters })))(
      '$id on $log $parameters',
      async ({ tool, log, parameters }) => {
        const input = await openLog(join(sharedDir ?? '', 'data', `${log}.rlog.zst`));
        const { files } = await runTool(tool, { input, parameters });
        for (const [name, bytes] of files) writeFileSync(join(folder.path, name), bytes);
        const pages = [...files.keys()].filter((name) => name.endsWith('.html'));
        expect(pages).toHaveLength(1);
        const path = join(folder.path, pages[0] ?? '');
        // Both themes of the same style are looked at in report-page.test.ts.
        expect(await checkReportPage(browser, { path }, { colorScheme: 'dark' })).toEqual([]);
      },
    );
  },
);
