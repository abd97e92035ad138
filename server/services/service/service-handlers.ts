import {
  type Capabilities,
  CTS_VERSION,
  CtsError,
  PROTOCOL_VERSION,
  type RequestHandlers,
  type ServiceVersion,
} from '#protocol';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import type { HealthService } from './health-service.ts';
import type { MetricsReader } from './metrics.ts';
import { describeSettings } from './service-configuration.ts';
import type { ServiceSettings } from './service-settings.ts';

/** What tells of the service. */
export interface ServiceInformation {
  readonly settings: ServiceSettings;
  readonly tools: Pick<ToolRegistry, 'list'>;
  readonly health: Pick<HealthService, 'check'>;
  readonly metrics: Pick<MetricsReader, 'summarize'>;
}

type ServiceHandlers = Pick<
  RequestHandlers,
  'service/version' | 'service/health' | 'service/capabilities' | 'service/configuration' | 'service/metrics'
>;

const VERSION: ServiceVersion = {
  ctsVersion: CTS_VERSION,
  protocolVersion: PROTOCOL_VERSION,
  apiVersion: '0.1.0',
  minClientVersion: '0.8.0',
  deprecatedFeatures: [],
};

/** What the capabilities of CTS-Lite called its version; clients may look at it. */
const CAPABILITIES_VERSION = '0.8.1';

/** The first three are those of CTS-Lite. */
const FEATURES = [
  'health_check',
  'tool_discovery',
  'parameter_validation',
  'run_queue',
  'run_logs',
  'idempotent_runs',
  'reruns',
  'artifact_ranges',
  'uploads',
  'resumable_uploads',
  'downloads',
  'log_reading',
  'metrics',
  'json_rpc',
];

/** Answers requests about the service itself. */
export function createServiceHandlers(information: ServiceInformation): ServiceHandlers {
  const { health, metrics, settings } = information;
  return {
    'service/version': async () => VERSION,
    'service/health': () => health.check(),
    'service/capabilities': async () => listCapabilities(information),
    'service/configuration': async () => describeSettings(settings),
    'service/metrics': async () => {
      if (!settings.isMetricsEnabled) throw refuseMetrics();
      return metrics.summarize();
    },
  };
}

function listCapabilities({ settings, tools }: ServiceInformation): Capabilities {
  const { maxConcurrentRuns, maxUploadBytes, maxArtifactBytes, uploadExtensions } = settings;
  return {
    tools: tools.list(),
    monitors: [],
    apiVersion: CAPABILITIES_VERSION,
    features: settings.isMetricsEnabled ? FEATURES : FEATURES.filter((feature) => feature !== 'metrics'),
    limits: { maxConcurrentRuns, maxUploadBytes, maxArtifactBytes, uploadExtensions },
  };
}

function refuseMetrics(): CtsError {
  return new CtsError(
    'ENDPOINT_NOT_FOUND',
    'Metrics are switched off: this service was set up with enable_metrics false.',
  );
}
