// Found by others on cars; source: opendbc 7343a66d, opendbc/car/volkswagen/mqbcan.py.

/** One constant for all values of the counter, by arbitration id. */
const SAME: readonly (readonly [arbitrationId: number, constant: number])[] = [
  [0x40, 0x40],
  [0x86, 0x86],
  [0x9f, 0xf5],
  [0x101, 0xaa],
  [0x106, 0x07],
  [0x116, 0xac],
  [0x117, 0x16],
  [0x126, 0xda],
  [0x30c, 0x0f],
  [0x30f, 0x0c],
  [0x324, 0x27],
  [0x3c0, 0xc3],
];

/** Sixteen constants, one for each value of the counter, in hexadecimal digits. */
const BY_COUNTER: readonly (readonly [arbitrationId: number, constants: string])[] = [
  [0xad, '3f6939dc94f91464d86a34cea255b52c'],
  [0xdb, '09faca8e62d5d1f031a0afda4d1a0a97'],
  [0xfc, '775ca0894b7cbbd61f6c4ff6202b43dd'],
  [0xfd, 'b4eff8491ee5c2c097193cc9f198d661'],
  [0x102, 'd712857e0b34fa167a252d8f048e5d35'],
  [0x10b, '775ca0894b7cbbd61f6c4ff6202b43dd'],
  [0x120, 'c4e24fe4f82f56819fe58344053f97df'],
  [0x121, 'e965ae6b7b35e55f4ec786a2bbddebb4'],
  [0x122, '377df3a918466d4d3d71929ce53210b9'],
  [0x12b, '6a38b42722efe1bbf8808449c79e1e2b'],
  [0x12e, 'f8e597c9d607472166ddcf6fa1947463'],
  [0x139, 'ed031c13c623787a8b401451bf6832ba'],
  [0x13d, '20ca68d51b31e2da080ad4de9ce4355b'],
  [0x14c, '163559159a2a97b80e4e30ccb30701ad'],
  [0x14d, '1a658196c0df1192d361c6958c2921b5'],
  [0x187, '7fed17c27ceb442101fadb154a6b2305'],
  [0x1a4, '69bb54e64e468d7bea87e9b363cef8bf'],
  [0x1ab, '13219b6a9a62d46518f1ab163289e726'],
  [0x1f0, '2f3c226018eb6376c5910f2734047f02'],
  [0x20a, '9de836a1ca3b1d33e0d5bb5fae3c319f'],
  [0x25d, 'da6b0eb278bd5a817bd6413976b6d735'],
  [0x26b, 'ceccbd69a13c18760f04f23a93241951'],
  [0x3be, '1f28c685e6f8b0195b643521e4f79c24'],
  [0x3d5, 'c539c7f992d824cef1b57ac4bc60e3d1'],
  [0x65d, 'acb3abeb7ae13bf773ba7c9e065f02d9'],
];

/** Of the year 2024: so many bytes from the start are covered, with these constants. */
const MEB_2024: readonly (readonly [arbitrationId: number, byteLength: number, constants: string])[] = [
  [0xdb, 42, '09faca8e62d5d1f031a0afda4d1a0a97'],
  [0xfc, 60, '69dcf9646ace552cc4388fd1c643b4b1'],
  [0x102, 44, 'd712857e0b34fa167a252d8f048e5d35'],
  [0x10b, 44, '2cb11a75bb657947812bcc9617dbc094'],
  [0x139, 28, '969295b56ee3bdb4faaebecbcfa577ef'],
  [0x13d, 28, '1871108dd7aab078ac12ae0cddf18568'],
];

/** Constants of Volkswagen's checksums, by arbitration id: one for each value of the counter. */
export type CounterConstants = ReadonlyMap<number, Uint8Array>;

/** A shorter span of a message, and its constants. */
export interface ShortSpan {
  /** Bytes from the start of the payload. */
  readonly byteLength: number;
  readonly constants: Uint8Array;
}

let counterConstants: CounterConstants | undefined;
let shortSpans: ReadonlyMap<number, ShortSpan> | undefined;

/** Constants of MQB and MEB messages that have some. */
export function openCounterConstants(): CounterConstants {
  return (counterConstants ??= new Map([
    ...SAME.map(([id, constant]) => [id, new Uint8Array(16).fill(constant)] as const),
    ...BY_COUNTER.map(([id, digits]) => [id, readDigits(digits)] as const),
  ]));
}

/** Messages of MEB cars of 2024 whose checksum may cover less than the whole payload. */
export function openShortSpans(): ReadonlyMap<number, ShortSpan> {
  return (shortSpans ??= new Map(
    MEB_2024.map(([id, byteLength, digits]) => [id, { byteLength, constants: readDigits(digits) }]),
  ));
}

function readDigits(digits: string): Uint8Array {
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
}
