import type { ByteBlock } from '#protocol';

/** Turns bytes into what answers carry. */
export type EncodeBlock = (bytes: Uint8Array) => ByteBlock;
