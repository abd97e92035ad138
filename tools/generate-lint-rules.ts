/** Writes the lint rules into docs/DBC.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fillLintRules } from './lint-rules-page.ts';

const page = fileURLToPath(new URL('../docs/DBC.md', import.meta.url));
writeFileSync(page, fillLintRules(readFileSync(page, 'utf8')));
