import { CtsError, type RequestHandlers, type ToolManifest } from '#protocol';
import { SILENT_INFO, WHOLE_REPORT } from './sample-answers.ts';

/** When everything happens. */
export const TIME = '2026-01-02T03:04:05.000Z';

/** The handlers whose wire names begin so. */
export type Some<Prefix extends string> = Pick<
  RequestHandlers,
  Extract<keyof RequestHandlers, `${Prefix}/${string}`>
>;

/** A tool whose parameters are of every kind. */
export const TEST_TOOL: ToolManifest = {
  id: 'can-bitwatch',
  version: '1.0.0',
  title: 'CAN Bitwatch Analyzer',
  summary: 'Finds bits that move',
  description: 'Looks at every bit.',
  kind: 'analyzer',
  input: { parameter: 'csv', kinds: ['csv'], isRequired: true },
  outputTypes: ['text/csv'],
  parameters: [
    { name: 'output_prefix', type: 'string', description: 'Prefix of files', default: 'analysis' },
    { name: 'window_start', type: 'number', description: 'Seconds', minimum: 0, maximum: 60 },
    { name: 'count', type: 'integer', description: 'How many' },
    { name: 'all', type: 'boolean', description: 'Everything', default: false },
    { name: 'watch', type: 'list', description: 'Bits', default: ['0x027:B4b5'] },
    { name: 'mode', type: 'string', description: 'Which', choices: ['a', 'b'] },
    { name: 'watchlist', type: 'string', description: 'More bits', accepts: ['text'] },
  ],
  parametersSchema: { type: 'object' },
};

/** Answers what is asked of the service itself, of tools and of logs. */
export function answerService(): Some<'service' | 'store' | 'tools' | 'logs'> {
  return {
    'service/version': async () => ({
      ctsVersion: '9.9.9',
      protocolVersion: 1,
      apiVersion: '0.1.0',
      minClientVersion: '0.8.0',
      deprecatedFeatures: [],
    }),
    'service/health': async () => ({
      status: 'healthy',
      isReady: true,
      version: '9.9.9',
      uptimeSeconds: 90_061.5,
      timestamp: TIME,
      checks: [
        { name: 'database', status: 'healthy', lastCheck: TIME, durationMs: 1.5, details: { path: 'x' } },
        { name: 'disk', status: 'degraded', lastCheck: TIME, durationMs: 0.5, details: {} },
      ],
    }),
    'service/capabilities': async () => ({
      tools: [TEST_TOOL],
      monitors: [{ ...TEST_TOOL, id: 'can_bus_check', kind: 'monitor', parameters: [] }],
      apiVersion: '0.8.1',
      features: ['health_check', 'tool_discovery', 'parameter_validation'],
      limits: {
        maxConcurrentRuns: 2,
        maxUploadBytes: 1000,
        maxArtifactBytes: 2000,
        uploadExtensions: ['.zst'],
      },
    }),
    'service/configuration': async () => ({
      environment: 'development',
      debug: false,
      logLevel: 'INFO',
      host: '127.0.0.1',
      port: 8080,
      maxConcurrentRuns: 2,
      toolTimeoutSeconds: 300,
      retentionDays: 7,
      isAuthenticationRequired: false,
      isRateLimited: false,
      isMetricsEnabled: true,
      areHealthChecksEnabled: true,
      dataFolder: '/data',
      inputRoots: [],
    }),
    'service/metrics': async () => ({
      execution: {
        runsTotal: 3,
        runsSuccessful: 1,
        runsFailed: 1,
        runsCanceled: 0,
        successRate: 0.5,
        averageExecutionSeconds: 3,
        activeRuns: 1,
        queuedRuns: 0,
        peakConcurrentRuns: 2,
      },
      api: { requestsTotal: 3, averageResponseMs: 200, errorsByEndpoint: { 'GET /v1/x': 2 } },
      business: { toolsUsage: { 'can-bitwatch': 2 }, artifactsGenerated: 1, artifactStorageBytes: 1024 },
      system: {
        cpuPercent: 1,
        memoryPercent: 2,
        memoryAvailableBytes: 3,
        residentBytes: 4,
        eventLoopLagMs: 0.5,
        diskFreeBytes: 5,
        diskUsedPercent: 6,
        uptimeSeconds: 7,
      },
    }),
    'store/verify': async ({ withChecksums }) => ({
      isIntact: true,
      database: withChecksums ? 'ok, every byte' : 'ok',
      runs: 0,
      artifacts: 0,
      contentBytes: 0,
      missing: [],
      damaged: [],
      unused: 0,
    }),
    'tools/list': async () => [TEST_TOOL],
    'tools/get': async ({ toolId }) => findTool(toolId),
    'logs/info': async ({ path }) => ({ ...SILENT_INFO, path }),
    'logs/readEvents': async () => ({ delivered: 0, report: WHOLE_REPORT }),
  };
}

/** @throws {CtsError} TOOL_NOT_FOUND */
export function findTool(toolId: string): ToolManifest {
  if (toolId === TEST_TOOL.id) return TEST_TOOL;
  throw new CtsError('TOOL_NOT_FOUND', `There is no tool "${toolId}"`, {
    actions: ['Did you mean can-bitwatch?'],
  });
}
