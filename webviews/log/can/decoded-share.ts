import type { MessageTable } from '#protocol';

/** Names of the databases that are in use. */
export function listDatabases(table: MessageTable | null): readonly string[] {
  const names = (table?.buses ?? []).map(({ database }) => database?.name);
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Share of the frames that a database explains, 0 to 1. */
export function measureDecoded(table: MessageTable | null): number {
  const { frames, decodedFrames } = table ?? { frames: 0, decodedFrames: 0 };
  return frames === 0 ? 0 : decodedFrames / frames;
}
