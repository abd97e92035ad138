import { describe, expect, it } from 'vitest';
import { takeSteps, WorkPauses } from '../../../../server/tools/reading/work-pauses.ts';

describe('WorkPauses', () => {
  it('lets others work when a pause is due', async () => {
    let turns = 0;
    setImmediate(() => turns++);
    await new WorkPauses(new AbortController().signal, 0).pauseWhenDue();
    expect(turns).toBe(1);
  });

  it('does not pause before', async () => {
    let turns = 0;
    setImmediate(() => turns++);
    await new WorkPauses(new AbortController().signal, 60_000).pauseWhenDue();
    expect(turns).toBe(0);
  });

  it('hears in a pause that the run is cancelled', async () => {
    const controller = new AbortController();
    const pauses = new WorkPauses(controller.signal, 0);
    await pauses.pauseWhenDue();
    setImmediate(() => {
      controller.abort(new Error('cancelled'));
    });
    await expect(pauses.pauseWhenDue()).rejects.toThrow('cancelled');
  });
});

describe('takeSteps', () => {
  function* countTo(last: number): Generator<number, string, undefined> {
    for (let step = 1; step <= last; step++) yield step / last;
    return 'done';
  }

  it('pauses after each step, tells how far it is, and gives what comes out', async () => {
    const heard: number[] = [];
    const result = await takeSteps(countTo(4), (fraction) => Promise.resolve(void heard.push(fraction)));
    expect([result, heard]).toEqual(['done', [0.25, 0.5, 0.75, 1]]);
  });

  it('goes no further where a pause fails', async () => {
    const steps = countTo(4);
    await expect(takeSteps(steps, () => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
    expect(steps.next().value).toBe(0.5);
  });
});
