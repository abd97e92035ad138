import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canBitTransition } from '../../server/tools/can-bit-transition/can-bit-transition.ts';
import { canUnique } from '../../server/tools/can-unique/can-unique.ts';
import type { TextAccess } from '../../server/tools/input-access.ts';
import { sharedDir } from '../support/shared.ts';
import { runTool, textInput } from '../support/tool-run.ts';

const PIECE_BYTES = 10_000;

describe.skipIf(sharedDir === undefined).each(['0', '1', '2'])('the recordings %s of panda', (name) => {
  const folder = join(sharedDir ?? '', 'vectors/panda/analyzers', name);
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const open = (file: string): TextAccess => textInput(file, read(file), PIECE_BYTES);

  it('give the text that can_unique.py prints', async () => {
    const { files } = await runTool(canUnique, {
      input: open('interesting.csv'),
      files: { background: [open('background1.csv'), open('background2.csv')] },
      parameters: { background: ['background1.csv', 'background2.csv'] },
    });
    expect(files.get('can_unique.txt')?.toString()).toBe(read('can_unique.expected.txt'));
  });

  it('give the text that can_bit_transition.py prints', async () => {
    const { low, high } = JSON.parse(read('case.json')) as Record<'low' | 'high', string>;
    const { files } = await runTool(canBitTransition, {
      input: open('drive.csv'),
      parameters: { low: [low], high: [high] },
    });
    expect(files.get('can_bit_transition.txt')?.toString()).toBe(read('can_bit_transition.expected.txt'));
  });
});
