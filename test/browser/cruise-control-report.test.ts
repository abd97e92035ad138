import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { cruiseControlAnalyzer } from '../../server/tools/cruise-control-analyzer/cruise-control-analyzer.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { makeCanLog } from '../support/log-builder.ts';
import { openMemoryLog } from '../support/memory-log.ts';
import { checkReportPage } from '../support/report-page-check.ts';
import { makeSubaruDrive } from '../support/subaru-drive.ts';
import { runTool } from '../support/tool-run.ts';

const drive = makeSubaruDrive();

async function reportOf(log: Uint8Array, parameters: ParameterValues = {}): Promise<string> {
  const input = await openMemoryLog('<b>drive</b>.rlog', log);
  const { files } = await runTool(cruiseControlAnalyzer, { input, parameters });
  return files.get('analysis_report.html')?.toString() ?? '';
}

describe.skipIf(chromiumPath === undefined)(
  `report of cruise-control-analyzer in a browser${chromiumNote}`,
  () => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser.close());

    it.each<[name: string, log: Uint8Array, parameters: ParameterValues]>([
      ['a drive', drive, {}],
      ['a drive with everything', drive, { export_csv: true, export_json: true, engaged_bit: '0x241:b55' }],
      ['a drive without markers', drive, { marker_type: 'none', speed_min: 80, speed_max: 90 }],
      ['another car', makeCanLog([{ t: 1e9, which: 'can', can: [[0x25, 0, '00']] }]), {}],
      ['no frames', makeCanLog([{ t: 1e9, which: 'can' }]), {}],
    ])('has nothing amiss: %s', async (_, log, parameters) => {
      const html = await reportOf(log, parameters);
      for (const view of [{ colorScheme: 'light' }, { colorScheme: 'dark', width: 600 }] as const)
        expect(await checkReportPage(browser, { html }, view)).toEqual([]);
    });
  },
);
