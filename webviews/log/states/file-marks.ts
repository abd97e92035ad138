/** How a kind of file begins. */
interface FileMark {
  readonly hex: string;
  readonly name: string;
  /** Whether a log may be inside. */
  readonly isPacked: boolean;
}

const MARKS: readonly FileMark[] = [
  { hex: '1F8B', name: 'gzip', isPacked: true },
  { hex: '504B0304', name: 'zip', isPacked: true },
  { hex: 'FD377A585A00', name: 'xz', isPacked: true },
  { hex: '377ABCAF271C', name: '7-Zip', isPacked: true },
  { hex: '04224D18', name: 'lz4', isPacked: true },
  { hex: '89504E47', name: 'a PNG picture', isPacked: false },
  { hex: 'FFD8FF', name: 'a JPEG picture', isPacked: false },
  { hex: '25504446', name: 'PDF', isPacked: false },
  { hex: '7F454C46', name: 'a program', isPacked: false },
  { hex: '53514C69746520', name: 'an SQLite database', isPacked: false },
  { hex: '0000001866747970', name: 'MP4', isPacked: false },
];

/** What the first bytes of a file say of it. */
export interface FirstBytes {
  /** The mark, or the first four bytes, with spaces: "1F 8B". */
  readonly shown: string;
  /** Whose mark it is; null where nobody's is known. */
  readonly name: string | null;
  readonly isPacked: boolean;
}

/** Reads the first bytes of a file that is no log. */
export function readFirstBytes(hex: string): FirstBytes | null {
  const digits = hex.toUpperCase().replaceAll(/[^0-9A-F]/g, '');
  if (digits.length < 2) return null;
  const mark = MARKS.find((known) => digits.startsWith(known.hex));
  if (mark !== undefined) return { shown: spaceBytes(mark.hex), name: mark.name, isPacked: mark.isPacked };
  const isText = (digits.match(/../g) ?? []).every(isPrintable);
  return { shown: spaceBytes(digits.slice(0, 8)), name: isText ? 'plain text' : null, isPacked: false };
}

function spaceBytes(digits: string): string {
  return (digits.match(/../g) ?? []).join(' ');
}

function isPrintable(byte: string): boolean {
  const code = parseInt(byte, 16);
  return (code >= 0x20 && code < 0x7f) || code === 0x09 || code === 0x0a || code === 0x0d;
}
