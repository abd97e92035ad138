import { toDouble, toFloat, toHalf } from './number-bits.ts';
import type { PayloadBlock } from './payload-block.ts';
import type { SignalPlan } from './signal-plan.ts';

const WORD = 0x1_0000_0000;

/** A signal, and where the columns of its words begin in a block. */
export interface BlockStep {
  readonly plan: SignalPlan;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** Writes physical values of the rows of a block from `values[first]` on; NaN where a payload is too short. */
export function writeValues(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  chooseLoop(step.plan)(step, block, values, first);
  if (block.shortest < step.plan.byteLength) dropShort(step, block, values, first);
}

type ValueLoop = typeof writeValues;

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

function writeWords(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { low, plan } = step;
  const { left, right, factor, offset } = plan;
  const { words, count } = block;
  for (let i = 0; i < count; i++) values[first + i] = ((words[low + i]! << left) >>> right) * factor + offset;
}

function writeSignedWords(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { low, plan } = step;
  const { left, right, factor, offset } = plan;
  const { words, count } = block;
  for (let i = 0; i < count; i++) values[first + i] = ((words[low + i]! << left) >> right) * factor + offset;
}

function writePairs(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { low, middle, plan } = step;
  const { skip, left, right, factor, offset } = plan;
  const { words, count } = block;
  for (let i = 0; i < count; i++) {
    const bits = join(words[low + i]!, words[middle + i]!, skip);
    values[first + i] = ((bits << left) >>> right) * factor + offset;
  }
}

function writeSignedPairs(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { low, middle, plan } = step;
  const { skip, left, right, factor, offset } = plan;
  const { words, count } = block;
  for (let i = 0; i < count; i++) {
    const bits = join(words[low + i]!, words[middle + i]!, skip);
    values[first + i] = ((bits << left) >> right) * factor + offset;
  }
}

// Both halves are exact, and so is the upper one times 2^32: their sum is rounded once, to the nearest double.

function writeWides(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { low, middle, high, plan } = step;
  const { skip, left, right, factor, offset } = plan;
  const { words, count } = block;
  for (let i = 0; i < count; i++) {
    const lower = join(words[low + i]!, words[middle + i]!, skip) >>> 0;
    const upper = (join(words[middle + i]!, words[high + i]!, skip) << left) >>> right;
    values[first + i] = (upper * WORD + lower) * factor + offset;
  }
}

function writeSignedWides(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { low, middle, high, plan } = step;
  const { skip, left, right, factor, offset } = plan;
  const { words, count } = block;
  for (let i = 0; i < count; i++) {
    const lower = join(words[low + i]!, words[middle + i]!, skip) >>> 0;
    const upper = (join(words[middle + i]!, words[high + i]!, skip) << left) >> right;
    values[first + i] = (upper * WORD + lower) * factor + offset;
  }
}

function writeHalves(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { low, middle, plan } = step;
  const { skip, factor, offset } = plan;
  const { words, count } = block;
  for (let i = 0; i < count; i++)
    values[first + i] = toHalf(join(words[low + i]!, words[middle + i]!, skip)) * factor + offset;
}

function writeFloats(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { low, middle, plan } = step;
  const { skip, factor, offset } = plan;
  const { words, count } = block;
  for (let i = 0; i < count; i++) {
    values[first + i] = toFloat(join(words[low + i]!, words[middle + i]!, skip)) * factor + offset;
  }
}

function writeDoubles(step: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { low, middle, high, plan } = step;
  const { skip, factor, offset } = plan;
  const { words, count } = block;
  for (let i = 0; i < count; i++) {
    const lower = join(words[low + i]!, words[middle + i]!, skip);
    const upper = join(words[middle + i]!, words[high + i]!, skip);
    values[first + i] = toDouble(lower, upper) * factor + offset;
  }
}

function writeNothing(_: BlockStep, { count }: PayloadBlock, values: Float64Array, first: number): void {
  values.fill(NaN, first, first + count);
}

function dropShort({ plan }: BlockStep, block: PayloadBlock, values: Float64Array, first: number): void {
  const { byteLength } = plan;
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
