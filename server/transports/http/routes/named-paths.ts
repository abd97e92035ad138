import * as z from 'zod';

const id = z.string().min(1).max(200);

/** Parameters of paths that name one thing. */
export const ToolPath = z.strictObject({ toolId: id.describe('As in GET /v1/tools') });
export const RunPath = z.strictObject({ runId: id.describe('Id of a run') });
export const ArtifactPath = z.strictObject({ artifactId: id.describe('Id of an artifact') });
export const UploadPath = z.strictObject({ uploadId: id.describe('Id of an upload') });
export const DownloadPath = z.strictObject({ downloadId: id.describe('Id of a download') });
export const MonitorPath = z.strictObject({ monitorId: id.describe('Id of a monitor') });
