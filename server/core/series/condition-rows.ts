import type { Condition, ConditionOperator, ConditionSign, ConditionStep } from './condition.ts';

const WORD = 0x1_0000_0000;
/** Rows that are tried together: their values stay in the first caches of a processor. */
const BLOCK_ROWS = 1024;
/** What the arithmetic of doubles adds to decimals is no difference: 3 times 0.1 is 0.3. */
const RELATIVE_NOISE = 1e-9;
const ABSOLUTE_NOISE = 1e-12;

/** What a condition is tried on. */
export interface ConditionColumns {
  readonly length: number;
  /** By index of the name: a value for each row, NaN where the row has none. */
  readonly columns: readonly Float64Array[];
  /** The number that a text of a name stands for; NaN where it has no such text. */
  readonly readText: (nameIndex: number, text: string) => number;
}

/**
 * Lists the rows that a condition admits, in their order. What has no value is neither equal nor different: a row where
 * the condition depends on it is not admitted, whatever signs stand before.
 */
export function findAdmittedRows(condition: Condition, tried: ConditionColumns): Uint32Array<ArrayBuffer> {
  const stack = Array.from({ length: condition.depth }, () => new Float64Array(BLOCK_ROWS));
  const admitted = new Uint32Array(tried.length);
  let count = 0;
  for (let first = 0; first < tried.length; first += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, tried.length - first);
    const [result] = runSteps(condition.steps, { tried, stack, first, rows });
    for (let i = 0; i < rows; i++) if (isTrue(result?.[i] ?? NaN)) admitted[count++] = first + i;
  }
  return admitted.slice(0, count);
}

interface BlockOfRows {
  readonly tried: ConditionColumns;
  readonly stack: readonly Float64Array[];
  readonly first: number;
  readonly rows: number;
}

function runSteps(steps: readonly ConditionStep[], block: BlockOfRows): readonly Float64Array[] {
  const { tried, stack, first, rows } = block;
  let height = 0;
  for (const step of steps) {
    const top = stack[height];
    const below = stack[height - 1];
    if (step.kind === 'sign') applySign(step.sign, below ?? NOTHING, rows);
    else if (step.kind === 'operator') {
      applyOperator(step.operator, { left: stack[height - 2] ?? NOTHING, right: below ?? NOTHING, rows });
      height--;
    } else {
      if (step.kind === 'name') top?.set(tried.columns[step.index]?.subarray(first, first + rows) ?? NOTHING);
      else
        top?.fill(step.kind === 'number' ? step.value : tried.readText(step.nameIndex, step.text), 0, rows);
      height++;
    }
  }
  return stack;
}

const NOTHING = new Float64Array(0);

function applySign(sign: ConditionSign, values: Float64Array, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    values[i] = sign === '-' ? -value : sign === '!' ? Number(value === 0) : -Math.trunc(value) - 1;
  }
}

interface Operands {
  /** Takes the result. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly rows: number;
}

function applyOperator(operator: ConditionOperator, { left, right, rows }: Operands): void {
  const combine = OPERATIONS[operator];
  for (let i = 0; i < rows; i++) left[i] = combine(left[i]!, right[i]!);
}

type Operation = (a: number, b: number) => number;

const OPERATIONS: Readonly<Record<ConditionOperator, Operation>> = {
  '||': (a, b) => (isTrue(a) || isTrue(b) ? 1 : hasBoth(a, b) ? 0 : NaN),
  '&&': (a, b) => (a === 0 || b === 0 ? 0 : hasBoth(a, b) ? 1 : NaN),
  '==': (a, b) => (hasBoth(a, b) ? Number(isSame(a, b)) : NaN),
  '!=': (a, b) => (hasBoth(a, b) ? Number(!isSame(a, b)) : NaN),
  '<': (a, b) => (hasBoth(a, b) ? Number(a < b && !isSame(a, b)) : NaN),
  '<=': (a, b) => (hasBoth(a, b) ? Number(a <= b || isSame(a, b)) : NaN),
  '>': (a, b) => (hasBoth(a, b) ? Number(a > b && !isSame(a, b)) : NaN),
  '>=': (a, b) => (hasBoth(a, b) ? Number(a >= b || isSame(a, b)) : NaN),
  '|': (a, b) => combineBits(a, b, (x, y) => x | y),
  '^': (a, b) => combineBits(a, b, (x, y) => x ^ y),
  '&': (a, b) => combineBits(a, b, (x, y) => x & y),
  '<<': (a, b) => shiftBits(a, b),
  '>>': (a, b) => shiftBits(a, -b),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

function hasBoth(a: number, b: number): boolean {
  return a === a && b === b;
}

function isTrue(value: number): boolean {
  return value !== 0 && value === value;
}

function isSame(a: number, b: number): boolean {
  if (a === b) return true;
  if (Number.isInteger(a) && Number.isInteger(b)) return false;
  return Math.abs(a - b) <= Math.max(ABSOLUTE_NOISE, RELATIVE_NOISE * Math.min(Math.abs(a), Math.abs(b)));
}

/** Signals may have 64 bits: their halves are combined each by itself, as those of two's complements. */
function combineBits(a: number, b: number, combine: Operation): number {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return NaN;
  const [x, y] = [Math.trunc(a), Math.trunc(b)];
  const [upperX, upperY] = [Math.floor(x / WORD), Math.floor(y / WORD)];
  const lower = combine(x - upperX * WORD, y - upperY * WORD) >>> 0;
  return combine(upperX, upperY) * WORD + lower;
}

/** To the left; to the right by less than nothing. */
function shiftBits(value: number, by: number): number {
  if (!Number.isFinite(value) || !Number.isFinite(by)) return NaN;
  return Math.floor(Math.trunc(value) * 2 ** Math.trunc(by));
}
