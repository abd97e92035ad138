import * as z from 'zod';
import { ToolManifest } from './tools.ts';
import type { Wire } from './wire.ts';

/** Takes nothing. */
export const NoParams = z.strictObject({}).meta({ id: 'NoParams' });

/** Takes nothing. */
export type NoParams = Wire<typeof NoParams>;

/** Which versions answer. */
export const ServiceVersion = z
  .strictObject({
    ctsVersion: z.string(),
    protocolVersion: z.int().describe('Changes when a client of before would misunderstand'),
    apiVersion: z.string().describe('As CTS-Lite counted'),
    minClientVersion: z.string().describe('Oldest client of CTS-Lite that works'),
    deprecatedFeatures: z.array(z.string()),
  })
  .meta({ id: 'ServiceVersion' });

/** Which versions answer. */
export type ServiceVersion = Wire<typeof ServiceVersion>;

/** How one part of the service is. */
export const HealthCheck = z
  .strictObject({
    name: z.string(),
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    lastCheck: z.string(),
    durationMs: z.number(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'HealthCheck' });

/** How one part of the service is. */
export type HealthCheck = Wire<typeof HealthCheck>;

/** How the service is. */
export const Health = z
  .strictObject({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    isReady: z.boolean().describe('Whether it takes new work: stores open, tools there, not shutting down'),
    version: z.string(),
    uptimeSeconds: z.number(),
    timestamp: z.string(),
    checks: z.array(HealthCheck),
  })
  .meta({ id: 'Health' });

/** How the service is. */
export type Health = Wire<typeof Health>;

/** What the service can do. */
export const Capabilities = z
  .strictObject({
    tools: z.array(ToolManifest),
    monitors: z.array(ToolManifest),
    apiVersion: z.string(),
    features: z.array(z.string()),
    limits: z.strictObject({
      maxConcurrentRuns: z.int(),
      maxUploadBytes: z.number(),
      maxArtifactBytes: z.number(),
      uploadExtensions: z.array(z.string()),
    }),
  })
  .meta({ id: 'Capabilities' });

/** What the service can do. */
export type Capabilities = Wire<typeof Capabilities>;

/** The settings in force, without secrets. */
export const ServiceConfiguration = z
  .strictObject({
    environment: z.enum(['development', 'staging', 'production']),
    debug: z.boolean(),
    logLevel: z.string(),
    host: z.string(),
    port: z.int(),
    maxConcurrentRuns: z.int(),
    toolTimeoutSeconds: z.number(),
    retentionDays: z.number(),
    isAuthenticationRequired: z.boolean(),
    isRateLimited: z.boolean(),
    isMetricsEnabled: z.boolean(),
    areHealthChecksEnabled: z.boolean(),
    dataFolder: z.string(),
    inputRoots: z
      .array(z.string())
      .describe('Folders that inputs may come from; empty: any on loopback, else uploads only'),
  })
  .meta({ id: 'ServiceConfiguration' });

/** The settings in force, without secrets. */
export type ServiceConfiguration = Wire<typeof ServiceConfiguration>;

/** What has happened since the service started, in the groups that CTS-Lite had. */
export const ServiceMetrics = z
  .strictObject({
    execution: z.strictObject({
      runsTotal: z.int(),
      runsSuccessful: z.int(),
      runsFailed: z.int(),
      runsCanceled: z.int(),
      successRate: z.number(),
      averageExecutionSeconds: z.number(),
      activeRuns: z.int(),
      queuedRuns: z.int(),
      peakConcurrentRuns: z.int(),
    }),
    api: z.strictObject({
      requestsTotal: z.int(),
      averageResponseMs: z.number(),
      errorsByEndpoint: z.record(z.string(), z.int()),
    }),
    business: z.strictObject({
      toolsUsage: z.record(z.string(), z.int()),
      artifactsGenerated: z.int(),
      artifactStorageBytes: z.number(),
    }),
    system: z.strictObject({
      cpuPercent: z.number(),
      memoryPercent: z.number(),
      memoryAvailableBytes: z.number(),
      residentBytes: z.number().describe('Memory of the service itself'),
      eventLoopLagMs: z.number(),
      diskFreeBytes: z.number(),
      diskUsedPercent: z.number(),
      uptimeSeconds: z.number(),
    }),
  })
  .meta({ id: 'ServiceMetrics' });

/** What has happened since the service started. */
export type ServiceMetrics = Wire<typeof ServiceMetrics>;

/** How thoroughly `store/verify` looks. */
export const VerifyStoreParams = z
  .strictObject({ withChecksums: z.boolean().default(false).describe('Read every byte of every artifact') })
  .meta({ id: 'VerifyStoreParams' });

/** How thoroughly `store/verify` looks. */
export type VerifyStoreParams = Wire<typeof VerifyStoreParams>;

/** What `store/verify` found. */
export const StoreVerification = z
  .strictObject({
    isIntact: z.boolean(),
    database: z.string().describe('"ok", or what SQLite says'),
    runs: z.int(),
    artifacts: z.int(),
    contentBytes: z.number(),
    missing: z.array(z.string()).describe('Artifacts whose content is not there'),
    damaged: z.array(z.string()).describe('Artifacts whose content is not what it was'),
    unused: z.int().describe('Contents that nothing refers to; the next clean removes them'),
  })
  .meta({ id: 'StoreVerification' });

/** What `store/verify` found. */
export type StoreVerification = Wire<typeof StoreVerification>;
