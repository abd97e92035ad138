/** How a file writes its characters. A file of ASCII alone is all of the others, too. */
export type DbcEncoding = 'ascii' | 'utf-8' | 'utf-16' | 'cp1252';

/** A file's text, and what is needed to write the same bytes again. */
export interface DbcText {
  /** Without the byte order mark. */
  readonly text: string;
  readonly encoding: DbcEncoding;
  readonly hasBom: boolean;
  /** Of UTF-16: whether the higher byte comes first. */
  readonly isBigEndian?: boolean;
}

/** What cp1252 has in place of 0x80 to 0x9f. The five that it leaves open stand for themselves, so that they survive. */
const CP1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
const CP1252_BYTES = new Map(Array.from(CP1252_HIGH, (character, i) => [character.charCodeAt(0), 0x80 + i]));
const CP1252_UNITS = Uint16Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 && byte < 0xa0 ? CP1252_HIGH.charCodeAt(byte - 0x80) : byte,
);

const UTF8_BOM = Uint8Array.of(0xef, 0xbb, 0xbf);
const BYTE_ORDER_MARK = 0xfeff;
/** Arguments of one call that every engine takes. */
const UNITS_PER_CALL = 8192;

/**
 * Reads the bytes of a DBC file, whatever they are: with a byte order mark as it says, else as UTF-8 where all of it is
 * UTF-8, else as cp1252, which knows every byte. `encodeDbcText` gives the same bytes back.
 */
export function decodeDbcText(bytes: Uint8Array): DbcText {
  const utf16 = decodeUtf16(bytes);
  if (utf16 !== undefined) return utf16;
  const hasBom = UTF8_BOM.every((byte, i) => bytes[i] === byte);
  const content = hasBom ? bytes.subarray(UTF8_BOM.length) : bytes;
  const text = decodeUtf8(content);
  if (text === undefined) return { text: decodeCp1252(content), encoding: 'cp1252', hasBom };
  // Every other character of UTF-8 has more bytes than code units.
  return { text, encoding: text.length === content.length ? 'ascii' : 'utf-8', hasBom };
}

/**
 * Writes a text in its encoding. Where an edit brought characters that the encoding lacks, the whole text becomes UTF-8:
 * opendbc reads nothing else, and nothing is lost; likewise where its bytes would be taken for UTF-8 and so for another
 * text. Halves of surrogate pairs, which UTF-8 cannot write, become U+FFFD there.
 */
export function encodeDbcText({ text, encoding, hasBom, isBigEndian }: DbcText): Uint8Array {
  if (encoding === 'utf-16') return encodeUtf16(text, isBigEndian === true ? 1 : 0);
  const content = (encoding === 'cp1252' ? encodeCp1252(text) : undefined) ?? new TextEncoder().encode(text);
  if (!hasBom) return content;
  const bytes = new Uint8Array(UTF8_BOM.length + content.length);
  bytes.set(UTF8_BOM);
  bytes.set(content, UTF8_BOM.length);
  return bytes;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Node's own decoder of windows-1252 reads 0x80 to 0x9f as Latin-1 in some versions. */
function decodeCp1252(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) units[i] = CP1252_UNITS[bytes[i]!]!;
  return stringOf(units);
}

/** Undefined where a character is not in cp1252, or where the bytes would be read as UTF-8. */
function encodeCp1252(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const byte = unit < 0x80 || (unit >= 0xa0 && unit < 0x100) ? unit : CP1252_BYTES.get(unit);
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return decodeUtf8(bytes) === undefined ? bytes : undefined;
}

/** Undefined where there is no such mark, or half a character too many. */
function decodeUtf16(bytes: Uint8Array): DbcText | undefined {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (!(isLittle || isBig) || bytes.length % 2 === 1) return undefined;
  const units = new Uint16Array(bytes.length / 2 - 1);
  const low = isLittle ? 2 : 3;
  for (let i = 0; i < units.length; i++) {
    units[i] = bytes[2 * i + low]! | (bytes[2 * i + 5 - low]! << 8);
  }
  return { text: stringOf(units), encoding: 'utf-16', hasBom: true, isBigEndian: isBig };
}

/** `low` is where in its pair the lower byte stands. */
function encodeUtf16(text: string, low: 0 | 1): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  for (let i = -1; i < text.length; i++) {
    const unit = i < 0 ? BYTE_ORDER_MARK : text.charCodeAt(i);
    bytes[2 * i + 2 + low] = unit & 0xff;
    bytes[2 * i + 3 - low] = unit >> 8;
  }
  return bytes;
}

function stringOf(units: Uint16Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < units.length; from += UNITS_PER_CALL) {
    const part = units.subarray(from, from + UNITS_PER_CALL);
    // Spread arguments would go through an iterator, one by one.
    pieces.push(Reflect.apply(String.fromCharCode, undefined, part) as string);
  }
  return pieces.join('');
}
