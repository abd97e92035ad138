import type {
  ArtifactBody,
  CancelBody,
  CapabilitiesBody,
  CleanedBody,
  DownloadBody,
  HealthBody,
  HealthReportBody,
  LogInfo,
  MetricsBody,
  MonitorBody,
  RunBody,
  RunLogBody,
  RunManifest,
  StoreVerification,
  UploadBody,
  VersionBody,
} from '#protocol';

/** What the service answers with JSON, by endpoint. `{id}` stands for what is asked for. */
export interface Answers {
  'GET /v1/version': VersionBody;
  'GET /v1/health': HealthBody;
  'GET /v1/health/comprehensive': HealthReportBody;
  'GET /v1/capabilities': CapabilitiesBody;
  'GET /v1/metrics': MetricsBody;
  'GET /v1/store/verify': StoreVerification;
  'POST /v1/runs': RunBody;
  'GET /v1/runs': readonly RunBody[];
  'GET /v1/runs/{id}': RunBody;
  'DELETE /v1/runs/{id}': CancelBody;
  'POST /v1/runs/{id}/rerun': RunBody;
  'GET /v1/runs/{id}/manifest': RunManifest;
  'GET /v1/runs/{id}/logs/list': RunLogBody;
  'GET /v1/runs/{id}/artifacts': readonly ArtifactBody[];
  'POST /v1/runs/clean': CleanedBody;
  'GET /v1/artifacts/{id}': ArtifactBody;
  'POST /v1/uploads': UploadBody;
  'GET /v1/uploads/{id}': UploadBody;
  'POST /v1/uploads/{id}/finalize': UploadBody;
  'POST /v1/downloads': DownloadBody;
  'GET /v1/downloads/{id}': DownloadBody;
  'DELETE /v1/downloads/{id}': DownloadBody;
  'GET /v1/monitors': readonly MonitorBody[];
  'POST /v1/monitors': MonitorBody;
  'GET /v1/monitors/{id}': MonitorBody;
  'DELETE /v1/monitors/{id}': MonitorBody;
  'GET /v1/logs/info': LogInfo;
}

/** A verb and a path. */
export type Endpoint = keyof Answers;
