import * as z from 'zod';
import { ParameterValues } from './tools.ts';
import type { Wire } from './wire.ts';

/** What `monitors/start` is asked. */
export const StartMonitorParams = z
  .strictObject({ toolId: z.string().min(1).max(200), parameters: ParameterValues.default({}) })
  .meta({ id: 'StartMonitorParams' });

/** What `monitors/start` is asked. */
export type StartMonitorParams = Wire<typeof StartMonitorParams>;

/** A watch on a live bus. */
export const Monitor = z
  .strictObject({
    id: z.string(),
    toolId: z.string(),
    state: z.enum(['starting', 'running', 'stopping', 'stopped', 'failed']),
    startedAt: z.string(),
    stoppedAt: z.string().nullable(),
  })
  .meta({ id: 'Monitor' });

/** A watch on a live bus. */
export type Monitor = Wire<typeof Monitor>;

/** Names one monitor. */
export const MonitorQuery = z
  .strictObject({ monitorId: z.string().min(1).max(100) })
  .meta({ id: 'MonitorQuery' });

/** Names one monitor. */
export type MonitorQuery = Wire<typeof MonitorQuery>;
