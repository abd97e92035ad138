import { describe, expect, it } from 'vitest';
import type { RequestContext } from '#protocol';
import { createMonitorHandlers } from '../../../../server/services/monitors/monitor-handlers.ts';

const handlers = createMonitorHandlers();
const context: RequestContext = { signal: new AbortController().signal, notify: () => undefined };

describe('requests about monitors', () => {
  it('list none', async () => {
    expect(await handlers['monitors/list']({}, context)).toEqual([]);
  });

  it.each(['hybrid_rx_trace', 'can-bus-check', 'can_hybrid_rx_check', 'panda-state'])(
    'tell that %s is known, but not there yet',
    async (toolId) => {
      await expect(handlers['monitors/start']({ toolId, parameters: {} }, context)).rejects.toMatchObject({
        code: 'MONITOR_NOT_FOUND',
        message: `Could not start "${toolId}": comma-tools has this monitor, but this version of CTS has no monitors yet.`,
        details: { monitor: toolId },
      });
    },
  );

  it('tell that nobody knows a name', async () => {
    await expect(
      handlers['monitors/start']({ toolId: 'radar', parameters: {} }, context),
    ).rejects.toMatchObject({
      code: 'MONITOR_NOT_FOUND',
      message:
        'Could not start "radar": no monitor has this name, and this version of CTS has no monitors yet.',
    });
  });

  it.each(['monitors/get', 'monitors/stop'] as const)('%s finds none', async (method) => {
    await expect(handlers[method]({ monitorId: 'm1' }, context)).rejects.toMatchObject({
      code: 'MONITOR_NOT_FOUND',
      message: 'No monitor "m1" is running: this version of CTS has no monitors yet.',
    });
  });
});
