import { describe, expect, it } from 'vitest';
import type { LogSchema } from '../../../../server/core/schema/log-schema.ts';
import { openTinySchema } from '../../../support/tiny-schema.ts';

describe('viewStruct', () => {
  it.each([
    ['v0.1', ['amount', 'lone', 'pair.second*']],
    ['v0.2', ['count', 'lone', 'pair.second*']],
    ['v0.3', ['count', 'pair.first', 'pair.second']],
    ['newest', ['count', 'pair.first', 'pair.second']],
  ])('shows fields where %s had them, and marks newer ones', (release, paths) => {
    const schema = openTinySchema(release);
    const shown = listPaths(schema, schema.findStruct('Sample'));
    expect(shown.filter((path) => /amount|count|lone|pair/.test(path))).toEqual(paths);
  });

  it('keeps a name that was given away apart from the field that got it', () => {
    const names = (release: string) => openTinySchema(release).event.members.map((member) => member?.name);
    expect(names('v0.2')).toEqual(['sample', 'newcomer', 'note', 'newcomer@5']);
    expect(names('v0.3')).toEqual(['sample', 'points', 'note', 'newcomer']);
  });

  it('keeps slots, tags and defaults', () => {
    const field = openTinySchema('v0.1').event.fields.find(({ name }) => name === 'newcomer');
    expect(field).toMatchObject({ ordinal: 2, discriminant: 1, slot: 0, defaultBits: 0, isNewer: false });
  });
});

/** Fields with storage, newer ones with a star. */
function listPaths(schema: LogSchema, number: number): readonly string[] {
  return schema.struct(number).fields.flatMap(({ name, type, isNewer }) => {
    if (type.kind !== 'group') return [isNewer ? `${name}*` : name];
    return listPaths(schema, type.number).map((path) => `${name}.${path}`);
  });
}
