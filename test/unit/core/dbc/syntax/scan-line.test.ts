import { describe, expect, it } from 'vitest';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';

const SIGNAL = ' SG_ A : 0|8@1+ (0.5,-40) [0|0] "km/h" XXX';
const VALUES = 'VAL_ 1 A 0 "off" 1 "on" ;';

/** Tells of each statement of a text whether it is known to be written as usual. */
function areUsual(...lines: readonly string[]): readonly (boolean | undefined)[] {
  const { statements } = parseDbc(`${lines.join('\n')}\n`);
  return statements.map((statement) => ('isUsual' in statement ? statement.isUsual : undefined));
}

describe('parseDbc, of lines written as usual', () => {
  it.each([
    ['messages', 'BO_ 1 M: 8 XXX'],
    ['signals', SIGNAL],
    ['signals with markers', ' SG_ B m1 : 7|8@0- (1,0) [-1E3|0.5] "" X,Y'],
    ['signals with blanks at the end and before receivers', `${SIGNAL.replace('XXX', '  XXX')} \t`],
    ['value texts', VALUES],
  ])('knows %s', (_, line) => {
    expect(areUsual('BO_ 1 M: 8 XXX', line)).toStrictEqual([true, true]);
  });

  it.each([
    ['two blanks in a signal', SIGNAL.replace(' : ', ' :  ')],
    ['a tab in a signal', SIGNAL.replace(' : ', ' :\t')],
    ['a blank within brackets', SIGNAL.replace('5,-', '5, -')],
    ['byte order 2', SIGNAL.replace('@1', '@2')],
    ['no receiver', SIGNAL.replace('XXX', '')],
    ['a marker that is none', SIGNAL.replace(' A ', ' A mM ')],
    ['a comma in the next line', `${SIGNAL}\n, YYY`],
    ['a blank before the colon of a message', 'BO_ 1 M : 8 XXX'],
    ['a zero in front', 'BO_ 01 M: 8 XXX'],
    ['two blanks in value texts', VALUES.replace('A 0', 'A  0')],
    ['a zero in front of an id', VALUES.replace('1', '01')],
  ])('leaves %s to others', (_, line) => {
    expect(areUsual('BO_ 1 M: 8 XXX', line)[1]).toBe(false);
  });
});
