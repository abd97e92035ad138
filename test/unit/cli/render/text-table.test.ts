import { expect, it } from 'vitest';
import { layOutTable } from '../../../../cli/render/text-table.ts';

it('a table stands in columns whatever script its cells are in', () => {
  expect(
    layOutTable(
      [{ heading: 'name' }, { heading: 'n', align: 'right' }],
      [
        ['車速', '1'],
        ['o\u0308l', '20'],
        ['SPEED', ''],
      ],
    ),
  ).toEqual(['name    n', '車速    1', 'o\u0308l     20', 'SPEED']);
});
