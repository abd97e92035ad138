import type { RequestHandlers } from '#protocol';
import type { ArtifactService } from './artifact-service.ts';

/** Answers what is asked of artifacts. */
export function createArtifactHandlers(
  artifacts: ArtifactService,
): Pick<RequestHandlers, 'artifacts/list' | 'artifacts/get' | 'artifacts/read'> {
  return {
    'artifacts/list': ({ runId }) => artifacts.list(runId),
    'artifacts/get': ({ artifactId }) => artifacts.get(artifactId),
    'artifacts/read': (params) => artifacts.read(params),
  };
}
