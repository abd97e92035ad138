import { describe, expect, it } from 'vitest';
import { UsualLines } from '../../../../../server/core/dbc/lint/usual-lines.ts';

const SIGNAL = ' SG_ A : 0|8@1+ (0.5,-40) [0|0] "km/h" XXX';

/** Asks for the lines from the first message to the last signal of a text. */
function areUsual(...lines: readonly string[]): boolean {
  const text = `${lines.join('\n')}\n`;
  return new UsualLines(text, 'messages').areUsual(text.indexOf('BO_'), text.lastIndexOf('SG_'));
}

describe('UsualLines', () => {
  it('knows lines as nearly all are written, however many', () => {
    expect(
      areUsual('BO_ 1 M: 8 XXX', SIGNAL, '', 'BO_ 2 N: 8 XXX', ' SG_ B m1 : 7|8@0- (1,0) [0|0] "" X,Y'),
    ).toBe(true);
    expect(areUsual('BO_ 1 M: 8 XXX', ...new Array<string>(1000).fill(SIGNAL))).toBe(true);
  });

  it.each([
    ['two blanks', SIGNAL.replace(' : ', ' :  ')],
    ['byte order 2', SIGNAL.replace('@1', '@2')],
    ['no receiver', SIGNAL.replace('XXX', '')],
    ['a second statement in the line', `${SIGNAL} ${SIGNAL}`],
  ])('leaves %s to others', (_, line) => {
    expect(areUsual('BO_ 1 M: 8 XXX', SIGNAL, line)).toBe(false);
  });

  it('wants a message to begin its line', () => {
    expect(areUsual('CM_ "a"; BO_ 1 M: 8 XXX', SIGNAL)).toBe(false);
  });

  it('goes on behind what is unusual, and back', () => {
    const text = 'VAL_ 1 A 0 "off" 1 "on" ;\nVAL_ 1 B 0  "off";\nVAL_ 1 C 0 "off";\n';
    const lines = new UsualLines(text, 'values');
    const starts = [0, text.indexOf('VAL_ 1 B'), text.indexOf('VAL_ 1 C'), 0];
    expect(starts.map((start) => lines.areUsual(start, start))).toEqual([true, false, true, true]);
  });
});
