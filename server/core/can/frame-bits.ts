/**
 * Counts the bits that frames take on the wire, stuff bits included: they are found from the bits themselves, with the
 * checksum that the controller would send, so the count is exact and not a bound.
 *
 * Sources: ISO 11898-1 (2015), 10.4 "frame formats", 10.5 "frame coding". What a log does not tell is assumed: ids up
 * to 0x7FF are sent with 11 bits, longer ones with 29; frames up to 8 bytes are classic, longer ones CAN-FD with the
 * bit rate switched and no error passive sender; no remote frames; nothing is sent twice.
 *
 * ```
 * classic  SOF id… RTR IDE r0 DLC  data  CRC15 | CRC del, ACK, ACK del, EOF 7, intermission 3
 *          └────────── stuffed ──────────────┘  └──────────── 13 bits, not stuffed ────────┘
 * CAN-FD   SOF id… RRS IDE FDF res BRS | ESI DLC  data | stuff count, CRC17|21, 6|7 fixed bits | CRC del … (13 bits)
 *          └── nominal rate, stuffed ─┘ └ data rate ──────────────────────────────────────────┘ └ nominal rate ────┘
 * ```
 */
export class FrameBitCounter {
  /** Bits of the frame that was measured last, at the bus's nominal bit rate: all of them, in a classic frame. */
  nominalBits = 0;
  /** Those at the bit rate of the data phase: 0 for a classic frame. */
  dataBits = 0;

  #state = 0;
  #stuffBits = 0;
  #crc = 0;

  /** Measures a frame of up to 64 bytes. */
  measure({ arbitrationId, data, start, end }: FramePayload): void {
    const length = end - start;
    // The start of frame is dominant; it leaves the checksum at zero.
    this.#state = AFTER_ZERO;
    this.#stuffBits = 0;
    this.#crc = 0;
    if (length > CLASSIC_BYTES) this.#measureFd(arbitrationId, data, start, end);
    else this.#measureClassic(arbitrationId, data, start, end);
  }

  #measureClassic(arbitrationId: number, data: Uint8Array, start: number, end: number): void {
    const length = end - start;
    const isExtended = arbitrationId > STANDARD_ID;
    if (isExtended) {
      // Base id, SRR, IDE; the rest of the id; RTR, r1, r0, DLC.
      this.#add((((arbitrationId >>> 18) & STANDARD_ID) << 2) | 0b11, 13);
      this.#add(arbitrationId & 0x3ffff, 18);
      this.#add(length, 7);
    } else {
      this.#add(((arbitrationId & STANDARD_ID) << 7) | length, 18);
    }
    for (let i = start; i < end; i++) this.#addByte(data[i]!);
    this.#add(this.#crc, 15);
    this.nominalBits = (isExtended ? 67 : 47) + 8 * length + this.#stuffBits;
    this.dataBits = 0;
  }

  #measureFd(arbitrationId: number, data: Uint8Array, start: number, end: number): void {
    const length = end - start;
    const isExtended = arbitrationId > STANDARD_ID;
    if (isExtended) {
      this.#add((((arbitrationId >>> 18) & STANDARD_ID) << 2) | 0b11, 13);
      this.#add(((arbitrationId & 0x3ffff) << 4) | FD_BITS, 22);
    } else {
      this.#add(((arbitrationId & STANDARD_ID) << 5) | FD_BITS, 16);
    }
    const nominalStuffBits = this.#stuffBits;
    const dlc = FD_LENGTHS.findIndex((bytes) => bytes >= length);
    const sentBytes = FD_LENGTHS[dlc]!;
    // ESI of an error active sender, DLC.
    this.#add(9 + dlc, 5);
    for (let i = start; i < end; i++) this.#addByte(data[i]!);
    for (let i = length; i < sentBytes; i++) this.#addByte(FD_PADDING);
    // The checksum begins with a fixed stuff bit, which stands for one that the data would have called for.
    const replaced = this.#state >= AFTER_STUFFED_ZERO ? 1 : 0;
    const checksumBits = sentBytes > 16 ? 4 + 21 + 7 : 4 + 17 + 6;
    this.nominalBits = (isExtended ? 36 : 17) + nominalStuffBits + 13;
    this.dataBits = 5 + 8 * sentBytes + (this.#stuffBits - nominalStuffBits - replaced) + checksumBits;
  }

  /** Adds the lower `count` bits of a number, the highest of them first. */
  #add(bits: number, count: number): void {
    let left = count;
    for (; (left & 7) !== 0; left--) this.#addBit((bits >>> (left - 1)) & 1);
    for (; left > 0; left -= 8) this.#addByte((bits >>> (left - 8)) & 0xff);
  }

  #addBit(bit: number): void {
    const step = stepOver(this.#state, bit);
    this.#state = step & STATE_MASK;
    this.#stuffBits += step >> STUFF_SHIFT;
    this.#crc = shiftChecksum(this.#crc, bit);
  }

  #addByte(byte: number): void {
    const step = BYTE_STEPS[(this.#state << 8) | byte]!;
    this.#state = step & STATE_MASK;
    this.#stuffBits += step >> STUFF_SHIFT;
    this.#crc = ((this.#crc << 8) ^ BYTE_CHECKSUMS[((this.#crc >> 7) ^ byte) & 0xff]!) & CRC_MASK;
  }
}

