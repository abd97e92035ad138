import * as z from 'zod';
import { REQUESTS } from '#contract';
import {
  CapabilitiesBody,
  ConfigurationBody,
  HealthBody,
  HealthReportBody,
  MetricsBody,
  StatusBody,
  ToolCapabilityBody,
  VersionBody,
} from '#http-bodies';
import {
  toCapabilitiesBody,
  toConfigurationBody,
  toHealthBody,
  toHealthReportBody,
  toMetricsBody,
  toVersionBody,
} from '../bodies/service-body.ts';
import { toToolBody } from '../bodies/tool-body.ts';
import { defineRoute, type TableRoute } from '../table-route.ts';
import { ToolPath } from './named-paths.ts';

const VerifyQuery = z.strictObject({
  with_checksums: z.enum(['true', 'false']).default('false').describe('Read every byte of every artifact'),
});

/** The service itself: versions, health, settings, metrics. Some stand at the root too, as container files expect. */
export const SERVICE_ROUTES: readonly TableRoute[] = [
  defineRoute({
    verb: 'GET',
    path: '/v1/version',
    method: 'service/version',
    group: 'Service',
    isOpen: true,
    answer: { schema: VersionBody, description: 'The versions' },
    project: toVersionBody,
  }),
  ...defineHealthRoutes('/v1/health'),
  ...defineHealthRoutes('/health'),
  ...['detailed', 'comprehensive'].map((name) =>
    defineRoute({
      verb: 'GET',
      path: `/v1/health/${name}`,
      method: 'service/health',
      group: 'Service',
      summary: 'How every part of the service is',
      isOpen: true,
      answer: { schema: HealthReportBody, description: 'One check a part' },
      project: toHealthReportBody,
    }),
  ),
  defineRoute({
    verb: 'GET',
    path: '/v1/health/live',
    // Asks nothing of the stores: a process that answers is alive.
    method: 'service/version',
    group: 'Service',
    summary: 'Whether the process answers',
    description: 'Answered under overload and while the service closes, too.',
    isOpen: true,
    isVital: true,
    answer: { schema: StatusBody, description: 'It does' },
    project: (_version, { now }) => ({ status: 'alive', timestamp: now }),
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/health/ready',
    method: 'service/health',
    group: 'Service',
    summary: 'Whether the service takes new work',
    isOpen: true,
    chooseStatus: ({ isReady }) => (isReady ? 200 : 503),
    otherStatuses: { 503: 'It does not: a store is closed, or the service is closing' },
    answer: { schema: StatusBody, description: 'It does' },
    project: ({ isReady, timestamp }) => ({ status: isReady ? 'ready' : 'not_ready', timestamp }),
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/capabilities',
    method: 'service/capabilities',
    group: 'Service',
    isOpen: true,
    answer: { schema: CapabilitiesBody, description: 'Tools, monitors, features and limits' },
    project: toCapabilitiesBody,
  }),
  ...['/v1/config/status', '/config/status'].map((path) =>
    defineRoute({
      verb: 'GET',
      path,
      method: 'service/configuration',
      group: 'Service',
      answer: { schema: ConfigurationBody, description: 'The settings' },
      project: toConfigurationBody,
    }),
  ),
  defineRoute({
    verb: 'GET',
    path: '/v1/metrics',
    method: 'service/metrics',
    group: 'Service',
    description: 'As JSON; `/metrics` has the same as Prometheus text.',
    answer: { schema: MetricsBody, description: 'The metrics in groups' },
    project: toMetricsBody,
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/store/verify',
    method: 'store/verify',
    group: 'Service',
    querySchema: VerifyQuery,
    read: ({ query }) => ({ withChecksums: query.with_checksums === 'true' }),
    answer: { schema: REQUESTS['store/verify'].result, description: 'What was found' },
    project: (result) => result,
    errors: ['STORE_UNAVAILABLE'],
  }),
];

/** The tools. */
export const TOOL_ROUTES: readonly TableRoute[] = [
  defineRoute({
    verb: 'GET',
    path: '/v1/tools',
    method: 'tools/list',
    group: 'Tools',
    answer: { schema: z.array(ToolCapabilityBody), description: 'The tools' },
    project: (tools) => tools.map(toToolBody),
  }),
  defineRoute({
    verb: 'GET',
    path: '/v1/tools/:toolId',
    method: 'tools/get',
    group: 'Tools',
    pathSchema: ToolPath,
    read: ({ path }) => path,
    answer: { schema: ToolCapabilityBody, description: 'The tool' },
    project: toToolBody,
    errors: ['TOOL_NOT_FOUND'],
  }),
];

function defineHealthRoutes(prefix: string): readonly TableRoute[] {
  return [
    defineRoute({
      verb: 'GET',
      path: prefix,
      method: 'service/health',
      group: 'Service',
      isOpen: true,
      answer: { schema: HealthBody, description: 'Health in short' },
      project: toHealthBody,
    }),
    defineRoute({
      verb: 'GET',
      path: `${prefix}/simple`,
      method: 'service/version',
      group: 'Service',
      summary: 'Whether the service answers',
      isOpen: true,
      isVital: true,
      answer: { schema: StatusBody, description: 'It does' },
      project: (_version, { now }) => ({ status: 'ok', timestamp: now }),
    }),
  ];
}
