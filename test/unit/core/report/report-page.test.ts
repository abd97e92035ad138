import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReportContent, ReportTable } from '../../../../server/core/report/report.ts';
import { renderReport } from '../../../../server/core/report/report-page.ts';
import { makeHostileReport, makeSampleReport } from '../../../support/sample-report.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

function renderContent(content: ReportContent): string {
  const html = renderReport({ ...makeSampleReport(), sections: [{ title: 'Section', content }] });
  return /<section[^]*<\/section>/.exec(html)?.[0] ?? '';
}

function table(rest: Partial<ReportTable>): ReportTable {
  return {
    kind: 'table',
    columns: [{ title: 'Value', kind: 'number' }],
    rows: [],
    emptyText: 'None.',
    ...rest,
  };
}

describe('renderReport', () => {
  const html = renderReport(makeSampleReport());

  it('allows nothing but its own script and style', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'");
    const style = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? '';
    const script = /<script>([^]*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${sha256(script)}'; style-src 'sha256-${sha256(style)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  it('has no style attributes, no handlers, and nothing from elsewhere', () => {
    expect(html).not.toMatch(/<[^>]* style=/);
    expect(html).not.toMatch(/<[^>]* on\w+=/);
    expect(html).not.toMatch(/\b(?:src|href)="(?!#|\.\/)/);
  });

  it('has one main, one h1, a language and a title', () => {
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<title>Cruise control analysis – subaru-55mph.rlog.zst</title>');
    for (const name of ['main', 'h1', 'footer', 'header'])
      expect(html.match(new RegExp(`<${name}[ >]`, 'g'))).toHaveLength(1);
  });

  it('is the same every time', () => {
    expect(renderReport(makeSampleReport())).toBe(html);
  });

  it('escapes hostile text wherever it stands', () => {
    const hostile = renderReport(makeHostileReport());
    const elements = (text: string) => text.match(/<(?:script|style|img|svg|title)\b/g)?.length;
    for (const unfit of ['<img', '<svg onload', '\u0000', '\u202e'])
      expect(hostile.includes(unfit)).toBe(false);
    // As many elements as without, but for the titles of what was cut.
    expect(hostile.match(/<script/g)).toEqual(html.match(/<script/g));
    expect(elements(hostile.replaceAll('<title>', ''))).toBe(elements(html.replaceAll('<title>', '')));
  });

  it('says what is missing instead of an empty table', () => {
    expect(renderContent(table({}))).toContain('<p class="empty">None.</p>');
    expect(renderContent({ kind: 'files', files: [] })).toContain('No files.');
    expect(renderContent({ kind: 'bits', stretches: ['a'], messages: [] })).toContain('No message to show.');
  });

  it('tells how many rows are left out', () => {
    expect(renderContent(table({ rows: [[1]], totalRows: 1234 }))).toContain(
      'The first 1 of 1\u202f234 rows.',
    );
    expect(renderContent(table({ rows: [[1]], totalRows: 1 }))).not.toContain('The first');
  });

  it('writes cells by their kind', () => {
    const html = renderContent(
      table({
        columns: [
          { title: 'n', kind: 'number', digits: 1, unit: 'mph' },
          { title: 't', kind: 'time' },
          { title: 'c', kind: 'code' },
          { title: 's', kind: 'text' },
        ],
        rows: [
          [-1234.56, 74.4996, '0x321', 'a < b'],
          [null, null, null, null],
          [NaN, NaN, 7, 'x'.repeat(50)],
          [],
        ],
      }),
    );
    const cells = [...html.matchAll(/<td class="(\w+)">(.*?)<\/td>/g)].map(([, side, text]) => [side, text]);
    expect(cells).toEqual([
      ['num', '−1\u202f234.6\u00a0mph'],
      ['num', '<a class="time" href="#t=74.4996">1:14.500</a>'],
      ['short', '<code>0x321</code>'],
      ['short', 'a &lt; b'],
      ['num', ''],
      ['num', ''],
      ['short', ''],
      ['short', ''],
      ['num', '–'],
      ['num', '–'],
      ['short', '<code>7</code>'],
      ['long', 'x'.repeat(50)],
      ['num', ''],
      ['num', ''],
      ['short', ''],
      ['short', ''],
    ]);
  });

  it('names files relative to the report, with their names encoded', () => {
    const html = renderContent({ kind: 'files', files: [{ name: 'a/../b #1%?.csv', description: 'x' }] });
    expect(html).toContain('href="./a%2F..%2Fb%20%231%25%3F.csv"');
  });

  it('names each bit in both numberings, heats it by the logarithm of its toggles, and outlines marked ones', () => {
    const toggles = Array.from({ length: 16 }, (_, i) => [0, 1, 100, 12_345, 1_234_567][i] ?? 0);
    const html = renderContent({
      kind: 'bits',
      stretches: ['before', 'after'],
      messages: [{ title: '0x321 · bus 0', byteLength: 2, toggles: [toggles, []], marked: [3, 12] }],
    });
    const cell = (title: string) =>
      new RegExp(`<td class="([^"]*)" title="${title}">(.*?)</td>`).exec(html)?.slice(1);
    expect(cell('Bit 0, MSB B0b7: 0 toggles')).toEqual(['never', '']);
    expect(cell('Bit 1, MSB B0b6: 1 toggle')).toEqual(['heat1', '1']);
    expect(cell('Bit 2, MSB B0b5: 100 toggles')).toEqual(['heat3', '100']);
    expect(cell('Bit 3, MSB B0b4: 12\u202f345 toggles')).toEqual(['heat6 marked', '12k']);
    expect(cell('Bit 4, MSB B0b3: 1\u202f234\u202f567 toggles')).toEqual(['heat8', '1M']);
    expect(cell('Bit 12, MSB B1b3: 0 toggles')).toEqual(['never marked', '']);
    expect(html.match(/<td class/g)).toHaveLength(32);
  });

  it('keeps what is told of charts from ending its element', () => {
    const lane = { label: '</script><script>', tone: 'ok' as const, spans: [] };
    const html = renderContent({
      kind: 'chart',
      chart: { title: '', from: 0, to: 1, panels: [], lanes: [lane] },
    });
    const data = JSON.parse(/<script type="application\/json">(.*?)<\/script>/.exec(html)?.[1] ?? '') as {
      lanes: unknown[];
    };
    expect(data.lanes).toEqual([{ label: '</script><script>', spans: [] }]);
  });
});
