import { messageKey } from '../model/database.ts';

/** Bytes of payload by `messageKey`: what is needed to see whether a database fits a bus. */
export type MessageSizes = ReadonlyMap<number, number>;

/** Most messages that are kept of one text; opendbc's largest has 326. */
const MAX_MESSAGES = 100_000;
const MAX_STANDARD_ID = 0x7ff;
const MAX_EXTENDED_ID = 0x1fff_ffff;
const EXTENDED = 0x8000_0000;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;

/**
 * Reads the ids and sizes of the messages of a DBC text without parsing it. Of two lines with one id the last counts.
 */
export function readMessageSizes(text: string): MessageSizes {
  const sizes = new Map<number, number>();
  for (let at = findMessageLine(text, 0); at >= 0; at = findMessageLine(text, at + 3))
    addMessageLine(text, at + 3, sizes);
  return sizes;
}

/** Finds the size of the message that a frame's id means, as `findMessage` finds the message. */
export function findMessageSize(sizes: MessageSizes, arbitrationId: number): number | undefined {
  const standard = arbitrationId <= MAX_STANDARD_ID ? sizes.get(arbitrationId) : undefined;
  return standard ?? sizes.get(messageKey({ arbitrationId, isExtended: true }));
}

/** Where the next `BO_` stands that begins a line. */
function findMessageLine(text: string, from: number): number {
  for (let at = text.indexOf('BO_', from); at >= 0; at = text.indexOf('BO_', at + 3)) {
    const next = text.charCodeAt(at + 3);
    if ((next === SPACE || next === TAB) && beginsLine(text, at)) return at;
  }
  return -1;
}

function beginsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
  const code = text.charCodeAt(before);
  return before < 0 || code === LINE_FEED || code === CARRIAGE_RETURN;
}

/** Reads `id name : size` where it stands so; other lines are left to the parser. */
function addMessageLine(text: string, from: number, sizes: Map<number, number>): void {
  const idAt = skipBlanks(text, from);
  const idEnd = skipDigits(text, idAt);
  if (idEnd === idAt || idEnd - idAt > 10) return;
  const colon = findColon(text, idEnd);
  if (colon < 0) return;
  const sizeAt = skipBlanks(text, colon + 1);
  const sizeEnd = skipDigits(text, sizeAt);
  if (sizeEnd === sizeAt || sizeEnd - sizeAt > 5) return;
  const key = toKey(Number(text.slice(idAt, idEnd)));
  if (key === undefined || (sizes.size >= MAX_MESSAGES && !sizes.has(key))) return;
  sizes.set(key, Number(text.slice(sizeAt, sizeEnd)));
}

/** As the model has it: an id that 11 bits do not hold has 29, whether bit 31 says so or not. */
function toKey(writtenId: number): number | undefined {
  const isFlagged = writtenId >= EXTENDED;
  const arbitrationId = isFlagged ? writtenId - EXTENDED : writtenId;
  if (arbitrationId > MAX_EXTENDED_ID) return undefined;
  return messageKey({ arbitrationId, isExtended: isFlagged || arbitrationId > MAX_STANDARD_ID });
}

function findColon(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON) return at;
    if (code === LINE_FEED) return -1;
  }
  return -1;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code >= 0x30 && code <= 0x39; code = text.charCodeAt(at)) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
