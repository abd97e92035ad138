import { createHash } from 'node:crypto';
import type {
  ArtifactBody,
  CapabilitiesBody,
  HealthBody,
  HealthReportBody,
  MetricsBody,
  RunBody,
  StoreVerification,
  ToolCapabilityBody,
  UploadBody,
  VersionBody,
} from '#protocol';
import { WHOLE_REPORT } from './sample-answers.ts';

const NOON = '2026-01-31T12:00:00.000Z';

export const VERSION: VersionBody = {
  api_version: '0.8.1',
  min_client_version: '0.8.0',
  deprecated_features: [],
  cts_version: '0.1.0',
  protocol_version: 1,
};

export const HEALTH: HealthBody = {
  status: 'healthy',
  version: '0.1.0',
  uptime: '0d 0h 0m 5s',
  timestamp: NOON,
};

export const HEALTH_REPORT: HealthReportBody = {
  ...HEALTH,
  status: 'healthy',
  checks: [{ name: 'file_system', status: 'healthy', last_check: NOON, duration_ms: 1, details: {} }],
  summary: { total_checks: 1, healthy_checks: 1, failed_checks: 0 },
};

const TOOL: ToolCapabilityBody = {
  id: 'rlog-to-csv',
  name: 'Rlog to CSV',
  summary: 'Every CAN frame of a log as a row of CSV',
  description: 'Rows stand in the order of the log.',
  category: 'analyzer',
  version: '1.0.0',
  parameters: {
    window_start: parameter('float', null, 'Start of a stretch of time'),
    window_dur: { ...parameter('float', null, 'Its length'), minimum: 0 },
    count: { ...parameter('int', 3, 'How many'), minimum: 1, maximum: 9 },
    resync: parameter('bool', true, 'Search on'),
    mode: { ...parameter('str', 'all', 'Which frames'), choices: ['all', 'received'] },
    watch: parameter('list', [], 'Bits to watch'),
    label: parameter('str', null, 'A text'),
    top: { ...parameter('int', null, 'At most'), maximum: 5 },
    rlog: { ...parameter('str', null, 'What is read'), required: true, accepts: ['log'] },
    background: { ...parameter('list', [], 'More frames'), accepts: ['csv', 'log'] },
  },
  params_schema: {},
  input_types: ['log'],
  output_types: ['text/csv'],
};

function parameter(
  type: 'str' | 'int' | 'float' | 'bool' | 'list',
  byDefault: unknown,
  description: string,
): ToolCapabilityBody['parameters'][string] {
  return { type, default: byDefault, description, choices: null, required: false, nargs: null };
}

export const CAPABILITIES: CapabilitiesBody = {
  tools: [TOOL, { ...TOOL, id: 'count-events', name: 'Count', parameters: {}, output_types: [] }],
  monitors: [],
  api_version: '0.8.1',
  features: ['tool_discovery', 'uploads'],
  limits: { max_concurrent_runs: 3 },
};

export const METRICS: MetricsBody = {
  execution_metrics: { runs_total: 12, active_runs: 1, queued_runs: 2 },
  api_metrics: { requests_total: 100, average_response_time_ms: 2, errors_by_endpoint: {} },
  business_metrics: { tools_usage: {}, artifacts_generated: 4, artifact_storage_bytes: 12_300_000 },
  system_metrics: { disk_free_bytes: 5e10 },
};

export const VERIFIED: StoreVerification = {
  isIntact: true,
  database: 'ok',
  runs: 2,
  artifacts: 3,
  contentBytes: 4500,
  missing: [],
  damaged: [],
  unused: 0,
};

export const RUN: RunBody = {
  id: 'run-1',
  run_id: 'run-1',
  name: null,
  tool_id: 'rlog-to-csv',
  tool_version: '1.0.0',
  status: 'completed',
  created_at: NOON,
  started_at: NOON,
  completed_at: NOON,
  duration: '1.5s',
  duration_seconds: 1.5,
  params: { resync: true },
  input: { type: 'path', value: '/data/rlog.zst' },
  input_name: 'rlog.zst',
  progress: 100,
  progress_message: null,
  attempt: 1,
  queue_position: null,
  artifacts: ['art-1'],
  error: null,
  error_category: null,
  error_code: null,
  error_details: {},
  suggested_actions: [],
  recovery_attempted: false,
  rerun_of: null,
  report: WHOLE_REPORT,
};

export const QUEUED_RUN: RunBody = {
  ...RUN,
  status: 'queued',
  started_at: null,
  completed_at: null,
  duration: null,
  duration_seconds: null,
  progress: null,
  queue_position: 2,
  artifacts: [],
  report: null,
};

export const RUNNING_RUN: RunBody = {
  ...QUEUED_RUN,
  status: 'running',
  started_at: NOON,
  progress: 40,
  progress_message: 'reading rlog.zst',
  queue_position: null,
};

export const FAILED_RUN: RunBody = {
  ...RUN,
  status: 'failed',
  artifacts: [],
  error: 'x holds no openpilot event',
  error_category: 'validation_error',
  error_code: 'NOT_A_LOG',
  suggested_actions: ['Check that it is an rlog.'],
  report: null,
};

/** Content of `ARTIFACT`. */
export const CONTENT = Buffer.from('window,segment\r\n1,pre\r\n');

export const ARTIFACT: ArtifactBody = makeArtifact('rlog.csv', CONTENT, { rows: 643 });

/** An artifact of that content. */
export function makeArtifact(
  filename: string,
  content: Uint8Array,
  { id = 'art-1', rows = null }: { readonly id?: string; readonly rows?: number | null } = {},
): ArtifactBody {
  return {
    id,
    artifact_id: id,
    run_id: 'run-1',
    filename,
    size: content.length,
    size_bytes: content.length,
    type: 'text/csv',
    content_type: 'text/csv',
    sha256: createHash('sha256').update(content).digest('hex'),
    rows,
    created_at: NOON,
    download_url: `http://elsewhere.invalid/v1/artifacts/${id}/download`,
  };
}

export const UPLOAD: UploadBody = {
  id: 'up-1',
  upload_id: 'up-1',
  filename: 'in.csv',
  status: 'pending',
  size: 5,
  received: 0,
  sha256: null,
  created_at: NOON,
  completed_at: null,
  upload_url: '/v1/uploads/up-1/content',
};
