import { describe, expect, it } from 'vitest';
import { compileFieldPath } from '../../../../server/core/schema/field-path.ts';
import { listNumericFields } from '../../../../server/core/schema/numeric-fields.ts';
import { openSchema } from '../../../../server/core/schema/schema-choice.ts';
import { openTinySchema } from '../../../support/tiny-schema.ts';

describe('listNumericFields', () => {
  it('lists numbers, not texts, and shows lists by their first element', () => {
    expect(listNumericFields(openTinySchema(), 'points')).toEqual([
      { path: 'points[0].x', kind: 'float32', unit: undefined },
      { path: 'points[0].y', kind: 'float32', unit: undefined },
      { path: 'points.length', kind: 'length', unit: undefined },
    ]);
  });

  it('leaves out what is newer than the release', () => {
    const paths = listNumericFields(openTinySchema('v0.2'), 'points').map(({ path }) => path);
    expect(paths).toEqual(['newcomer[0].x', 'newcomer.length']);
  });

  it.each(['newest', 'v0.10.0', 'v0.8.16', 'v0.5.1', 'frogpilot-2024-10'])(
    'lists only paths that compile, for every service of %s',
    (id) => {
      const schema = openSchema(id);
      for (const { name, tag } of schema.listServices()) {
        for (const { path, unit } of listNumericFields(schema, name)) {
          expect(compileFieldPath(schema, path)).toMatchObject({ tag, unit });
        }
      }
    },
  );
});
