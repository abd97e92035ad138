const tables = new Map<number, Uint16Array>();

/**
 * What a CRC of 8 bits makes of each byte; computed when it is first asked for. Not reflected.
 *
 * @param polynomial Without its highest bit.
 */
export function openCrc8Table(polynomial: number): Uint16Array {
  return openTable(8, polynomial);
}

/** The same of 16 bits, of the byte that is pushed out. */
export function openCrc16Table(polynomial: number): Uint16Array {
  return openTable(16, polynomial);
}

function openTable(width: 8 | 16, polynomial: number): Uint16Array {
  const key = width * 0x1_0000 + polynomial;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = Uint16Array.from({ length: 256 }, (_, byte) => divide(byte, width, polynomial));
  tables.set(key, table);
  return table;
}

function divide(byte: number, width: number, polynomial: number): number {
  const top = 1 << (width - 1);
  let rest = byte << (width - 8);
  for (let bit = 0; bit < 8; bit++) rest = (rest & top) === 0 ? rest << 1 : (rest << 1) ^ polynomial;
  return rest & ((top << 1) - 1);
}
