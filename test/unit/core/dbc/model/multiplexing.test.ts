import { describe, expect, it } from 'vitest';
import type { DatabaseMessage } from '../../../../../server/core/dbc/model/database.ts';
import { buildMessage } from '../../../../support/built-database.ts';

/** Each signal as `parent ranges`, and whether it selects others. */
function describeSelection({ signals }: DatabaseMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    signals.map(({ name, multiplexing: { isMultiplexor, parent, ranges } }) => [
      name,
      [
        isMultiplexor ? 'selects' : '',
        parent === undefined ? 'always' : `${parent.name} ${ranges.map(([a, b]) => `${a}-${b}`).join()}`,
      ]
        .join(' ')
        .trim(),
    ]),
  );
}

function signal(name: string, marker = '', startBit = 0): string {
  return ` SG_ ${name} ${marker}${marker === '' ? '' : ' '}: ${startBit}|8@1+ (1,0) [0|0] "" X`;
}

describe('simple multiplexing', () => {
  it('lets the only multiplexor select', () => {
    const message = buildMessage(signal('MUX', 'M'), signal('A', 'm0'), signal('B', 'm12'), signal('C'));
    expect(describeSelection(message)).toEqual({
      MUX: 'selects always',
      A: 'MUX 0-0',
      B: 'MUX 12-12',
      C: 'always',
    });
    expect(message.signals[1]?.multiplexing.parent).toBe(message.signals[0]);
  });

  it('leaves signals there without a multiplexor, and with two', () => {
    expect(describeSelection(buildMessage(signal('A', 'm0')))).toEqual({ A: 'always' });
    expect(describeSelection(buildMessage(signal('P', 'M'), signal('Q', 'M'), signal('A', 'm0')))).toEqual({
      P: 'selects always',
      Q: 'selects always',
      A: 'always',
    });
  });

  it('takes a marker that is none, or beyond all numbers, for nothing', () => {
    const message = buildMessage(signal('MUX', 'M'), signal('A', 'mx'), signal('B', `m${'9'.repeat(400)}`));
    expect(describeSelection(message)).toEqual({ MUX: 'selects always', A: 'always', B: 'always' });
  });
});

describe('extended multiplexing', () => {
  it('selects over several levels, with all ranges in order and merged', () => {
    const message = buildMessage(
      signal('MUX', 'M'),
      signal('SUB', 'm1M'),
      signal('LEAF', 'm4'),
      'SG_MUL_VAL_ 100 SUB MUX 7-9, 1-1, 2-3;',
      'SG_MUL_VAL_ 100 LEAF SUB 5-5, 20-30;',
      'SG_MUL_VAL_ 100 LEAF SUB 31-31;',
    );
    expect(describeSelection(message)).toEqual({
      MUX: 'selects always',
      SUB: 'selects MUX 1-3,7-9',
      LEAF: 'SUB 5-5,20-31',
    });
  });

  it('leaves what is not named always there, and believes no multiplexor that is not in the message', () => {
    const message = buildMessage(
      signal('MUX', 'M'),
      signal('SUB', 'm1M'),
      signal('A', 'm0'),
      'SG_MUL_VAL_ 100 SUB MUX 1-1;',
      'SG_MUL_VAL_ 100 A GONE 0-0;',
    );
    expect(describeSelection(message)).toMatchObject({ SUB: 'selects MUX 1-1', A: 'always' });
  });

  it('adds to the value of the marker where there is only one multiplexor', () => {
    const message = buildMessage(signal('MUX', 'M'), signal('A', 'm2'), 'SG_MUL_VAL_ 100 A MUX 9-12;');
    expect(describeSelection(message)['A']).toBe('MUX 2-2,9-12');
  });

  it('reads a range from high to low as none', () => {
    const reversed = 'SG_MUL_VAL_ 100 A MUX 9-3;';
    const one = buildMessage(signal('MUX', 'M'), signal('A', 'm2'), reversed);
    expect(describeSelection(one)['A']).toBe('MUX 2-2');
    const two = buildMessage(signal('MUX', 'M'), signal('SUB', 'm1M'), signal('A', 'm2'), reversed);
    expect(describeSelection(two)['A']).toBe('always');
  });

  it('sets signals free that select each other, and keeps who hangs on them', () => {
    const message = buildMessage(
      signal('P', 'm0M'),
      signal('Q', 'm0M'),
      signal('A', 'm3'),
      signal('SELF', 'm1M'),
      'SG_MUL_VAL_ 100 P Q 0-0;',
      'SG_MUL_VAL_ 100 Q P 0-0;',
      'SG_MUL_VAL_ 100 A Q 3-3;',
      'SG_MUL_VAL_ 100 SELF SELF 1-1;',
    );
    expect(describeSelection(message)).toEqual({
      P: 'selects always',
      Q: 'selects always',
      A: 'Q 3-3',
      SELF: 'selects always',
    });
  });

  it('cannot decode what a signal selects that cannot be decoded', () => {
    const message = buildMessage(
      ' SG_ MUX M : 0|99@1+ (1,0) [0|0] "" X',
      signal('SUB', 'm1M'),
      signal('LEAF', 'm4'),
      signal('FREE'),
      'SG_MUL_VAL_ 100 LEAF SUB 4-4;',
      'SG_MUL_VAL_ 100 SUB MUX 1-1;',
    );
    expect(message.signals.map(({ isDecodable }) => isDecodable)).toEqual([false, false, false, true]);
  });

  it('follows 10,000 signals that select one the next', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `S${index}`);
    const message = buildMessage(
      ...names.map((name) => signal(name, 'm1M')),
      ...names.slice(1).map((name, index) => `SG_MUL_VAL_ 100 ${names[index] ?? ''} ${name} 1-1;`),
    );
    expect(message.signals[0]?.multiplexing.parent).toBe(message.signals[1]);
    expect(message.signals.at(-1)?.multiplexing.parent).toBeUndefined();
  });
});
