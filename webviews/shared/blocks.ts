import type { ByteBlock } from '#protocol';

/** Numbers or bytes in bulk, little-endian, as they reach a page. */
export interface Block {
  readonly bytes: ArrayBuffer;
}

/** A value of the contract as a page receives it: every block has become bytes. */
export type Received<Value> = Value extends ByteBlock
  ? Block
  : Value extends readonly (infer Item)[]
    ? readonly Received<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Received<Value[Key]> }
      : Value;

/** The numbers of a block; a rest that is no whole number is left out. */
export function readFloat64(block: Block): Float64Array {
  return new Float64Array(block.bytes, 0, Math.floor(block.bytes.byteLength / 8));
}

/** The numbers of a block; a rest that is no whole number is left out. */
export function readFloat32(block: Block): Float32Array {
  return new Float32Array(block.bytes, 0, Math.floor(block.bytes.byteLength / 4));
}

/** The numbers of a block; a rest that is no whole number is left out. */
export function readUint32(block: Block): Uint32Array {
  return new Uint32Array(block.bytes, 0, Math.floor(block.bytes.byteLength / 4));
}

/** The bytes of a block. */
export function readUint8(block: Block): Uint8Array {
  return new Uint8Array(block.bytes);
}
