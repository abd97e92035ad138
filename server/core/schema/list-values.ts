import type { LogWindow } from '../rlog/log-window.ts';
import type { ListSpan, StructSpan } from '../rlog/message-view.ts';
import { isPointerKind, type Kind, type ValueType } from './layout.ts';
import { readBigInt, readBit, readNumber } from './stored-value.ts';

/** Element size codes of Cap'n Proto lists that decide how elements can be read. */
const BITS = 1;
/** Text and Data are lists of bytes. */
export const BYTES = 2;
const POINTERS = 6;

/**
 * Tells whether a list's elements can be read as a type. Writers may have been older or newer than the schema: a list
 * of numbers reads as a list of structs that begin with that number, and the other way round. Source: Cap'n Proto
 * language reference, "Evolving Your Protocol".
 */
export function hasElements(list: ListSpan, element: ValueType): boolean {
  const { elementSize } = list;
  if (element.kind === 'void') return true;
  if (element.kind === 'bool') return elementSize === BITS;
  if (elementSize === BITS) return false;
  if (element.kind === 'struct') return true;
  if (isPointerKind(element.kind)) return list.pointerCount > 0;
  return elementSize !== POINTERS && list.dataBytes * 8 >= element.bits;
}

/** Byte at which element `index` begins: its data section, if it is a struct. */
export function elementStart(list: ListSpan, index: number): number {
  return list.start + index * (list.stepBits >> 3);
}

/** Turns `span` to element `index` of a list of structs, or of what reads as one. */
export function setToElement(span: StructSpan, list: ListSpan, index: number): void {
  const start = elementStart(list, index);
  span.segment = list.segment;
  span.data = start;
  span.dataBytes = list.dataBytes;
  span.pointers = start + list.dataBytes;
  span.pointerCount = list.pointerCount;
}

/** Reads all elements as numbers; `hasElements` must have agreed, for these functions. */
export function readListNumbers(window: LogWindow, list: ListSpan, kind: Kind): number[] {
  const numbers: number[] = [];
  const stepBytes = list.stepBits >> 3;
  const end = list.start + list.length * stepBytes;
  for (let at = list.start; at < end; at += stepBytes) numbers.push(readNumber(window.view, at, kind));
  return numbers;
}

/** Reads all elements as 64-bit integers. */
export function readListBigInts(window: LogWindow, list: ListSpan, kind: Kind): bigint[] {
  const integers: bigint[] = [];
  for (let i = 0; i < list.length; i++) integers.push(readBigInt(window.view, elementStart(list, i), kind));
  return integers;
}

/** Reads all elements as bits. */
export function readListBools(window: LogWindow, list: ListSpan): boolean[] {
  const bools: boolean[] = [];
  for (let i = 0; i < list.length; i++) bools.push(readBit(window.bytes, list.start, i) !== 0);
  return bools;
}
