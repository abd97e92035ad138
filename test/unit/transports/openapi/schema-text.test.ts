import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { SchemaCollection } from '../../../../server/transports/openapi/json-schema.ts';
import {
  listMembers,
  writeDescription,
  writeType,
} from '../../../../server/transports/openapi/schema-text.ts';

const Named = z.strictObject({ a: z.string() }).meta({ id: 'NamedOfThisTest' });

function typeOf(schema: z.ZodType): string {
  return writeType(new SchemaCollection().describeOutput(schema));
}

describe('writeType', () => {
  it.each([
    [z.string(), 'string'],
    [z.int(), 'integer'],
    [z.number().nullable(), 'number | null'],
    [z.enum(['a', 'b']), '"a" | "b"'],
    [z.literal(5), '5'],
    [z.array(z.string()), 'list of string'],
    [z.record(z.string(), z.boolean()), 'object of boolean'],
    [z.record(z.string(), z.unknown()), 'object of anything'],
    [z.strictObject({}), 'object'],
    [z.unknown(), 'anything'],
    [Named, 'NamedOfThisTest'],
    [z.array(Named), 'list of NamedOfThisTest'],
    [z.union([Named, z.array(Named)]), 'NamedOfThisTest | list of NamedOfThisTest'],
  ])('of schema %#', (schema, expected) => {
    expect(typeOf(schema)).toBe(expected);
  });
});

describe('writeDescription', () => {
  it.each([
    [{ description: 'What' }, 'What'],
    [{ description: 'What', default: 5 }, 'What; default 5'],
    [{ minimum: 1, maximum: 9 }, '1 to 9'],
    [{ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'at least 0'],
    [{ minimum: Number.MIN_SAFE_INTEGER, maximum: 3 }, 'at most 3'],
    [{}, ''],
  ])('of %j', (schema, expected) => {
    expect(writeDescription(schema)).toBe(expected);
  });
});

describe('listMembers', () => {
  it('tells which are required', () => {
    const schemas = new SchemaCollection();
    schemas.describeInput(
      z.strictObject({ a: z.string(), b: z.int().default(3), c: Named.exactOptional() }).meta({ id: 'X' }),
    );
    expect(
      listMembers(schemas.listComponents()['X']!).map(({ name, isRequired }) => [name, isRequired]),
    ).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
    ]);
  });

  it('refuses a component that reads differently as input and as output', () => {
    const schemas = new SchemaCollection();
    const schema = z.strictObject({ b: z.int().default(3) }).meta({ id: 'TwoFaces' });
    schemas.describeInput(schema);
    expect(() => schemas.describeOutput(schema)).toThrow('TwoFaces');
  });
});
