import type {
  BusDatabase,
  DbcCoverage,
  DbcFinding,
  DbcInfo,
  DbcMessageInfo,
  DbcSignalInfo,
  LintResult,
} from '#protocol';

/** A finding on the second line, from its third to its sixth character. */
export function makeFinding(changes: Partial<DbcFinding> = {}): DbcFinding {
  return {
    code: 'id-range',
    severity: 'error',
    message: 'Id 2048 does not fit into 11 bits',
    place: { start: { line: 1, character: 4 }, end: { line: 1, character: 8 } },
    related: [],
    fix: null,
    ...changes,
  };
}

/** What `dbc/lint` answers. */
export function makeLintResult(changes: Partial<LintResult> = {}): LintResult {
  return {
    path: '/elsewhere/car.dbc',
    encoding: 'ascii',
    messages: 2,
    signals: 5,
    findings: [],
    omitted: 0,
    fixed: null,
    ...changes,
  };
}

/** A little-endian unsigned signal of the first byte. */
export function makeSignalInfo(changes: Partial<DbcSignalInfo> = {}): DbcSignalInfo {
  return {
    name: 'SPEED',
    startBit: 0,
    length: 8,
    byteOrder: 'little-endian',
    isSigned: false,
    valueType: 'integer',
    factor: 1,
    offset: 0,
    minimum: null,
    maximum: null,
    unit: '',
    labels: [],
    comment: null,
    receivers: [],
    multiplexing: null,
    isDecodable: true,
    role: null,
    ...changes,
  };
}

/** A message without signals. */
export function makeMessageInfo(changes: Partial<DbcMessageInfo> = {}): DbcMessageInfo {
  return {
    arbitrationId: 0x13a,
    isExtended: false,
    name: 'WHEELS',
    sizeBytes: 8,
    transmitters: [],
    cycleTimeMs: null,
    isFd: false,
    comment: null,
    signals: [],
    ...changes,
  };
}

/** A database that says little. */
export function makeDbcInfo(changes: Partial<DbcInfo> = {}): DbcInfo {
  return {
    path: '/dbc/car.dbc',
    encoding: 'utf-8',
    version: null,
    comment: null,
    madeFrom: [],
    checksums: null,
    nodes: [],
    attributes: [],
    valueTables: [],
    findings: { errors: 0, warnings: 0 },
    messages: [],
    ...changes,
  };
}

/** Half of a bus. */
export const HALF_COVERAGE: DbcCoverage = {
  frames: 60_311,
  decodedFrames: 30_000,
  messages: 40,
  decodedMessages: 11,
  otherSize: 0,
  checkedFrames: 20_000,
  wrongChecksums: 0,
};

/** A bus that was read with a database of the command line. */
export function makeBusDatabase(changes: Partial<BusDatabase> = {}): BusDatabase {
  return {
    bus: 0,
    database: { name: 'car', path: '/dbc/car.dbc', source: 'option' },
    coverage: HALF_COVERAGE,
    advice: null,
    ...changes,
  };
}
