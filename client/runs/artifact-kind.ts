import type { Artifact } from '#protocol';

/** How a file of a run is opened. */
export type ArtifactKind = 'report' | 'image' | 'text' | 'other';

const TEXT = /^(text\/|application\/(json|x-ndjson|xml|yaml))|\+json|\+xml/;

/** Tells by media type, else by name, how a file is opened. */
export function kindOf({ mediaType, name }: Pick<Artifact, 'mediaType' | 'name'>): ArtifactKind {
  if (mediaType.startsWith('text/html') || /\.html?$/i.test(name)) return 'report';
  if (mediaType.startsWith('image/')) return 'image';
  if (TEXT.test(mediaType) || /\.(csv|tsv|json|txt|log|md|dbc)$/i.test(name)) return 'text';
  return 'other';
}

const ICONS: Readonly<Record<ArtifactKind, string>> = {
  report: 'graph',
  image: 'file-media',
  text: 'file-text',
  other: 'file-binary',
};

/** Icon of a file of a run. */
export function iconOf(artifact: Pick<Artifact, 'mediaType' | 'name'>): string {
  return /json/.test(artifact.mediaType) || /\.json$/i.test(artifact.name) ? 'json' : ICONS[kindOf(artifact)];
}

/** Larger tables are left to be opened by hand. */
const MOST_OPENED_BYTES = 5_000_000;

/** The file that shows what a run came to: its report, else the only table or text, unless that is huge. */
export function chooseResult(artifacts: readonly Artifact[]): Artifact | undefined {
  const report = artifacts.find((artifact) => kindOf(artifact) === 'report');
  if (report !== undefined) return report;
  const tables = artifacts.filter(
    (artifact) =>
      kindOf(artifact) === 'text' && artifact.rows !== null && artifact.sizeBytes <= MOST_OPENED_BYTES,
  );
  return tables[0];
}
