import { type BitPlanes, countOnes } from './bit-planes.ts';
import { bitAtPlace, type ByteOrder } from './field-place.ts';

/** How two neighbouring bits change from one frame to the next. */
export interface LinkCounts {
  /** Changes of the upper bit. */
  readonly upper: number;
  readonly lower: number;
  /** Changes of both at once, in opposite directions: as in counting, where the upper rises when the lower overflows. */
  readonly opposite: number;
  /** Changes of both at once in the same direction: as at the sign of a number that passes zero. */
  readonly same: number;
  /** Whether both are equal in every frame. */
  readonly isCopy: boolean;
}

/** How the bits of a message change from frame to frame. */
export interface BitActivity {
  readonly byteLength: number;
  /** Frames that have a frame before them. */
  readonly steps: number;
  /** Changes of each bit. */
  readonly flips: Uint32Array;
  /** Bits of counters: the lowest changes with every frame, the others when those below overflow. */
  readonly isCounter: Uint8Array;
  /** Bits of bytes that look like dice, as checksums do. */
  readonly isNoise: Uint8Array;
  /** By byte order, then by place of the lower bit. */
  readonly links: Readonly<Record<ByteOrder, readonly LinkCounts[]>>;
}

/** @param bits Of frames that follow each other. */
export function measureBitActivity(bits: BitPlanes): BitActivity {
  const { bitCount, samples } = bits;
  const toggles = fillToggles(bits);
  const flips = Uint32Array.from({ length: bitCount }, (_, bit) => countFlips(toggles, bit, bits.wordCount));
  const steps = Math.max(0, samples - 1);
  const byteLength = bitCount / 8;
  const listLinks = (order: ByteOrder): LinkCounts[] =>
    Array.from({ length: Math.max(0, bitCount - 1) }, (_, place) =>
      countLink(
        { bits, toggles, flips },
        bitAtPlace(order, place + 1, byteLength),
        bitAtPlace(order, place, byteLength),
      ),
    );
  const links = { 'little-endian': listLinks('little-endian'), 'big-endian': listLinks('big-endian') };
  const isCounter = markCounters(flips, links['little-endian'], steps);
  const isNoise = markNoise({ byteLength, steps, flips, links, isCounter });
  return { byteLength, steps, flips, isCounter, isNoise, links };
}

/** Bit `i` of each plane: whether frame `i + 1` differs from frame `i`. */
function fillToggles({ planes, wordCount, samples, bitCount }: BitPlanes): Uint32Array {
  const toggles = new Uint32Array(planes.length);
  const last = samples - 1;
  for (let bit = 0; bit < bitCount; bit++) {
    const start = bit * wordCount;
    for (let word = 0; word < wordCount; word++) {
      const own = planes[start + word]!;
      const next = word + 1 < wordCount ? planes[start + word + 1]! : 0;
      const valid = Math.max(0, Math.min(32, last - 32 * word));
      const mask = valid === 32 ? -1 : (1 << valid) - 1;
      toggles[start + word] = (own ^ ((own >>> 1) | (next << 31))) & mask;
    }
  }
  return toggles;
}

function countFlips(toggles: Uint32Array, bit: number, wordCount: number): number {
  let count = 0;
  for (let word = bit * wordCount; word < (bit + 1) * wordCount; word++) count += countOnes(toggles[word]!);
  return count;
}

interface LinkWork {
  readonly bits: BitPlanes;
  readonly toggles: Uint32Array;
  readonly flips: Uint32Array;
}

function countLink({ bits, toggles, flips }: LinkWork, upper: number, lower: number): LinkCounts {
  const { planes, wordCount } = bits;
  const counts = { upper: flips[upper]!, lower: flips[lower]! };
  if (counts.upper === 0 || counts.lower === 0) return { ...counts, opposite: 0, same: 0, isCopy: false };
  let opposite = 0;
  let both = 0;
  let differing = 0;
  for (let word = 0; word < wordCount; word++) {
    const a = upper * wordCount + word;
    const b = lower * wordCount + word;
    const changes = toggles[a]! & toggles[b]!;
    const difference = planes[a]! ^ planes[b]!;
    differing |= difference;
    both += countOnes(changes);
    opposite += countOnes(changes & difference);
  }
  return { ...counts, opposite, same: both - opposite, isCopy: differing === 0 };
}

/** Share of frames in which the lowest bit of a counter changes; some are lost. */
const COUNTER_SHARE = 0.94;
/** Fewer steps say nothing about counters and checksums. */
const FEWEST_STEPS = 24;

function markCounters(flips: Uint32Array, links: readonly LinkCounts[], steps: number): Uint8Array {
  const isCounter = new Uint8Array(flips.length);
  if (steps < FEWEST_STEPS) return isCounter;
  for (let bit = 0; bit < flips.length; bit++) {
    if (flips[bit]! < COUNTER_SHARE * steps) continue;
    isCounter[bit] = 1;
    // Counters keep to their byte.
    for (let lower = bit; lower >> 3 === (lower + 1) >> 3; lower++) {
      const { upper, opposite, lower: below } = links[lower]!;
      const isHalf = upper > 0.4 * below && upper < 0.6 * below;
      if (!isHalf || opposite < 0.9 * upper) break;
      isCounter[lower + 1] = 1;
    }
  }
  return isCounter;
}

/** How far carries between two bits exceed those of independent bits: 0 none, 1 every change is a carry. */
export function measureCarry({ upper, lower, opposite }: LinkCounts, steps: number): number {
  if (upper === 0 || lower === 0) return 0;
  const chance = lower / (2 * steps);
  const excess = opposite / upper - chance;
  const isCertain = excess > 3 * Math.sqrt((chance * (1 - chance) + 0.01) / upper);
  return isCertain ? excess / (1 - chance) : 0;
}

type NoiseWork = Omit<BitActivity, 'isNoise'>;

function markNoise({ byteLength, steps, flips, links, isCounter }: NoiseWork): Uint8Array {
  const isNoise = new Uint8Array(8 * byteLength);
  if (steps < FEWEST_STEPS) return isNoise;
  const hasCarry = (link: LinkCounts | undefined): boolean =>
    link !== undefined && measureCarry(link, steps) > 0.12;
  for (let byte = 0; byte < byteLength; byte++) {
    const bits = Array.from({ length: 8 }, (_, i) => 8 * byte + i);
    const isDice = bits.every(
      (bit) => flips[bit]! > 0.36 * steps && flips[bit]! < 0.64 * steps && isCounter[bit] === 0,
    );
    if (!isDice || bits.slice(0, 7).some((bit) => hasCarry(links['little-endian'][bit]))) continue;
    // The lowest byte of a fine number may look like dice as well, but the byte above it counts its overflows.
    const above = [
      links['little-endian'][8 * byte + 7],
      links['big-endian'][8 * (byteLength - 1 - byte) + 7],
    ];
    const isBelowNumber = above.some((link) => link !== undefined && measureCarry(link, steps) > 0.03);
    if (!isBelowNumber) isNoise.fill(1, 8 * byte, 8 * byte + 8);
  }
  return isNoise;
}
