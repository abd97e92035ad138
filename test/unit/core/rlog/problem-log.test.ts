import { expect, it } from 'vitest';
import { ProblemLog } from '../../../../server/core/rlog/problem-log.ts';

it('tells problems in the order they were found', () => {
  const log = new ProblemLog();
  log.add('GARBAGE', () => ({ atByte: 3, byteLength: 4, message: 'a' }));
  log.add('LOG_CUT', () => ({ atByte: 2, message: 'b' }));
  log.add('GARBAGE', () => ({ atByte: 1, message: 'c' }));
  expect(log.list()).toEqual([
    { code: 'GARBAGE', atByte: 3, byteLength: 4, message: 'a' },
    { code: 'LOG_CUT', atByte: 2, message: 'b' },
    { code: 'GARBAGE', atByte: 1, message: 'c' },
  ]);
});

it('tells 20 of a kind, and counts the rest without having them described', () => {
  const log = new ProblemLog();
  let described = 0;
  for (let i = 0; i < 1000; i++) {
    log.add('GARBAGE', () => {
      described++;
      return { atByte: i, message: 'm' };
    });
  }
  log.add('LOG_CUT', () => ({ message: 'cut' }));
  expect(log.list()).toEqual([
    ...Array.from({ length: 20 }, (_, i) => ({ code: 'GARBAGE', atByte: i, message: 'm' })),
    { code: 'LOG_CUT', message: 'cut' },
    { code: 'GARBAGE', count: 980, message: '980 more of the same kind' },
  ]);
  expect(described).toBe(20);
});
