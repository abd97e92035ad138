import { describe, expect, it } from 'vitest';
import { LayoutTable } from '../../../../server/core/schema/layout-table.ts';

const STRUCTS = 'A 1 1 4;x 3:1 u4 32 7;g - g1;l 0:0 LLs1 0\nA.g 1 1;y 1 e0 0';

describe('LayoutTable', () => {
  const table = new LayoutTable(STRUCTS, 'E;zero;one');

  it('reads a struct row', () => {
    const list = { kind: 'list', bits: 0, number: -1 };
    expect(table.readStruct(0)).toEqual({
      name: 'A',
      unionByte: 4,
      fields: [
        {
          name: 'x',
          ordinal: 3,
          discriminant: 1,
          type: { kind: 'uint32', bits: 32, number: -1, element: undefined },
          slot: 32,
          defaultBits: 7,
        },
        {
          name: 'g',
          ordinal: -1,
          discriminant: -1,
          type: { kind: 'group', bits: 0, number: 1, element: undefined },
          slot: 0,
          defaultBits: 0,
        },
        {
          name: 'l',
          ordinal: 0,
          discriminant: 0,
          type: {
            ...list,
            element: { ...list, element: { kind: 'struct', bits: 0, number: 1, element: undefined } },
          },
          slot: 0,
          defaultBits: 0,
        },
      ],
    });
  });

  it('reads enums and finds structs by name', () => {
    expect(table.readEnum(0)).toEqual(['zero', 'one']);
    expect([table.findStruct('A'), table.findStruct('A.g'), table.findStruct('B')]).toEqual([0, 1, -1]);
  });

  it('lets changes replace rows and add new ones', () => {
    const changed = new LayoutTable(STRUCTS, 'E;zero;one', {
      structs: '1 A.g 1 1;renamed 1 b 0\n2 New 0 0',
      enums: '',
    });
    expect(changed.structCount).toBe(3);
    expect(changed.readStruct(1).fields.map(({ name }) => name)).toEqual(['renamed']);
    expect(changed.findStruct('New')).toBe(2);
    expect(changed.readEnum(0)).toEqual(['zero', 'one']);
  });

  it('refuses a type that it does not know', () => {
    expect(() => new LayoutTable('A 0 0;x 0 q9 0', '').readStruct(0)).toThrow('Type q9');
  });
});
