/** FNV-1a: the choices for a file follow from its bytes, so that a saved file alone repeats its case. */
export function hashBytes(bytes: Uint8Array): number {
  let hash = 0x811c_9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash >>> 0;
}
