/**
 * A stretch of decompressed log under three views of the same memory. Messages in it start at multiples of 8, as
 * Cap'n Proto wants them.
 *
 * All views are little-endian, as is every machine that Node supports.
 */
export interface LogWindow {
  readonly bytes: Uint8Array;
  /** 32-bit halves of the words; `words[at >> 2]` is the lower half of the word at byte `at`. */
  readonly words: Int32Array;
  readonly view: DataView;
}

/** Views `bytes` as a window; copies them only when they do not start at a multiple of 8 in their buffer. */
export function viewAsWindow(bytes: Uint8Array): LogWindow {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const { buffer, byteOffset, byteLength } = aligned;
  return {
    bytes: aligned,
    words: new Int32Array(buffer, byteOffset, byteLength >> 2),
    view: new DataView(buffer, byteOffset, byteLength),
  };
}

/** Allocates a zeroed window of `byteLength` bytes, rounded up to whole words. */
export function allocateWindow(byteLength: number): LogWindow {
  return viewAsWindow(new Uint8Array(Math.ceil(byteLength / 8) * 8));
}
