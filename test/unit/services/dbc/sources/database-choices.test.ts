import { describe, expect, it } from 'vitest';
import { readDatabaseChoices } from '../../../../../server/services/dbc/sources/database-choices.ts';
import { failureOf } from '../../../../support/failure.ts';

describe('the setting dbc_files', () => {
  it('names databases by bus, and one for all others', () => {
    expect(readDatabaseChoices(['0=toyota_adas', '255 = /a=b.dbc', 'rest'])).toEqual([
      { bus: 0, path: 'toyota_adas' },
      { bus: 255, path: '/a=b.dbc' },
      { path: 'rest' },
    ]);
  });

  it('takes what has no bus in front for a path', () => {
    expect(readDatabaseChoices(['radar=x.dbc'])).toEqual([{ path: 'radar=x.dbc' }]);
  });

  it.each([
    [['256=a'], /a bus from 0 to 255/],
    [['0=a', '0=b'], /another entry names bus 0/],
    [['a', 'b'], /another entry names the database of all other buses/],
    [['3='], /expected BUS=NAME/],
  ])('refuses %j', (texts, message) => {
    const failure = failureOf(() => readDatabaseChoices(texts));
    expect(failure).toMatchObject({
      code: 'INVALID_CONFIGURATION',
      message: expect.stringMatching(message) as string,
    });
  });
});
