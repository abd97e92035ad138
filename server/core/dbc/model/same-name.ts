/**
 * Whether two names are the same. Names of one message begin alike, and comparing two long strings is a call out of
 * compiled code: the length and the character in the middle tell nearly all apart before.
 */
export function isSameName(one: string, other: string): boolean {
  const { length } = one;
  if (length !== other.length) return false;
  return length === 0 || (one.charCodeAt(length >> 1) === other.charCodeAt(length >> 1) && one === other);
}
