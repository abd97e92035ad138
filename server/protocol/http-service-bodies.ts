import * as z from 'zod';
import { InputKind } from './tools.ts';
import type { Wire } from './wire.ts';

// Bodies of HTTP that tell of the service itself.

const time = z.string().describe('RFC 3339, UTC');

/** A tool, as `GET /v1/capabilities` lists it. */
export const ToolCapabilityBody = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    summary: z.string(),
    description: z.string(),
    category: z.enum(['analyzer', 'monitor']),
    version: z.string(),
    parameters: z.record(
      z.string(),
      z.strictObject({
        type: z.enum(['str', 'int', 'float', 'bool', 'list']),
        default: z.unknown(),
        description: z.string(),
        choices: z.array(z.string()).nullable(),
        required: z.boolean(),
        nargs: z.string().nullable(),
        accepts: z
          .array(InputKind)
          .exactOptional()
          .describe('The value names a file: a path, upload:ID or artifact:ID'),
        by_bus: z.literal(true).exactOptional().describe('Files may be for one bus each, as in 0=FILE'),
        minimum: z.number().exactOptional(),
        maximum: z.number().exactOptional(),
      }),
    ),
    params_schema: z.record(z.string(), z.unknown()),
    input_types: z.array(z.string()),
    output_types: z.array(z.string()),
  })
  .meta({ id: 'ToolCapabilityBody' });

/** A tool, as `GET /v1/capabilities` lists it. */
export type ToolCapabilityBody = Wire<typeof ToolCapabilityBody>;

/** What the service can do. */
export const CapabilitiesBody = z
  .strictObject({
    tools: z.array(ToolCapabilityBody),
    monitors: z.array(ToolCapabilityBody),
    api_version: z.string(),
    features: z.array(z.string()),
    limits: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'CapabilitiesBody' });

/** What the service can do. */
export type CapabilitiesBody = Wire<typeof CapabilitiesBody>;

/** Which versions answer. */
export const VersionBody = z
  .strictObject({
    api_version: z.string(),
    min_client_version: z.string(),
    deprecated_features: z.array(z.string()),
    cts_version: z.string(),
    protocol_version: z.int(),
  })
  .meta({ id: 'VersionBody' });

/** Which versions answer. */
export type VersionBody = Wire<typeof VersionBody>;

/** How the service is, in short. */
export const HealthBody = z
  .strictObject({ status: z.string(), version: z.string(), uptime: z.string(), timestamp: time })
  .meta({ id: 'HealthBody' });

/** How the service is, in short. */
export type HealthBody = Wire<typeof HealthBody>;

/** How the service and its parts are. */
export const HealthReportBody = z
  .strictObject({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    timestamp: time,
    version: z.string(),
    uptime: z.string(),
    checks: z.array(
      z.strictObject({
        name: z.string(),
        status: z.string(),
        last_check: time,
        duration_ms: z.number(),
        details: z.record(z.string(), z.unknown()),
      }),
    ),
    summary: z.strictObject({
      total_checks: z.int(),
      healthy_checks: z.int(),
      failed_checks: z.int(),
    }),
  })
  .meta({ id: 'HealthReportBody' });

/** How the service and its parts are. */
export type HealthReportBody = Wire<typeof HealthReportBody>;

/** A word and when it was said: `ok`, `ready`, `alive`, or why not. */
export const StatusBody = z.strictObject({ status: z.string(), timestamp: time }).meta({ id: 'StatusBody' });

/** A word and when it was said. */
export type StatusBody = Wire<typeof StatusBody>;

/** What has happened since the start. */
export const MetricsBody = z
  .strictObject({
    execution_metrics: z.record(z.string(), z.number()),
    api_metrics: z.strictObject({
      requests_total: z.int(),
      average_response_time_ms: z.number(),
      errors_by_endpoint: z.record(z.string(), z.int()),
    }),
    business_metrics: z.strictObject({
      tools_usage: z.record(z.string(), z.int()),
      artifacts_generated: z.int(),
      artifact_storage_bytes: z.number(),
    }),
    system_metrics: z.record(z.string(), z.number()),
  })
  .meta({ id: 'MetricsBody' });

/** What has happened since the start. */
export type MetricsBody = Wire<typeof MetricsBody>;

/** The settings in force. */
export const ConfigurationBody = z
  .strictObject({
    log_level: z.string(),
    host: z.string(),
    port: z.int(),
    environment: z.string(),
    debug: z.boolean(),
    max_concurrent_runs: z.int(),
    tool_timeout_seconds: z.number(),
    artifact_retention_days: z.number(),
    require_authentication: z.boolean(),
    rate_limiting_enabled: z.boolean(),
    metrics_enabled: z.boolean(),
    health_checks_enabled: z.boolean(),
    data_folder: z.string(),
    input_roots: z.array(z.string()),
  })
  .meta({ id: 'ConfigurationBody' });

/** The settings in force. */
export type ConfigurationBody = Wire<typeof ConfigurationBody>;
