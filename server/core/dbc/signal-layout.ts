/** Where a number lies in a payload, and how it becomes a physical value; the terms are those of DBC. */
export interface SignalLayout {
  /** As DBC counts: bit 0 is the least significant of byte 0. Least significant bit if little-endian, most if big. */
  readonly startBit: number;
  /** Bits, 1 to 64. */
  readonly length: number;
  readonly byteOrder: 'little-endian' | 'big-endian';
  readonly isSigned: boolean;
  readonly factor: number;
  readonly offset: number;
  /** What its bits are. Default: an integer. */
  readonly valueType?: 'integer' | 'float16' | 'float32' | 'float64';
}
