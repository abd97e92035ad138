import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, getPriority } from 'node:os';
import { describe, expect, it } from 'vitest';
import { lowerPriority } from '../../../../server/adapters/workers/process-priority.ts';

describe('lowerPriority', () => {
  it('lets a process stand back', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = once(child, 'exit');
    const pid = child.pid ?? 0;
    const before = getPriority(pid);

    lowerPriority(pid);

    expect(getPriority(pid)).toBe(Math.max(before, constants.priority.PRIORITY_BELOW_NORMAL));
    child.stdin.end();
    await ended;
  });

  it('minds nothing when the process is gone', async () => {
    const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
    await once(child, 'exit');
    expect(() => {
      lowerPriority(child.pid ?? 0);
    }).not.toThrow();
  });
});
