import { describe, expect, it } from 'vitest';
import { SERVICE_TAGS } from '../../../../server/core/rlog/service-tags.ts';
import { listSchemas, openSchema } from '../../../../server/core/schema/schema-choice.ts';

describe('SERVICE_TAGS', () => {
  it.each(listSchemas().map(({ id }) => id))('are those of schema %s', (id) => {
    const schema = openSchema(id);
    const found = Object.keys(SERVICE_TAGS).map((name) => [name, schema.findService(name).tag]);
    expect(Object.fromEntries(found)).toEqual(SERVICE_TAGS);
  });
});
