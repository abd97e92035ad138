/** Writes docs/EXPORTS.md from the tables of the analyzers. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodeParquet } from '../server/adapters/parquet/parquet-encoder.ts';
import { createAnalyzers } from '../server/tools/analyzers.ts';
import { writeExportsPage } from './exports-page.ts';

writeFileSync(
  fileURLToPath(new URL('../docs/EXPORTS.md', import.meta.url)),
  writeExportsPage(createAnalyzers({ encodeParquet })),
);
