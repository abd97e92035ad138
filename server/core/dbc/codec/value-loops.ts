import { toDouble, toFloat, toHalf } from './number-bits.ts';
import type { PayloadBlock } from './payload-block.ts';
import type { SignalPlan } from './signal-plan.ts';

const WORD = 0x1_0000_0000;

/** Writes values of the rows of a block from `values[first]` on; whatever it is where a payload is too short. */
export type ValueLoop = (step: ValueStep, block: PayloadBlock, values: Float64Array, first: number) => void;

/**
 * A signal as loops read it: in typed arrays, so that its numbers are in registers before a loop begins, where those of
 * an object would be taken out of their boxes for every value.
 */
export interface ValueStep {
  readonly loop: ValueLoop;
  /** Columns of a block that the words of the signal are in: low, middle, high; then `skip`, `left` and `right`. */
  readonly places: Int32Array;
  /** Factor and offset. */
  readonly scaling: Float64Array;
  readonly byteLength: number;
}

/**
 * Makes the step of a signal.
 *
 * @param columns Those of its words.
 */
export function createStep(plan: SignalPlan, columns: ArrayLike<number>): ValueStep {
  const { skip, left, right, factor, offset, byteLength } = plan;
  const [low = 0, middle = 0, high = 0] = Array.from(columns);
  return {
    loop: chooseLoop(plan),
    places: Int32Array.of(low, middle, high, skip, left, right),
    scaling: Float64Array.of(factor, offset),
    byteLength,
  };
}

/** Writes physical values of the rows of a block from `values[first]` on; NaN where a payload is too short. */
export function writeValues(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  // Called through the step, loops are compiled each by itself, not into whoever calls them.
  step.loop(step, block, values, first);
  if (block.shortest < step.byteLength) dropShort(step, block, values, first);
}

function chooseLoop({ shape, isSigned }: SignalPlan): ValueLoop {
  switch (shape) {
    case 'word':
      return isSigned ? writeSignedWords : writeWords;
    case 'pair':
      return isSigned ? writeSignedPairs : writePairs;
    case 'wide':
      return isSigned ? writeSignedWides : writeWides;
    case 'float16':
      return writeHalves;
    case 'float32':
      return writeFloats;
    case 'float64':
      return writeDoubles;
    case 'none':
      return writeNothing;
  }
}

function writeWords(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { places, scaling } = step;
  const { words, count, height } = block;
  const low = places[0]! * height;
  const left = places[4]!;
  const right = places[5]!;
  const factor = scaling[0]!;
  const offset = scaling[1]!;
  for (let i = 0; i < count; i++) {
    values[first + i] = ((words[low + i]! << left) >>> right) * factor + offset;
  }
}

function writeSignedWords(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { places, scaling } = step;
  const { words, count, height } = block;
  const low = places[0]! * height;
  const left = places[4]!;
  const right = places[5]!;
  const factor = scaling[0]!;
  const offset = scaling[1]!;
  for (let i = 0; i < count; i++) {
    values[first + i] = ((words[low + i]! << left) >> right) * factor + offset;
  }
}

function writePairs(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { places, scaling } = step;
  const { words, count, height } = block;
  const low = places[0]! * height;
  const middle = places[1]! * height;
  const skip = places[3]!;
  const left = places[4]!;
  const right = places[5]!;
  const factor = scaling[0]!;
  const offset = scaling[1]!;
  for (let i = 0; i < count; i++) {
    const bits = join(words[low + i]!, words[middle + i]!, skip);
    values[first + i] = ((bits << left) >>> right) * factor + offset;
  }
}

function writeSignedPairs(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { places, scaling } = step;
  const { words, count, height } = block;
  const low = places[0]! * height;
  const middle = places[1]! * height;
  const skip = places[3]!;
  const left = places[4]!;
  const right = places[5]!;
  const factor = scaling[0]!;
  const offset = scaling[1]!;
  for (let i = 0; i < count; i++) {
    const bits = join(words[low + i]!, words[middle + i]!, skip);
    values[first + i] = ((bits << left) >> right) * factor + offset;
  }
}

// Both halves are exact, and so is the upper one times 2^32: their sum is rounded once, to the nearest double.

function writeWides(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { places, scaling } = step;
  const { words, count, height } = block;
  const low = places[0]! * height;
  const middle = places[1]! * height;
  const high = places[2]! * height;
  const skip = places[3]!;
  const left = places[4]!;
  const right = places[5]!;
  const factor = scaling[0]!;
  const offset = scaling[1]!;
  for (let i = 0; i < count; i++) {
    const lower = join(words[low + i]!, words[middle + i]!, skip) >>> 0;
    const upper = (join(words[middle + i]!, words[high + i]!, skip) << left) >>> right;
    values[first + i] = (upper * WORD + lower) * factor + offset;
  }
}

function writeSignedWides(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { places, scaling } = step;
  const { words, count, height } = block;
  const low = places[0]! * height;
  const middle = places[1]! * height;
  const high = places[2]! * height;
  const skip = places[3]!;
  const left = places[4]!;
  const right = places[5]!;
  const factor = scaling[0]!;
  const offset = scaling[1]!;
  for (let i = 0; i < count; i++) {
    const lower = join(words[low + i]!, words[middle + i]!, skip) >>> 0;
    const upper = (join(words[middle + i]!, words[high + i]!, skip) << left) >> right;
    values[first + i] = (upper * WORD + lower) * factor + offset;
  }
}

function writeHalves(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { places, scaling } = step;
  const { words, count, height } = block;
  const low = places[0]! * height;
  const middle = places[1]! * height;
  const skip = places[3]!;
  const factor = scaling[0]!;
  const offset = scaling[1]!;
  for (let i = 0; i < count; i++) {
    const bits = join(words[low + i]!, words[middle + i]!, skip);
    values[first + i] = toHalf(bits) * factor + offset;
  }
}

function writeFloats(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { places, scaling } = step;
  const { words, count, height } = block;
  const low = places[0]! * height;
  const middle = places[1]! * height;
  const skip = places[3]!;
  const factor = scaling[0]!;
  const offset = scaling[1]!;
  for (let i = 0; i < count; i++) {
    const bits = join(words[low + i]!, words[middle + i]!, skip);
    values[first + i] = toFloat(bits) * factor + offset;
  }
}

function writeDoubles(step: ValueStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { places, scaling } = step;
  const { words, count, height } = block;
  const low = places[0]! * height;
  const middle = places[1]! * height;
  const high = places[2]! * height;
  const skip = places[3]!;
  const factor = scaling[0]!;
  const offset = scaling[1]!;
  for (let i = 0; i < count; i++) {
    const lower = join(words[low + i]!, words[middle + i]!, skip);
    const upper = join(words[middle + i]!, words[high + i]!, skip);
    values[first + i] = toDouble(lower, upper) * factor + offset;
  }
}

function writeNothing(_: ValueStep, { count }: PayloadBlock, values: Float64Array, first: number): void {
  values.fill(NaN, first, first + count);
}

function dropShort(
  { byteLength }: ValueStep,
  block: PayloadBlock,
  values: Float64Array,
  first: number,
): void {
  const { lengths, count } = block;
  for (let i = 0; i < count; i++) if (lengths[i]! < byteLength) values[first + i] = NaN;
}

/**
 * 32 bits that begin `skip` bits up in a word and end in the next; in two steps, as a shift by 32 is none.
 *
 * @param skip 0 to 31.
 */
export function join(low: number, high: number, skip: number): number {
  return (low >>> skip) | ((high << (31 - skip)) << 1);
}
