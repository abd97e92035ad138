import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameters, splitAssignments } from '../../../../cli/runs/parameters.ts';
import { CAPABILITIES } from '../../../support/service-bodies.ts';
import { sharedDir } from '../../../support/shared.ts';

const KNOWN = CAPABILITIES.tools[0]?.parameters ?? {};

describe('parameters that the tool knows', () => {
  it.each([
    ['window_start=3', { window_start: 3 }],
    ['window-start=-3.5e1', { 'window-start': -35 }],
    ['window_start=noon', { window_start: 'noon' }],
    ['window_start=nan', { window_start: 'nan' }],
    ['count=7', { count: 7 }],
    ['count=7.5', { count: '7.5' }],
    ['count=99999999999999999999', { count: '99999999999999999999' }],
    ['resync=off', { resync: false }],
    ['resync=YES', { resync: true }],
    ['resync=maybe', { resync: 'maybe' }],
    ['label=1,2', { label: '1,2' }],
    ['label=', { label: '' }],
    ['label=a=b', { label: 'a=b' }],
    ['watch=0x27:B4, x', { watch: ['0x27:B4', 'x'] }],
  ])('%s', (assignment, values) => {
    expect(readParameters([assignment], KNOWN)).toEqual(values);
  });

  it('are put together when they are lists, else the last counts', () => {
    expect(readParameters(['watch=a', 'count=1', 'watch=b,c', 'count=2'], KNOWN)).toEqual({
      watch: ['a', 'b', 'c'],
      count: 2,
    });
  });
});

describe('parameters that nobody knows', () => {
  it.each([
    ['x=1e3', 1000],
    ['x=1_000', 1000],
    ['x=3.', 3],
    ['x=.5', 0.5],
    ['x=+1', 1],
    ['x=_1', '_1'],
    ['x=.', '.'],
    ['x=0x10', '0x10'],
    ['x=Infinity', 'Infinity'],
    ['x=FALSE', false],
  ])('%s', (assignment, value) => {
    expect(readParameters([assignment])).toEqual({ x: value });
  });

  it.each(['window_start', '=3', ''])('"%s" is no assignment', (assignment) => {
    expect(() => readParameters([assignment])).toThrow(/expected name=value/);
  });

  it('keep their names whatever these are', () => {
    expect(Object.keys(readParameters(['__proto__=1', 'constructor=2']))).toEqual([
      '__proto__',
      'constructor',
    ]);
  });
});

describe('assignments in one text', () => {
  it.each([
    ['a=1,b=2', ['a=1', 'b=2']],
    ['a=1,2,b=3', ['a=1,2', 'b=3']],
    ['a=', ['a=']],
    ['a=1, b=2', ['a=1', 'b=2']],
  ])('%s', (text, parts) => {
    expect(splitAssignments(text)).toEqual(parts);
  });
});

interface RecordedCase {
  readonly args: { readonly params: readonly string[] };
  readonly result?: Readonly<Record<string, unknown>>;
}

describe.skipIf(sharedDir === undefined)('the client of CTS-Lite read the same', () => {
  const path = join(sharedDir ?? '', 'golden/cli/cts.json');
  const recorded =
    sharedDir === undefined
      ? []
      : (JSON.parse(readFileSync(path, 'utf8')) as { parse_parameters: readonly RecordedCase[] })
          .parse_parameters;

  it.each(recorded.filter(isComparable))('$args.params', ({ args, result }) => {
    expect(readParameters(args.params)).toEqual(toPlainNumbers(result ?? {}));
  });
});

/** JSON has no NaN, and digits of other scripts are left to the service. */
function isComparable({ args, result }: RecordedCase): boolean {
  return result !== undefined && args.params.every((text) => !/=(nan|[^\0-\x7f])/.test(text));
}

function toPlainNumbers(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const isFloat = typeof value === 'object' && value !== null && 'float' in value;
      return [name, isFloat ? Number(value.float) : value];
    }),
  );
}
