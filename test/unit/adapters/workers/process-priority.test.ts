import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { lowerPriority } from '../../../../server/adapters/workers/process-priority.ts';

const LOWERED = constants.priority.PRIORITY_BELOW_NORMAL;

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
});

/** Starts a process that waits, in a session of its own or in ours, and returns its pid. */
function startWaiting(session: 'own' | 'ours'): number {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: session === 'own',
  });
  children.push(child);
  return child.pid ?? 0;
}

describe('lowerPriority', () => {
  it.each(['own', 'ours'] as const)('lets a process in %s session stand back', (session) => {
    const pid = startWaiting(session);
    lowerPriority(pid);
    expect(getPriority(pid)).toBe(LOWERED);
  });

  it.skipIf(!existsSync('/proc/self/autogroup'))('lowers a session only where the process leads it', () => {
    const readOurs = (): string => readFileSync('/proc/self/autogroup', 'utf8');
    const before = readOurs();
    lowerPriority(startWaiting('ours'));
    expect(readOurs()).toBe(before);
    expect(() => {
      lowerPriority(startWaiting('own'));
    }).not.toThrow();
    expect(readOurs()).toBe(before);
  });

  it('minds nothing when the process is gone', async () => {
    const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
    await once(child, 'exit');
    expect(() => {
      lowerPriority(child.pid ?? 0);
    }).not.toThrow();
  });
});
