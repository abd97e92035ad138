import { describe, expect, it } from 'vitest';
import { buildLines, buildMessage } from '../../../../support/built-database.ts';

const SIGNAL = ' SG_ S : 0|8@1+ (1,0) [0|0] "" X';

describe('messages of a database', () => {
  it.each([
    ['100', 100, 100, false],
    ['2047', 2047, 2047, false],
    ['2048', 2048, 2048, true],
    ['2147483748', 0x8000_0064, 100, true],
    ['2566844672', 0x98fe_f100, 0x18fe_f100, true],
    ['-2147483548', 0x8000_0064, 100, true],
    ['536870912', 0x2000_0000, -1, true],
    ['8589934592', -1, -1, false],
    ['1e999', -1, -1, false],
  ])('have of the id %s the bits that are on a bus', (text, ...ids) => {
    const [writtenId, arbitrationId, isExtended] = ids;
    const { messages, messageByKey } = buildLines([`BO_ ${text} MSG: 8 ECU`]);
    expect(messages).toMatchObject([{ writtenId, arbitrationId, isExtended, name: 'MSG' }]);
    expect(messageByKey.size).toBe(arbitrationId === -1 ? 0 : 1);
  });

  it('are found by the last of two with one id, and both are listed', () => {
    const { messages, messageByKey } = buildLines(['BO_ 100 OLD: 8 ECU', 'BO_ 100 NEW: 8 ECU']);
    expect(messages.map(({ name }) => name)).toEqual(['OLD', 'NEW']);
    expect(messageByKey.get(100)?.name).toBe('NEW');
  });

  it('are not the one for signals of no message', () => {
    const { messages } = buildLines([
      'BO_ 3221225472 VECTOR__INDEPENDENT_SIG_MSG: 0 Vector__XXX',
      SIGNAL,
      'BO_ 1 MSG: 8 Vector__XXX',
    ]);
    expect(messages).toMatchObject([{ name: 'MSG', transmitters: [], signals: [] }]);
  });

  it.each([
    ['8', 8],
    ['1785', 1785],
    ['1786', 0],
    ['-1', 0],
    ['1e999', 0],
  ])('of size %s have %i bytes', (text, size) => {
    expect(buildLines([`BO_ 1 MSG: ${text} ECU`]).messages[0]?.size).toBe(size);
  });

  it('have all nodes that send them, each once', () => {
    const { messages } = buildLines(['BO_ 1 MSG: 8 A', 'BO_TX_BU_ 1 : B,A;', 'BO_TX_BU_ 1 : Vector__XXX,C;']);
    expect(messages[0]?.transmitters).toEqual(['A', 'B', 'C']);
  });
});

