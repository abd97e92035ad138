import type {
  Artifact,
  ArtifactBody,
  CreateUploadBody,
  Download,
  DownloadBody,
  StartDownloadBody,
  Upload,
  UploadBody,
} from '#protocol';
import { keepGiven } from './given-members.ts';

/**
 * An artifact as HTTP shows it.
 *
 * @param origin Of the service as the caller asked for it, e.g. `http://127.0.0.1:8080`.
 */
export function toArtifactBody(artifact: Artifact, origin: string): ArtifactBody {
  const { id, sizeBytes, mediaType } = artifact;
  return {
    id,
    artifact_id: id,
    run_id: artifact.runId,
    filename: artifact.name,
    size: sizeBytes,
    size_bytes: sizeBytes,
    type: mediaType,
    content_type: mediaType,
    sha256: artifact.sha256,
    rows: artifact.rows,
    created_at: artifact.createdAt,
    download_url: `${origin}/v1/artifacts/${encodeURIComponent(id)}/download`,
  };
}

/** An upload as HTTP shows it. */
export function toUploadBody(upload: Upload): UploadBody {
  const { id } = upload;
  return {
    id,
    upload_id: id,
    filename: upload.filename,
    status: upload.state,
    size: upload.sizeBytes,
    received: upload.receivedBytes,
    sha256: upload.sha256,
    created_at: upload.createdAt,
    completed_at: upload.completedAt,
    upload_url: `/v1/uploads/${encodeURIComponent(id)}/content`,
  };
}

/** Reads which file is announced. */
export function readCreateUpload(body: CreateUploadBody): Record<string, unknown> {
  return keepGiven({
    filename: body.filename,
    sizeBytes: body.size,
    sha256: body.sha256,
  });
}

/** A download as HTTP shows it. */
export function toDownloadBody(download: Download): DownloadBody {
  const { id, error } = download;
  return {
    id,
    download_id: id,
    status: download.state,
    route: download.route,
    canonical_route: download.canonicalRoute,
    dest_root: download.destination,
    total_files: download.totalFiles,
    downloaded_files: download.downloadedFiles,
    skipped_files: download.skippedFiles,
    failed_files: download.failedFiles,
    received_bytes: download.receivedBytes,
    total_bytes: download.totalBytes,
    failures: download.failures,
    error: error?.message ?? null,
    error_code: error?.code ?? null,
    created_at: download.createdAt,
    completed_at: download.completedAt,
  };
}

/** Reads what is to be fetched; kinds of files are as they came, for the contract to check. */
export function readStartDownload(body: StartDownloadBody): Record<string, unknown> {
  return keepGiven({
    route: body.route,
    destination: body.dest_root,
    fileTypes: listChosenTypes(body.file_types),
    searchDays: body.search_days,
    since: body.since,
    until: body.until,
    resume: body.resume,
    parallel: body.parallel,
  });
}

function listChosenTypes(types: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.keys(types).filter((type) => types[type] === true);
}
