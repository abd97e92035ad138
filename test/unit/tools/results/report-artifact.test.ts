import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fileParameter, filesParameter } from '../../../../server/tools/file-parameter.ts';
import { describeProvenance, writeReport } from '../../../../server/tools/results/report-artifact.ts';
import type { Analyzer } from '../../../../server/tools/tool.ts';
import { makeSampleReport } from '../../../support/sample-report.ts';
import { runTool, textInput } from '../../../support/tool-run.ts';

const parameters = z.strictObject({
  speed_min: z.number().default(54).describe('Lowest speed'),
  times: z.array(z.number()).default([]).describe('Times'),
  marker: z.enum(['blinkers', 'manual']).default('blinkers').describe('Marker'),
  note: z.string().optional().describe('Note'),
  is_exact: z.boolean().default(false).describe('Exact'),
  watchlist: fileParameter({ kinds: ['text'], description: 'Watches' }),
  others: filesParameter({ kinds: ['text'], description: 'More' }),
});

const tool: Analyzer<typeof parameters> = {
  id: 'sample-tool',
  version: '2.3.4',
  title: 'Sample',
  summary: 'Sample',
  description: 'Sample',
  input: { parameter: 'log', kinds: ['text'], isRequired: true },
  outputTypes: ['text/html'],
  parameters,
  async run(context) {
    const { provenance, ...report } = makeSampleReport();
    await writeReport(context, { tool, fileName: 'report.html', report: { ...report, sections: [] } });
    context.tell('INFO', JSON.stringify(await describeProvenance(context, tool)));
    context.tell('INFO', provenance.tool);
  },
};

async function run(given: Parameters<typeof runTool>[1]['parameters'], files = {}) {
  const { lines, files: written } = await runTool(tool, {
    input: textInput('my drive.csv', ''),
    parameters: given ?? {},
    files,
  });
  const provenance = JSON.parse(lines[0]?.replace(/^INFO /, '') ?? '') as Awaited<
    ReturnType<typeof describeProvenance>
  >;
  return { provenance, html: written.get('report.html')?.toString() ?? '' };
}

describe('writeReport', () => {
  it('leaves a page that tells where it comes from', async () => {
    const { html, provenance } = await run({});
    expect(html).toContain('<h1>Cruise control analysis</h1>');
    expect(html).toContain('sample-tool 2.3.4');
    expect(html).toContain(provenance.inputs[0]?.sha256);
    expect(html).toContain('<code>cts run sample-tool --path &#39;my drive.csv&#39;</code>');
  });

  it('names only parameters that are not as they are by default', async () => {
    const { provenance } = await run({ speed_min: 54, marker: 'manual', times: [1, 2.5], is_exact: true });
    expect(provenance).toEqual({
      tool: 'sample-tool',
      version: '2.3.4',
      parameters: [
        ['times', '1,2.5'],
        ['marker', 'manual'],
        ['is_exact', 'true'],
      ],
      inputs: [{ name: 'my drive.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }],
      command: "cts run sample-tool --path 'my drive.csv' -p times=1,2.5 -p marker=manual -p is_exact=true",
    });
  });

  it('names files instead of where they came from', async () => {
    const files = {
      watchlist: [textInput('watch.txt', '')],
      others: [textInput('a.txt', ''), textInput('b.txt', '')],
    };
    const { provenance } = await run({ watchlist: 'upload:1', others: ['artifact:1', 'artifact:2'] }, files);
    expect(provenance.parameters).toEqual([
      ['watchlist', 'watch.txt'],
      ['others', 'a.txt,b.txt'],
    ]);
  });

  it.each([
    ["it's $HOME; rm -rf /", `-p 'note=it'\\''s $HOME; rm -rf /'`],
    ['', '-p note='],
    ['0x027:B4b5', '-p note=0x027:B4b5'],
    ['a\nb', `-p 'note=a\nb'`],
  ])('quotes for the shell: %j', async (note, words) => {
    const { provenance } = await run({ note });
    expect(provenance.command).toBe(`cts run sample-tool --path 'my drive.csv' ${words}`);
  });
});