/** A frame; whoever measures many may hand in the same object each time. */
export interface FramePayload {
  readonly arbitrationId: number;
  /** The payload is `data.subarray(start, end)`. */
  readonly data: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Longest payload of a frame on any CAN bus. */
export const LONGEST_PAYLOAD = 64;

const CLASSIC_BYTES = 8;
const STANDARD_ID = 0x7ff;
/** RRS, IDE, FDF, res, BRS; behind an extended id the first is RRS as well and IDE is long sent. */
const FD_BITS = 0b00101;
/** Payload lengths behind the length codes from 9 on; source: ISO 11898-1, table 5. */
const FD_LENGTHS: readonly number[] = [12, 16, 20, 24, 32, 48, LONGEST_PAYLOAD];
const FD_PADDING = 0xcc;
/** x^15 + x^14 + x^10 + x^8 + x^7 + x^4 + x^3 + 1. */
const CRC_POLYNOMIAL = 0x4599;
const CRC_MASK = 0x7fff;

// What stuffing remembers: the last bit and how often it was sent in a row. States 0 to 3: zero, once to four times;
// 4 to 7: one; 8 and 9: a zero or one that was just stuffed in.
const AFTER_ZERO = 0;
const AFTER_STUFFED_ZERO = 8;
const STATES = 10;
const STATE_MASK = 0xf;
const STUFF_SHIFT = 4;

/** Returns the state behind one more bit, and the stuff bits it calls for above `STUFF_SHIFT`. */
function stepOver(state: number, bit: number): number {
  const isStuffed = state >= AFTER_STUFFED_ZERO;
  const lastBit = isStuffed ? state - AFTER_STUFFED_ZERO : state >> 2;
  if (bit !== lastBit) return bit << 2;
  const run = isStuffed ? 2 : (state & 3) + 2;
  return run < 5 ? (bit << 2) + run - 1 : (1 << STUFF_SHIFT) | (AFTER_STUFFED_ZERO + 1 - bit);
}

function shiftChecksum(crc: number, bit: number): number {
  const shifted = (crc << 1) & CRC_MASK;
  return ((crc >> 14) & 1) === bit ? shifted : shifted ^ CRC_POLYNOMIAL;
}

const BYTE_STEPS = Uint16Array.from({ length: STATES << 8 }, (_, index) =>
  stepOverByte(index >> 8, index & 0xff),
);
const BYTE_CHECKSUMS = Uint16Array.from({ length: 256 }, (_, byte) => checksumByte(byte));

function stepOverByte(from: number, byte: number): number {
  let state = from;
  let stuffBits = 0;
  for (let bit = 7; bit >= 0; bit--) {
    const step = stepOver(state, (byte >> bit) & 1);
    state = step & STATE_MASK;
    stuffBits += step >> STUFF_SHIFT;
  }
  return (stuffBits << STUFF_SHIFT) | state;
}

function checksumByte(byte: number): number {
  let crc = 0;
  for (let bit = 7; bit >= 0; bit--) crc = shiftChecksum(crc, (byte >> bit) & 1);
  return crc;
}
