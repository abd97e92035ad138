import { describe, expect, it } from 'vitest';
import { WorkPauses } from '../../../../server/tools/reading/work-pauses.ts';

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
