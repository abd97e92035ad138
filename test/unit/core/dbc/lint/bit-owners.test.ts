import { describe, expect, it } from 'vitest';
import { lint } from './linting.ts';

const MESSAGE = 'BO_ 256 M: 8 XXX';

/** Says which pairs overlap: `later earlier`. */
function findPairs(lines: readonly string[]): readonly string[] {
  const found = lint(`${[MESSAGE, ...lines].join('\n')}\n`).filter(({ code }) => code === 'overlap');
  return found.map(({ message }) => {
    const [, later, earlier] = /^(\w+) and (\w+) share/.exec(message) ?? [];
    return `${String(later)} ${String(earlier)}`;
  });
}

function signal(name: string, layout: string): string {
  return ` SG_ ${name} : ${layout}+ (1,0) [0|0] "" XXX`;
}

describe('findShared', () => {
  it('finds signals that share bits, in either byte order', () => {
    expect(findPairs([signal('A', '0|8@1'), signal('B', '7|1@1'), signal('C', '8|8@1')])).toEqual(['B A']);
    // Big-endian from bit 3: 4 bits of byte 0, then all of byte 1, which bits 8 to 15 are.
    expect(findPairs([signal('A', '3|12@0'), signal('B', '4|4@1'), signal('C', '15|1@1')])).toEqual(['C A']);
  });

  it('counts shared bits, and names the first of them in every way', () => {
    const text = `${[MESSAGE, signal('A', '0|8@1'), signal('B', '4|8@1')].join('\n')}\n`;
    const [found] = lint(text).filter(({ code }) => code === 'overlap');
    expect(found?.message).toBe(
      'B and A share 4 bits of M, the first of them bit 4 (Byte0 bit4 (LSB), MSB B0b3)',
    );
    expect(text.slice(found?.start, found?.end)).toBe('4|8');
    expect(found?.related).toHaveLength(1);
  });

  it('lets branches of one multiplexor share bits, but not signals of one branch', () => {
    const branches = [signal('P M', '0|8@1'), signal('A m0', '8|8@1'), signal('B m1', '8|8@1')];
    expect(findPairs(branches)).toEqual([]);
    expect(findPairs([...branches, signal('C m1', '15|1@1')])).toEqual(['C B']);
    expect(findPairs([...branches, signal('C', '15|1@1')])).toHaveLength(1);
  });

  it('finds a signal that lies on its own multiplexor', () => {
    expect(findPairs([signal('P M', '0|8@1'), signal('A m0', '7|8@1')])).toEqual(['A P']);
  });

  it('compares ranges of extended multiplexing', () => {
    const signals = [signal('P M', '0|8@1'), signal('A m0', '8|8@1'), signal('B m9', '8|8@1')];
    expect(findPairs([...signals, 'SG_MUL_VAL_ 256 A P 0-4, 6-8;', 'SG_MUL_VAL_ 256 B P 9-9;'])).toEqual([]);
    expect(findPairs([...signals, 'SG_MUL_VAL_ 256 A P 0-4, 6-9;', 'SG_MUL_VAL_ 256 B P 9-9;'])).toEqual([
      'B A',
    ]);
    expect(findPairs([...signals, 'SG_MUL_VAL_ 256 A P 0-99;', 'SG_MUL_VAL_ 256 B P 9-9, 50-60;'])).toEqual([
      'B A',
    ]);
  });

  it('goes through nested multiplexors', () => {
    const nested = [
      signal('P M', '0|4@1'),
      signal('Q m1M', '4|4@1'),
      signal('A m0', '8|8@1'),
      signal('B m1', '8|8@1'),
      signal('C m2', '8|8@1'),
    ];
    const selections = ['SG_MUL_VAL_ 256 Q P 1-1;', 'SG_MUL_VAL_ 256 A Q 0-0;', 'SG_MUL_VAL_ 256 B Q 1-1;'];
    expect(findPairs([...nested, ...selections, 'SG_MUL_VAL_ 256 C P 2-2;'])).toEqual([]);
    expect(findPairs([...nested, ...selections, 'SG_MUL_VAL_ 256 C P 1-1;'])).toHaveLength(1);
  });

  it('does not take what an earlier message had for bits of this one', () => {
    const first = ['BO_ 1 F: 8 XXX', signal('A', '0|64@1'), signal('B', '0|1@1')];
    const big = [
      'BO_ 2 S: 12 XXX',
      signal('P M', '77|8@1'),
      signal('Y m0', '33|4@0'),
      signal('Z m1', '0|1@1'),
    ];
    const found = lint(`${[...first, ...big].join('\n')}\n`).filter(({ code }) => code === 'overlap');
    expect(found.map(({ message }) => message.split(' share')[0])).toEqual(['B and A']);
  });

  it('tells 50 overlaps of 9,999 apart in a moment', () => {
    const signals = Array.from({ length: 10_000 }, (_, index) => signal(`S${String(index)}`, '0|8@1'));
    const text = `${[MESSAGE, ...signals].join('\n')}\n`;
    const found = lint(text).filter(({ code }) => code === 'overlap');
    expect(found).toHaveLength(50);
    expect(found.at(-1)?.message).toMatch(/ \(and 9,949 more\)$/);
  });

  it('takes 10,000 branches as they come', () => {
    const branches = Array.from({ length: 10_000 }, (_, index) =>
      signal(`S${String(index)} m${String(index)}`, '16|8@1'),
    );
    expect(findPairs([signal('P M', '0|16@1'), ...branches])).toEqual([]);
  });
});
