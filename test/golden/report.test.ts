import { describe, it } from 'vitest';
import {
  PAGE_SCRIPT,
  PAGE_SCRIPT_SHA256,
  PAGE_STYLE,
  PAGE_STYLE_SHA256,
} from '../../server/core/report/page-assets.ts';
import { renderReport } from '../../server/core/report/report-page.ts';
import { drawTimeChart } from '../../server/core/report/time-chart-svg.ts';
import { expectGolden } from '../support/golden.ts';
import { makeSampleReport } from '../support/sample-report.ts';
import { makeSmallChart } from '../support/small-chart.ts';

describe('report', () => {
  it('is the page it was', () => {
    const sections = makeSampleReport().sections.filter(
      ({ title }) => title !== 'More lines' && title !== 'Candidates',
    );
    const html = renderReport({
      ...makeSampleReport(),
      sections: sections.map((section) =>
        section.content.kind === 'chart'
          ? { ...section, content: { kind: 'chart', chart: makeSmallChart() } }
          : section,
      ),
    });
    // They change by themselves, and test/tidy compares them with what they are made of.
    const frame = html
      .replace(PAGE_STYLE, '/* style */')
      .replace(PAGE_STYLE_SHA256, 'style')
      .replace(PAGE_SCRIPT, '/* script */')
      .replace(PAGE_SCRIPT_SHA256, 'script');
    expectGolden('report/small.html', frame);
  });

  it('has the drawing it had', () => {
    expectGolden('report/small.svg', drawTimeChart(makeSmallChart()));
  });
});