describe('signals of a database', () => {
  it('belong to the last message, also behind another section', () => {
    const { messages } = buildLines(['BO_ 1 A: 8 X', 'CM_ BO_ 1 "about";', SIGNAL, 'BO_ 2 B: 8 X']);
    expect(messages.map(({ signals }) => signals.length)).toEqual([1, 0]);
    expect(messages[0]?.comment).toBe('about');
  });

  it('before any message are left out', () => {
    expect(buildLines([SIGNAL, 'BO_ 2 B: 8 X']).messages).toMatchObject([{ signals: [] }]);
  });

  it('with one name are both there, and a statement speaks of both', () => {
    const { signals } = buildMessage(SIGNAL, SIGNAL, 'CM_ SG_ 100 S "about";');
    expect(signals.map(({ comment }) => comment)).toEqual(['about', 'about']);
  });

  it('of messages with one id are both meant', () => {
    const { messages } = buildLines([
      'BO_ 1 A: 8 X',
      SIGNAL,
      'BO_ 1 B: 8 X',
      SIGNAL,
      'VAL_ 1 S 0 "off" 1 "on";',
    ]);
    expect(messages.map(({ signals }) => signals[0]?.labels?.get(1))).toEqual(['on', 'on']);
  });

  it('have the last comment, the last texts, and of two texts for a value the last', () => {
    const { signals } = buildMessage(
      SIGNAL,
      'CM_ SG_ 100 S "first";',
      'CM_ SG_ 100 S "second";',
      'VAL_ 100 S 5 "five";',
      'VAL_ 100 S 0 "zero" 1 "one" 0 "nil" 18446744073709551615 "all";',
    );
    expect(signals[0]?.comment).toBe('second');
    expect([...(signals[0]?.labels ?? [])]).toEqual([
      [0, 'nil'],
      [1, 'one'],
      [2 ** 64, 'all'],
    ]);
  });

  it('have no texts where none are given', () => {
    expect(buildMessage(SIGNAL, 'VAL_ 100 S ;').signals[0]?.labels).toBeUndefined();
  });

  it('have the texts of a value table that is named', () => {
    const { messages } = buildLines(['VAL_TABLE_ T 1 "on" ;', 'BO_ 100 MSG: 8 X', SIGNAL, 'VAL_ 100 S T ;']);
    expect(messages[0]?.signals[0]?.labels?.get(1)).toBe('on');
  });

  it('may be called as properties of objects are', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const message = buildMessage(
      ...names.map((name) => SIGNAL.replace('S :', `${name} :`)),
      ...names.map((name) => `CM_ SG_ 100 ${name} "about ${name}";`),
      ...names.map((name) => `BA_ "${name}" SG_ 100 ${name} 1;`),
      'CM_ SG_ 100 valueOf "nobody";',
    );
    expect(message.signals.map(({ comment }) => comment)).toEqual(names.map((name) => `about ${name}`));
    expect(message.signals.map(({ attributes }) => [...attributes.keys()])).toEqual(
      names.map((name) => [name]),
    );
  });

  it('are found quickly in a message of 10,000, also where all have one name', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `N${index}`);
    const lines = (names: readonly string[]): string[] => [
      ...names.map((name) => SIGNAL.replace('S :', `${name} :`)),
      ...names.map((name) => `CM_ SG_ 100 ${name} "about ${name}";`),
    ];
    const start = performance.now();
    expect(buildMessage(...lines(many)).signals.at(-1)?.comment).toBe('about N9999');
    expect(buildMessage(...lines(many.map(() => 'S'))).signals.at(-1)?.comment).toBe('about S');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('a database', () => {
  it('keeps version, nodes, tables, groups, variables and the comment of the network', () => {
    const database = buildLines([
      'VERSION "1.2"',
      'BU_: A B',
      'VAL_TABLE_ OnOff 1 "on" 0 "off" ;',
      'BO_ 1 MSG: 8 A',
      SIGNAL,
      'EV_ VAR: 0 [0|100] "%" 5 1 DUMMY_NODE_VECTOR0 A;',
      'CM_ "the network";',
      'CM_ "of a car";',
      'CM_ BU_ B "a node";',
      'CM_ EV_ VAR "a variable";',
      'VAL_ VAR 0 "none";',
      'SIG_GROUP_ 1 GROUP 2 : S;',
    ]);
    expect(database).toMatchObject({
      version: '1.2',
      comment: 'the network\nof a car',
      nodes: [
        { name: 'A', comment: undefined },
        { name: 'B', comment: 'a node' },
      ],
      valueTables: [{ name: 'OnOff' }],
      signalGroups: [{ name: 'GROUP', writtenId: 1, repetitions: 2, signals: ['S'] }],
      environmentVariables: [{ name: 'VAR', unit: '%', minimum: 0, maximum: 100, comment: 'a variable' }],
    });
    expect(database.valueTables[0]?.labels.get(1)).toBe('on');
    expect(database.environmentVariables[0]?.labels?.get(0)).toBe('none');
  });

  it('tells imports from the comment of the network', () => {
    const { imports, comment } = buildLines([
      'CM_ "IMPORT _honda_common.dbc";',
      'CM_ "all of it";',
      'CM_ "IMPORT _other.dbc";',
    ]);
    expect(imports).toEqual(['_honda_common.dbc', '_other.dbc']);
    expect(comment).toBe('all of it');
  });

  it('of an empty text has nothing', () => {
    expect(buildLines([])).toMatchObject({
      version: undefined,
      comment: undefined,
      messages: [],
      nodes: [],
      imports: [],
    });
  });
});
