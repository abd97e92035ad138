import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { endGroup, signalGroup } from '../../../../server/adapters/workers/process-group.ts';
import { isProcessAlive } from '../../../support/processes.ts';

/** Starts a group of two processes that no polite signal ends; returns the ids of both. */
async function startGroup(): Promise<{ readonly leader: ChildProcess; readonly pids: readonly number[] }> {
  const program =
    'trap "" INT TERM; sh -c "while :; do sleep 1; done" & echo $$ $!; wait; while :; do sleep 1; done';
  const leader = spawn('/bin/sh', ['-c', program], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(leader.stdout, 'data')) as [Buffer];
  return { leader, pids: line.toString().trim().split(' ').map(Number) };
}

describe.skipIf(process.platform === 'win32')('a group of processes', () => {
  it('is ended as a whole', async () => {
    const { leader, pids } = await startGroup();
    expect(pids.map(isProcessAlive)).toEqual([true, true]);
    await endGroup(leader.pid ?? 0);
    expect(pids.map(isProcessAlive)).toEqual([false, false]);
  });

  it('is ended when its leader is gone already, and at once', async () => {
    const { leader, pids } = await startGroup();
    leader.kill('SIGKILL');
    await once(leader, 'exit');
    expect(pids.map(isProcessAlive)).toEqual([false, true]);
    const since = performance.now();
    await endGroup(leader.pid ?? 0);
    expect(pids.map(isProcessAlive)).toEqual([false, false]);
    // Dead processes that nobody collects are not waited for.
    expect(performance.now() - since).toBeLessThan(900);
  });

  it('that is no more needs no ending', async () => {
    const child = spawn(process.execPath, ['-e', ''], { detached: true, stdio: 'ignore' });
    await once(child, 'exit');
    signalGroup(child.pid ?? 0, 'SIGTERM');
    await endGroup(child.pid ?? 0);
  });
});
