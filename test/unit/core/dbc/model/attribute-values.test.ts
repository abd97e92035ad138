import { describe, expect, it } from 'vitest';
import { buildLines } from '../../../../support/built-database.ts';

describe('attributes', () => {
  it.each([
    ['ENUM "off","on"', '1', 'on'],
    ['ENUM "off","on"', '"on"', 'on'],
    ['ENUM "off","on"', '7', 7],
    ['ENUM "off","on"', '-1', -1],
    ['INT 0 10', '5', 5],
    ['INT 0 10', '"5"', 5],
    ['INT 0 10', '"five"', 'five'],
    ['HEX 0 255', '17', 17],
    ['FLOAT 0 1', '2.5', 2.5],
    ['STRING ', '"text"', 'text'],
    ['STRING ', '12', '12'],
    ['OTHER ', '3', 3],
  ])('of %s are read as their definition has it: %s', (type, written, value) => {
    const { attributes } = buildLines([`BA_ "A" ${written};`, `BA_DEF_ "A" ${type};`]);
    expect(attributes.get('A')).toBe(value);
  });

  it('are kept without a definition, and left out without a number', () => {
    const { attributes } = buildLines(['BA_ "A" 4;', 'BA_ "B" 1e999;', 'BA_ "C" "c";']);
    expect([...attributes]).toEqual([
      ['A', 4],
      ['C', 'c'],
    ]);
  });

  it('belong to what they name; the last value counts', () => {
    const { nodes, messages, environmentVariables } = buildLines([
      'BU_: ECU TESTER',
      'BO_ 100 MSG: 8 ECU',
      ' SG_ S : 0|8@1+ (1,0) [0|0] "" X',
      'EV_ VAR: 0 [0|1] "" 0 1 DUMMY_NODE_VECTOR0 ECU;',
      'BA_ "A" BU_ ECU 1;',
      'BA_ "A" BO_ 100 2;',
      'BA_ "A" SG_ 100 S 3;',
      'BA_ "A" SG_ 100 S 4;',
      'BA_ "A" EV_ VAR 5;',
      'BA_ "A" SG_ 100 GONE 6;',
      'BA_ "A" BO_ 101 6;',
    ]);
    const read = (objects: readonly { readonly attributes: ReadonlyMap<string, unknown> }[]): unknown[] =>
      objects.map(({ attributes }) => attributes.get('A'));
    expect(read(nodes)).toEqual([1, undefined]);
    expect(read(messages)).toEqual([2]);
    expect(read(messages[0]?.signals ?? [])).toEqual([4]);
    expect(read(environmentVariables)).toEqual([5]);
  });

  it('have definitions with limits, choices and a default', () => {
    const { attributeDefinitions } = buildLines([
      'BA_DEF_ SG_ "Level" INT -5 10;',
      'BA_DEF_ BO_ "Kind" ENUM "a","b";',
      'BA_DEF_ "Odd" OTHER ;',
      'BA_DEF_DEF_ "Level" 3;',
      'BA_DEF_DEF_ "Kind" "b";',
    ]);
    expect(attributeDefinitions).toMatchObject([
      { name: 'Level', scope: 'SG_', type: 'INT', minimum: -5, maximum: 10, choices: [], defaultValue: 3 },
      { name: 'Kind', scope: 'BO_', type: 'ENUM', choices: ['a', 'b'], defaultValue: 'b' },
      { name: 'Odd', scope: 'network', type: 'unknown', defaultValue: undefined },
    ]);
  });

  it('of relations name both sides', () => {
    const { relationAttributes, attributeDefinitions } = buildLines([
      'BA_DEF_REL_ BU_SG_REL_ "Timeout" INT 0 100;',
      'BA_DEF_DEF_REL_ "Timeout" 9;',
      'BA_REL_ "Timeout" BU_SG_REL_ ECU SG_ 100 S 50;',
      'BA_REL_ "Project" BU_BO_REL_ ECU 100 2;',
    ]);
    expect(relationAttributes).toEqual([
      { name: 'Timeout', node: 'ECU', writtenId: 100, signal: 'S', value: 50 },
      { name: 'Project', node: 'ECU', writtenId: 100, signal: undefined, value: 2 },
    ]);
    expect(attributeDefinitions).toMatchObject([{ scope: 'BU_SG_REL_', defaultValue: 9 }]);
  });
});
