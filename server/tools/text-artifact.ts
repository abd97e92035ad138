import type { ArtifactSink } from './tool.ts';

/**
 * Leaves a plain text.
 *
 * @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL.
 */
export async function writeTextFile(artifacts: ArtifactSink, fileName: string, text: string): Promise<void> {
  const writer = await artifacts.create(fileName, 'text/plain');
  await writer.write(new TextEncoder().encode(text));
  await writer.finish();
}
