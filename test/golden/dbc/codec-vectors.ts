import { readFileSync } from 'node:fs';
import { FrameTable } from '../../../server/core/can/frame-table.ts';
import { buildDatabase, type BuildOptions } from '../../../server/core/dbc/model/build-database.ts';
import type { Database } from '../../../server/core/dbc/model/database.ts';
import { parseDbc } from '../../../server/core/dbc/syntax/parse-dbc.ts';
import { decodeDbcText } from '../../../server/core/dbc/syntax/source-text.ts';

/** A number; a text where a double does not hold it. */
export type VectorNumber = number | string;

/** Reads known answers. */
export function readVectors(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Reads a database, as the product does. */
export function openDatabase(path: string, options?: BuildOptions): Database {
  return buildDatabase(parseDbc(decodeDbcText(readFileSync(path)).text), options);
}

/** A table with one frame. */
export function tableOf(data: string): FrameTable {
  const table = new FrameTable(1);
  const bytes = Buffer.from(data, 'hex');
  table.push({ seconds: 0, bus: 0, arbitrationId: 0 }, bytes, [0, bytes.length]);
  return table;
}

/** The double that is nearest to a number. */
export function toNumber(value: VectorNumber): number {
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(BigInt(value)) : Number(value);
}
