import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readSourceLines } from '../../../../cli/render/source-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'cts-lines-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['cp1252', Buffer.from([0x80, 0x0a, 0xb0, 0x93, 0x81]), ['\u20ac', '\u00b0\u201c\u0081']],
  ['utf-8', Buffer.from('\ufeffa\r\n\u20ac'), ['a', '\u20ac']],
  ['ascii', Buffer.from('a\rb'), ['a', 'b']],
  ['utf-16', Buffer.from('\ufeffa\n\u20ac', 'utf16le'), ['a', '\u20ac']],
  ['utf-16', Buffer.from('\ufeffa\n\u20ac', 'utf16le').swap16(), ['a', '\u20ac']],
] as const)('reads lines of a file in %s', async (encoding, bytes, lines) => {
  const path = join(folder, 'car.dbc');
  writeFileSync(path, bytes);
  expect(await readSourceLines(path, encoding)).toEqual(lines);
});

it('reads nothing of a file that is gone', async () => {
  expect(await readSourceLines(join(folder, 'gone.dbc'), 'ascii')).toBeUndefined();
});
