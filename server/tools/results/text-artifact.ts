import type { ArtifactSink } from '../tool.ts';

/** A file that is a text. */
export interface TextFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/**
 * Leaves a text as a file, in UTF-8.
 *
 * @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL.
 */
export async function writeTextFile(
  artifacts: ArtifactSink,
  { name, mediaType, text }: TextFile,
): Promise<void> {
  const writer = await artifacts.create(name, mediaType);
  await writer.write(new TextEncoder().encode(text));
  await writer.finish();
}
