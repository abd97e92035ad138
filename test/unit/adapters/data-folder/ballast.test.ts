import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Ballast } from '../../../../server/adapters/data-folder/ballast.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const path = (): string => join(folder.path, 'ballast');
const SIZE = (1 << 20) + 5;

describe('Ballast', () => {
  it('takes space, gives it back, and takes it again', async () => {
    const ballast = new Ballast(path(), SIZE);
    for (let round = 0; round < 2; round++) {
      await ballast.restore();
      expect(statSync(path()).size).toBe(SIZE);
      ballast.release();
      ballast.release();
      expect(existsSync(path())).toBe(false);
    }
  });

  it('is made anew when it was not whole', async () => {
    writeFileSync(path(), 'cut');
    await new Ballast(path(), SIZE).restore();
    expect(statSync(path()).size).toBe(SIZE);
  });

  it('is not made where there is little space, or none to be had', async () => {
    await new Ballast(path(), 2 ** 60).restore();
    expect(existsSync(path())).toBe(false);
    await new Ballast(join(folder.path, 'missing', 'ballast'), SIZE).restore();
  });
});
