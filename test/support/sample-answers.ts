import type { LoadReport, LogInfo, SegmentReport } from '#protocol';

const WHOLE_SEGMENT: SegmentReport = {
  segment: null,
  name: 'rlog.zst',
  kind: 'rlog',
  container: 'zstd',
  fileBytes: 12_155_390,
  logBytes: 31_917_880,
  events: 85_560,
  unreadableEvents: 0,
  emptyMessages: 0,
  garbageBytes: 0,
  isWhole: true,
  problems: [],
};

/** A file without damage. */
export const WHOLE_REPORT: LoadReport = {
  name: 'rlog',
  segments: [WHOLE_SEGMENT],
  fileBytes: 12_155_390,
  logBytes: 31_917_880,
  events: 85_560,
  isWhole: true,
  problems: [],
};

/** A route with everything that can be wrong. */
export const DAMAGED_REPORT: LoadReport = {
  name: '0123456789abcdef/00000001--a1b2c3d4e5',
  segments: [
    { ...WHOLE_SEGMENT, segment: 0 },
    {
      ...WHOLE_SEGMENT,
      segment: 2,
      container: 'bzip2',
      events: 1,
      isWhole: false,
      problems: [
        { code: 'CONTAINER_CUT', message: 'the file ends inside a block at byte 900', atByte: 900 },
        { code: 'LOG_CUT', message: 'the log ends inside the message at byte 1200', atByte: 1200 },
      ],
    },
    {
      ...WHOLE_SEGMENT,
      segment: 3,
      container: null,
      fileBytes: 0,
      logBytes: 0,
      events: 0,
      isWhole: false,
      problems: [{ code: 'SEGMENT_UNREADABLE', message: 'Cannot read x/rlog: it is empty', segment: 3 }],
    },
  ],
  fileBytes: 24_310_780,
  logBytes: 63_835_760,
  events: 85_561,
  isWhole: false,
  problems: [{ code: 'SEGMENT_MISSING', message: 'segment 1 is missing', segment: 1 }],
};

/** A log that says everything of itself. */
export const TALKATIVE_INFO: LogInfo = {
  path: 'drive/rlog.zst',
  name: 'rlog',
  route: '0123456789abcdef/00000001--a1b2c3d4e5',
  device: {
    dongleId: '0123456789abcdef',
    deviceType: 'tici',
    version: '0.10.0',
    gitCommit: '0123456789abcdef0123456789abcdef01234567',
    gitBranch: 'release3',
    gitRemote: 'https://github.com/commaai/openpilot.git',
    isDirty: true,
  },
  car: { fingerprint: 'SUBARU_OUTBACK', brand: 'subaru', vin: '4S3**************' },
  schema: { id: 'v0.10.0', reason: 'written by openpilot 0.10.0' },
  startMonoTime: '100000000000',
  monoTime: { first: '90000000000', last: '160000000000', min: '90000000000', max: '160000000000' },
  durationSeconds: 60.04,
  inversions: 3453,
  services: [
    {
      service: 'can',
      tag: 4,
      count: 6000,
      rateHz: 99.96,
      expectedHz: 100,
      longestGap: { seconds: 0.0104, fromSeconds: 42.1 },
      firstSeconds: 0,
      lastSeconds: 60,
    },
    {
      service: 'thumbnail',
      tag: 66,
      count: 4,
      rateHz: 0.0666,
      expectedHz: 0.016667,
      longestGap: { seconds: 15, fromSeconds: -0.001 },
      firstSeconds: 0,
      lastSeconds: 45,
    },
    {
      service: 'unknown(65535)',
      tag: 65_535,
      count: 1,
      rateHz: null,
      expectedHz: null,
      longestGap: null,
      firstSeconds: 0,
      lastSeconds: 0,
    },
  ],
  buses: [
    { bus: 0, frames: 41_340, arbitrationIds: 18 },
    { bus: 128, frames: 4200, arbitrationIds: 2 },
    { bus: 193, frames: 1, arbitrationIds: 1 },
  ],
  report: WHOLE_REPORT,
};

/** A log that says nothing. */
export const SILENT_INFO: LogInfo = {
  path: 'empty',
  name: 'empty',
  route: null,
  device: {
    dongleId: null,
    deviceType: null,
    version: null,
    gitCommit: null,
    gitBranch: null,
    gitRemote: null,
    isDirty: null,
  },
  car: { fingerprint: null, brand: null, vin: null },
  schema: { id: 'newest', reason: 'the log does not say what wrote it' },
  startMonoTime: null,
  monoTime: null,
  durationSeconds: 0,
  inversions: 0,
  services: [],
  buses: [],
  report: { ...WHOLE_REPORT, segments: [], events: 0, fileBytes: 9, logBytes: 0 },
};
