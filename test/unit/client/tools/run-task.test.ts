import { describe, expect, it } from 'vitest';
import { listTaskArguments, offerTasks, readRunTask } from '../../../../client/tools/run-task.ts';

describe('tasks', () => {
  it('are read from tasks.json, bounded to what they are', () => {
    expect(readRunTask({ type: 'cts', tool: 'log-stats', path: '/rlog', parameters: { a: 1 } })).toEqual({
      tool: 'log-stats',
      path: '/rlog',
      parameters: { a: 1 },
    });
    expect(readRunTask({ type: 'cts', tool: 'log-stats', path: 7, parameters: 'x' })).toEqual({
      tool: 'log-stats',
      path: undefined,
      parameters: {},
    });
    expect(readRunTask({ type: 'npm', tool: 'x' })).toBeUndefined();
    expect(readRunTask({ type: 'cts' })).toBeUndefined();
  });

  it('become words of the command line, one value a word', () => {
    const task = { tool: 'x', path: '/a b', parameters: { list: ['1', '2'], flag: true } };
    expect(listTaskArguments(task)).toEqual([
      'run',
      'x',
      '--path',
      '/a b',
      '-p',
      'list=1,2',
      '-p',
      'flag=true',
      '--follow',
      '--rename',
    ]);
  });

  it('are offered for the log in front only', () => {
    expect(offerTasks([], '/rlog')).toEqual([]);
    expect(offerTasks([], undefined)).toEqual([]);
  });
});
