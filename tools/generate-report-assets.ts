/** Writes server/core/report/page-assets.ts from webviews/report. Run it with `npm run generate`. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TARGET = path.join(ROOT, 'server/core/report/page-assets.ts');

/** Bundles script and style of the report page into the module that holds them. */
export async function generateReportAssets(): Promise<string> {
  const script = await bundle('webviews/report/report-page.ts');
  const style = await bundle('webviews/report/report-page.css');
  return [
    '// Written by tools/generate-report-assets.ts from webviews/report: change those, then run `npm run generate`.\n',
    constant('PAGE_SCRIPT', 'The script of report pages.', script),
    constant('PAGE_SCRIPT_SHA256', 'Base64, for the policy of the page.', hash(script)),
    constant('PAGE_STYLE', 'The style of report pages.', style),
    constant('PAGE_STYLE_SHA256', 'Base64, for the policy of the page.', hash(style)),
  ].join('\n');
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    // What the editor shows pages in, and every browser of the same year.
    target: ['chrome128', 'firefox128', 'safari17.5'],
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const text = (outputFiles[0]?.text ?? '').trim();
  // Either would end the element that the text stands in.
  if (/<\/(script|style)|<!--/i.test(text))
    throw new Error(`${entry} cannot stand in a page: it holds an end tag`);
  return text;
}

function constant(name: string, description: string, text: string): string {
  return `/** ${description} */\nexport const ${name} = ${JSON.stringify(text)};\n`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, await generateReportAssets());
