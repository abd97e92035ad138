import { CtsError, type RequestHandlers } from '#protocol';

type MonitorHandlers = Pick<
  RequestHandlers,
  'monitors/list' | 'monitors/start' | 'monitors/get' | 'monitors/stop'
>;

/** Monitors that comma-tools had, spelled with `_`. */
const KNOWN_MONITORS: ReadonlySet<string> = new Set([
  'can_bus_check',
  'can_hybrid_rx_check',
  'hybrid_rx_trace',
  'panda_state',
]);

/** Answers requests about monitors: there are none, and asking for one says so. */
export function createMonitorHandlers(): MonitorHandlers {
  return {
    'monitors/list': async () => [],
    'monitors/start': async ({ toolId }) => {
      throw refuseTool(toolId);
    },
    'monitors/get': async ({ monitorId }) => {
      throw refuseMonitor(monitorId);
    },
    'monitors/stop': async ({ monitorId }) => {
      throw refuseMonitor(monitorId);
    },
  };
}

function refuseTool(toolId: string): CtsError {
  const isKnown = KNOWN_MONITORS.has(toolId.replaceAll('-', '_'));
  const message = isKnown
    ? `Could not start "${toolId}": comma-tools has this monitor, but this version of CTS has no monitors yet.`
    : `Could not start "${toolId}": no monitor has this name, and this version of CTS has no monitors yet.`;
  return new CtsError('MONITOR_NOT_FOUND', message, { details: { monitor: toolId } });
}

function refuseMonitor(monitorId: string): CtsError {
  return new CtsError(
    'MONITOR_NOT_FOUND',
    `No monitor "${monitorId}" is running: this version of CTS has no monitors yet.`,
    { details: { monitor: monitorId } },
  );
}
