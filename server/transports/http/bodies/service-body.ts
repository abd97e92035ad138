import type {
  CapabilitiesBody,
  Capabilities,
  ConfigurationBody,
  Health,
  HealthBody,
  HealthReportBody,
  MetricsBody,
  Monitor,
  MonitorBody,
  ServiceConfiguration,
  ServiceMetrics,
  ServiceVersion,
  VersionBody,
} from '#protocol';
import { formatUptime } from './duration-text.ts';
import { toToolBody } from './tool-body.ts';

/** Versions as HTTP shows them. */
export function toVersionBody(version: ServiceVersion): VersionBody {
  return {
    api_version: version.apiVersion,
    min_client_version: version.minClientVersion,
    deprecated_features: version.deprecatedFeatures,
    cts_version: version.ctsVersion,
    protocol_version: version.protocolVersion,
  };
}

/** Health in short. */
export function toHealthBody({ status, version, uptimeSeconds, timestamp }: Health): HealthBody {
  return { status, version, uptime: formatUptime(uptimeSeconds), timestamp };
}

/** Health part by part. */
export function toHealthReportBody(health: Health): HealthReportBody {
  const healthy = health.checks.filter(({ status }) => status === 'healthy').length;
  return {
    ...toHealthBody(health),
    status: health.status,
    checks: health.checks.map(({ name, status, lastCheck, durationMs, details }) => ({
      name,
      status,
      last_check: lastCheck,
      duration_ms: durationMs,
      details,
    })),
    summary: {
      total_checks: health.checks.length,
      healthy_checks: healthy,
      failed_checks: health.checks.length - healthy,
    },
  };
}

/** What the service can do, as HTTP shows it. */
export function toCapabilitiesBody(capabilities: Capabilities): CapabilitiesBody {
  const { limits } = capabilities;
  return {
    tools: capabilities.tools.map(toToolBody),
    monitors: capabilities.monitors.map(toToolBody),
    api_version: capabilities.apiVersion,
    features: capabilities.features,
    limits: {
      max_concurrent_runs: limits.maxConcurrentRuns,
      max_upload_bytes: limits.maxUploadBytes,
      max_artifact_bytes: limits.maxArtifactBytes,
      upload_extensions: limits.uploadExtensions,
    },
  };
}

/** The settings in force, as HTTP shows them. */
export function toConfigurationBody(configuration: ServiceConfiguration): ConfigurationBody {
  return {
    log_level: configuration.logLevel,
    host: configuration.host,
    port: configuration.port,
    environment: configuration.environment,
    debug: configuration.debug,
    max_concurrent_runs: configuration.maxConcurrentRuns,
    tool_timeout_seconds: configuration.toolTimeoutSeconds,
    artifact_retention_days: configuration.retentionDays,
    require_authentication: configuration.isAuthenticationRequired,
    rate_limiting_enabled: configuration.isRateLimited,
    metrics_enabled: configuration.isMetricsEnabled,
    health_checks_enabled: configuration.areHealthChecksEnabled,
    data_folder: configuration.dataFolder,
    input_roots: configuration.inputRoots,
  };
}

/** Metrics in the groups that CTS-Lite had. */
export function toMetricsBody({ execution, api, business, system }: ServiceMetrics): MetricsBody {
  return {
    execution_metrics: {
      runs_total: execution.runsTotal,
      runs_successful: execution.runsSuccessful,
      runs_failed: execution.runsFailed,
      runs_canceled: execution.runsCanceled,
      success_rate: execution.successRate,
      average_execution_time_seconds: execution.averageExecutionSeconds,
      active_runs: execution.activeRuns,
      queued_runs: execution.queuedRuns,
      peak_concurrent_runs: execution.peakConcurrentRuns,
    },
    api_metrics: {
      requests_total: api.requestsTotal,
      average_response_time_ms: api.averageResponseMs,
      errors_by_endpoint: api.errorsByEndpoint,
    },
    business_metrics: {
      tools_usage: business.toolsUsage,
      artifacts_generated: business.artifactsGenerated,
      artifact_storage_bytes: business.artifactStorageBytes,
    },
    system_metrics: toSystemMetrics(system),
  };
}

/**
 * A monitor as HTTP shows it.
 *
 * @param now RFC 3339.
 */
export function toMonitorBody(monitor: Monitor, now: string): MonitorBody {
  const { id, toolId, state, startedAt, stoppedAt } = monitor;
  const upMs = Date.parse(stoppedAt ?? now) - Date.parse(startedAt);
  return {
    id,
    monitor_id: id,
    tool_id: toolId,
    status: state,
    started_at: startedAt,
    stopped_at: stoppedAt,
    uptime: Number.isNaN(upMs) ? null : formatUptime(Math.max(0, upMs / 1000)),
  };
}

function toSystemMetrics(system: ServiceMetrics['system']): MetricsBody['system_metrics'] {
  return {
    cpu_percent: system.cpuPercent,
    memory_percent: system.memoryPercent,
    memory_available_bytes: system.memoryAvailableBytes,
    resident_bytes: system.residentBytes,
    event_loop_lag_ms: system.eventLoopLagMs,
    disk_free_bytes: system.diskFreeBytes,
    disk_used_percent: system.diskUsedPercent,
    uptime_seconds: system.uptimeSeconds,
  };
}
