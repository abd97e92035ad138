import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { CarFiles } from '../../../../../server/services/dbc/sources/car-lookup.ts';
import { MemoryDbcFiles } from '../../../../support/memory-dbc-files.ts';

const { signal } = new AbortController();

function writeCar(name: string, database: string): string {
  return `class CAR(Platforms):\n  ${name} = C([], {Bus.pt: '${database}'})\n`;
}

describe('files of cars in a checkout', () => {
  it('name the databases of a car, by its name of today or an older one', async () => {
    const files = new MemoryDbcFiles({
      '/car/a/values.py': writeCar('OTHER', 'other'),
      '/car/b/values.py': writeCar('TOYOTA_RAV4', 'rav4'),
    });
    const cars = new CarFiles(files);
    for (const name of ['TOYOTA_RAV4', 'TOYOTA RAV4 2017'])
      expect(await cars.find('/car', name, signal)).toEqual(new Map([['pt', 'rav4']]));
    expect(await cars.find('/car', 'NOBODY', signal)).toBeUndefined();
    expect(files.reads).toEqual(['/car/a/values.py', '/car/b/values.py']);
  });

  it('are read again when they change, and passed over where they cannot be read', async () => {
    const files = new MemoryDbcFiles({ '/car/a/values.py': writeCar('ONE', 'first') });
    const cars = new CarFiles(files);
    await cars.find('/car', 'ONE', signal);
    files.write('/car/a/values.py', writeCar('ONE', 'second'));
    expect(await cars.find('/car', 'ONE', signal)).toEqual(new Map([['pt', 'second']]));
    files.write('/car/a/values.py', new CtsError('FILE_UNREADABLE', 'permission denied'));
    expect(await cars.find('/car', 'ONE', signal)).toBeUndefined();
  });

  it('are passed over where they are larger than any such file', async () => {
    const files = new MemoryDbcFiles({ '/car/a/values.py': writeCar('ONE', 'x') + '#'.repeat(1024 * 1024) });
    expect(await new CarFiles(files).find('/car', 'ONE', signal)).toBeUndefined();
  });
});
