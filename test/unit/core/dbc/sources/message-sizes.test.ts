import { describe, expect, it } from 'vitest';
import { buildDatabase } from '../../../../../server/core/dbc/model/build-database.ts';
import { findMessageSize, readMessageSizes } from '../../../../../server/core/dbc/sources/message-sizes.ts';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';

describe('sizes of messages without parsing', () => {
  it.each([
    ['an id of 11 bits', 'BO_ 37 STEER: 8 EPS', [[37, 8]]],
    ['an id of 29 bits', 'BO_ 2566844672 X: 8 XXX', [[0x98fe_f100, 8]]],
    ['an id of 29 bits that is not marked', 'BO_ 103858227 BSM_LEFT: 4 XXX', [[0x8630_c033, 4]]],
    ['of two lines with one id the last', 'BO_ 1 A: 8 X\nBO_ 1 B: 4 X', [[1, 4]]],
    ['blanks and tabs', ' \tBO_ \t 5  NAME  :  12 XXX', [[5, 12]]],
    [
      'lines of both kinds',
      'BO_ 1 A: 1 X\r\nBO_ 2 B: 2 X\r\n',
      [
        [1, 1],
        [2, 2],
      ],
    ],
    ['no line that begins otherwise', 'CM_ BO_ 1 "x : 3";\nBO_TX_BU_ 2 : A;\nVAL_ 3 X 1 "a : 2";', []],
    ['no pseudo message', 'BO_ 3221225472 VECTOR__INDEPENDENT_SIG_MSG: 0 Vector__XXX', []],
    ['no id that no frame has', 'BO_ 536870912 X: 8 XXX\nBO_ 99999999999 Y: 8 XXX', []],
    ['nothing of a text cut short', 'BO_ 1 A: 8 X\nBO_ 2', [[1, 8]]],
    ['nothing of an empty text', '', []],
  ])('%s', (_, text, sizes) => {
    expect([...readMessageSizes(text)]).toEqual(sizes);
  });

  it('are those of the whole database', () => {
    const text =
      'VERSION ""\n\nBU_: A\n\nBO_ 100 M: 8 A\n SG_ S : 0|8@1+ (1,0) [0|0] "" A\n\nBO_ 2147484000 N: 3 A\n';
    const database = buildDatabase(parseDbc(text));
    expect([...readMessageSizes(text)]).toEqual(
      [...database.messageByKey].map(([key, { size }]) => [key, size]),
    );
  });

  it.each([
    ['lines that begin so', 'BO_ '.repeat(300_000)],
    ['blanks', `\n${' '.repeat(3_000_000)}BO_ 1 A: 8 X`],
    ['a line without an end', `BO_ 1 ${'A'.repeat(3_000_000)}`],
  ])('are read in one pass from %s', (_, text) => {
    const started = performance.now();
    expect(readMessageSizes(text).size).toBeLessThanOrEqual(1);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('are found by the id of a frame, of 11 bits first', () => {
    const sizes = readMessageSizes('BO_ 5 A: 8 X\nBO_ 2147483653 B: 4 X\nBO_ 2147483654 C: 2 X\n');
    expect([5, 6, 7].map((id) => findMessageSize(sizes, id))).toEqual([8, 2, undefined]);
  });
});
