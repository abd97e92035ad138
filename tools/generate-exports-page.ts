/** Writes docs/EXPORTS.md from the tables of the analyzers. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analyzers } from '../server/tools/analyzers.ts';
import { writeExportsPage } from './exports-page.ts';

writeFileSync(fileURLToPath(new URL('../docs/EXPORTS.md', import.meta.url)), writeExportsPage(analyzers));
