import { describe, expect, it } from 'vitest';
import { LineSplitter, readLogLine } from '../../../../client/backend/log-line.ts';

describe('readLogLine', () => {
  it('reads what the logger writes', () => {
    expect(readLogLine('{"level":40,"time":1,"pid":2,"msg":"Slow","ms":12}')).toEqual({
      level: 'warn',
      text: 'Slow ms=12',
    });
    expect(readLogLine('{"level":"ERROR","message":"Broke"}')).toEqual({ level: 'error', text: 'Broke' });
  });

  it('takes whatever else a process says as it is, without escape sequences', () => {
    expect(readLogLine('\u001b[31mred\u0007')).toEqual({ level: 'info', text: ' [31mred ' });
    expect(readLogLine('{broken')).toEqual({ level: 'info', text: '{broken' });
  });
});

describe('LineSplitter', () => {
  it('puts pieces together', () => {
    const splitter = new LineSplitter();
    expect([...splitter.add('one\ntw'), ...splitter.add('o\r\n\nthree')]).toEqual(['one', 'two']);
    expect(splitter.add('\n')).toEqual(['three']);
  });

  it('keeps no more of an endless line than is shown', () => {
    const splitter = new LineSplitter();
    for (let count = 0; count < 100; count++) splitter.add('x'.repeat(1000));
    expect(splitter.add('\n')[0]?.length).toBeLessThanOrEqual(4000);
  });
});
