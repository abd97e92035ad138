import type { ThumbnailImage } from '#protocol';

/** What kind of picture some bytes are, by their first; undefined for none that is known. */
export function recognizePicture(bytes: Uint8Array): ThumbnailImage['contentType'] | undefined {
  const starts = (...head: readonly number[]): boolean => head.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xd8)) return 'image/jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  return starts(0x52, 0x49, 0x46, 0x46) ? 'image/webp' : undefined;
}
