import * as z from 'zod';
import { MonitorBody, StartMonitorBody } from '#http-bodies';
import type { StartMonitorBody as MonitorStart } from '#protocol';
import { toMonitorBody } from '../bodies/service-body.ts';
import { defineRoute, type TableRoute } from '../table-route.ts';
import { MonitorPath } from './named-paths.ts';

/** Watches on a live bus. */
export const MONITOR_ROUTES: readonly TableRoute[] = [
  defineRoute({
    verb: 'GET',
    path: '/v1/monitors',
    method: 'monitors/list',
    group: 'Monitors',
    answer: { schema: z.array(MonitorBody), description: 'The monitors' },
    project: (monitors, { now }) => monitors.map((monitor) => toMonitorBody(monitor, now)),
  }),
  ...['/v1/monitors', '/v1/monitors/start'].map((path) =>
    defineRoute({
      verb: 'POST',
      path,
      method: 'monitors/start',
      group: 'Monitors',
      bodySchema: StartMonitorBody,
      read: ({ body }) => readStartMonitor(body),
      status: 201,
      answer: { schema: MonitorBody, description: 'The monitor' },
      answerHeaders: { Location: 'Where the monitor is' },
      writeHeaders: ({ id }) => ({ location: `/v1/monitors/${encodeURIComponent(id)}` }),
      project: (monitor, { now }) => toMonitorBody(monitor, now),
      errors: ['TOOL_NOT_FOUND', 'INVALID_PARAMETER'],
    }),
  ),
  ...['/v1/monitors/:monitorId', '/v1/monitors/:monitorId/status'].map((path) =>
    defineRoute({
      verb: 'GET',
      path,
      method: 'monitors/get',
      group: 'Monitors',
      pathSchema: MonitorPath,
      read: (input) => input.path,
      answer: { schema: MonitorBody, description: 'The monitor' },
      project: (monitor, { now }) => toMonitorBody(monitor, now),
      errors: ['MONITOR_NOT_FOUND'],
    }),
  ),
  defineStopRoute('DELETE', '/v1/monitors/:monitorId'),
  defineStopRoute('POST', '/v1/monitors/:monitorId/stop'),
];

function defineStopRoute(verb: 'DELETE' | 'POST', path: string): TableRoute {
  return defineRoute({
    verb,
    path,
    method: 'monitors/stop',
    group: 'Monitors',
    pathSchema: MonitorPath,
    read: (input) => input.path,
    answer: { schema: MonitorBody, description: 'The monitor, on its way to its end' },
    project: (monitor, { now }) => toMonitorBody(monitor, now),
    errors: ['MONITOR_NOT_FOUND'],
  });
}

function readStartMonitor({ tool_id: toolId, params: parameters }: MonitorStart): Record<string, unknown> {
  return { toolId, parameters };
}
