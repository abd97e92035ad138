import type { ServiceConfiguration } from '#protocol';
import type { ServiceSettings } from './service-settings.ts';

/** The settings that anybody who may ask may know: no key, no secret. */
export function describeSettings(settings: ServiceSettings): ServiceConfiguration {
  const { environment, debug, logLevel, host, port, maxConcurrentRuns, toolTimeoutSeconds } = settings;
  const { retentionDays, isAuthenticationRequired, isRateLimited, isMetricsEnabled } = settings;
  const { areHealthChecksEnabled, dataFolder, inputRoots } = settings;
  return {
    ...{ environment, debug, logLevel, host, port, maxConcurrentRuns, toolTimeoutSeconds },
    ...{ retentionDays, isAuthenticationRequired, isRateLimited, isMetricsEnabled },
    ...{ areHealthChecksEnabled, dataFolder, inputRoots },
  };
}
