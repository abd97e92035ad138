import type { ChecksumBrand } from '../checksums/checksum-brand.ts';

/** Where a checksum or a counter lies; what is undefined is not laid down. */
export interface FieldPlace {
  readonly length?: number;
  /** Start bit within its byte, 0 the least significant. */
  readonly bit?: number;
  /** Its byte; -1 is the last of the message. */
  readonly byte?: number;
  readonly isLittleEndian?: boolean;
}

const FIRST_BYTE: FieldPlace = { length: 8, bit: 0, byte: 0, isLittleEndian: true };
const LAST_BYTE: FieldPlace = { length: 8, bit: 7, byte: -1, isLittleEndian: false };

/** Where each algorithm has its checksum; sources: opendbc 7343a66d, opendbc/can/dbc.py and the algorithms. */
export const CHECKSUM_PLACES: Readonly<Record<ChecksumBrand, FieldPlace>> = {
  HONDA: { length: 4, bit: 3, byte: -1, isLittleEndian: false },
  TOYOTA: LAST_BYTE,
  HKG_CAN_FD: { length: 16, bit: 0, byte: 0, isLittleEndian: true },
  VOLKSWAGEN_MEB_2024: FIRST_BYTE,
  VOLKSWAGEN_MQB_MEB: FIRST_BYTE,
  VOLKSWAGEN_MLB: FIRST_BYTE,
  XOR: { length: 8, bit: 0, isLittleEndian: true },
  SUBARU: FIRST_BYTE,
  SUBARU_PREGLOBAL: FIRST_BYTE,
  CHRYSLER: LAST_BYTE,
  FCA_GIORGIO: LAST_BYTE,
  BODY: LAST_BYTE,
  TESLA: { length: 8, bit: 0, isLittleEndian: true },
  PSA: { length: 4 },
};

/** Where files of each brand have the counter; brands without one here let it lie anywhere. */
export const COUNTER_PLACES: { readonly [Brand in ChecksumBrand]?: FieldPlace } = {
  HONDA: { length: 2, bit: 5 },
  VOLKSWAGEN_MEB_2024: { length: 4, bit: 0 },
  VOLKSWAGEN_MQB_MEB: { length: 4, bit: 0 },
  VOLKSWAGEN_MLB: { length: 4, bit: 0 },
  XOR: { length: 4 },
  BODY: { length: 4, bit: 3 },
  PSA: { length: 4 },
};
