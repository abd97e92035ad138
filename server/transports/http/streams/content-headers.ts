/** Media types of text that are not `text/…`. */
const TEXT_TYPES = /^(?:text\/[^;]+|application\/(?:json|xml|x-ndjson|javascript)|image\/svg\+xml)$/i;

/** Content-Type of a file: with the character set, where it is text and does not name one. */
export function describeContentType(mediaType: string): string {
  return TEXT_TYPES.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType;
}

/**
 * Content-Disposition of a file to be saved under any name (RFC 6266): plain ASCII for old readers, and the name itself
 * where it is more than that.
 */
export function describeAttachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%]/g, '_');
  const plain = `attachment; filename="${ascii}"`;
  return ascii === name ? plain : `${plain}; filename*=UTF-8''${encodeExtended(name)}`;
}

/** The form of RFC 8187: everything but its attribute characters is percent-encoded. */
function encodeExtended(text: string): string {
  // Through UTF-8 and back: half of a surrogate pair becomes a replacement character.
  return encodeURIComponent(Buffer.from(text).toString()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
