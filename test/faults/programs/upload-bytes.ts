/** The bytes of an upload from `start` to `end`: each stretch can be told from every other. */
export function makeUploadBytes(start: number, end: number): Uint8Array {
  return Uint8Array.from({ length: end - start }, (_, index) => {
    const at = start + index;
    return (at ^ (at >>> 8) ^ Math.imul(at, 31)) & 0xff;
  });
}

/** The same in pieces, as they come from a network. */
export async function* sendUpload(start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += 3000) yield makeUploadBytes(at, Math.min(at + 3000, end));
}
