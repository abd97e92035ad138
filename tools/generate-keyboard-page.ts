/** Writes the keys of the pages into docs/KEYBOARD.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fillKeys } from './keyboard-page.ts';

const page = fileURLToPath(new URL('../docs/KEYBOARD.md', import.meta.url));
writeFileSync(page, fillKeys(readFileSync(page, 'utf8')));
