import type { LoadReport, LogInfo, SegmentReport, ServiceInfo, SessionState } from '#protocol';
import type { Answer } from '../../webviews/shared/host/page-host.ts';
import type { Block } from '../../webviews/shared/blocks.ts';

/** Where the fake log is said to be. */
export const FAKE_PATH = '/logs/drive-minute.rlog.zst';
/** Length of the fake log, in seconds. */
export const FAKE_SECONDS = 66.16;

/** A minute as a car of 2020 records it: service, count, expected rate, longest gap in seconds. */
const SERVICES: readonly (readonly [
  service: string,
  count: number,
  expectedHz: number | null,
  gap: number,
])[] = [
  ['accelerometer', 6255, 104, 0.01],
  ['gyroscope', 6255, 104, 0.01],
  ['carState', 5999, 100, 0.011],
  ['carControl', 5999, 100, 0.011],
  ['carOutput', 5999, 100, 0.011],
  ['controlsState', 5999, 100, 0.011],
  ['selfdriveState', 5999, 100, 0.011],
  ['can', 5850, 100, 1.51],
  ['sendcan', 5461, 100, 0.03],
  ['androidLog', 1965, null, 0.232],
  ['liveParameters', 1201, 20, 0.053],
  ['longitudinalPlan', 1201, 20, 0.053],
  ['driverAssistance', 1201, 20, 0.053],
  ['liveTracks', 1200, 20, 0.056],
  ['radarState', 1200, 20, 0.056],
  ['roadCameraState', 1200, 20, 0.051],
  ['wideRoadCameraState', 1200, 20, 0.051],
  ['uiDebug', 1200, null, 0.053],
  ['driverCameraState', 1200, 20, 0.051],
  ['driverStateV2', 1200, 20, 0.053],
  ['driverMonitoringState', 1200, 20, 0.053],
  ['ubloxRaw', 1200, 20, 0.053],
  ['modelV2', 1200, 20, 0.054],
  ['drivingModelData', 1200, 20, 0.053],
  ['cameraOdometry', 1200, 20, 0.053],
  ['livePose', 1200, 20, 0.053],
  ['driverEncodeIdx', 1200, 20, 0.055],
  ['qRoadEncodeIdx', 1200, 20, 0.054],
  ['wideRoadEncodeIdx', 1200, 20, 0.055],
  ['roadEncodeIdx', 1200, 20, 0.054],
  ['logMessage', 856, null, 0.635],
  ['pandaStates', 600, 10, 0.102],
  ['soundPressure', 600, 10, 0.102],
  ['gnssMeasurements', 600, 10, 0.102],
  ['magnetometer', 592, 25, 0.148],
  ['liveCalibration', 240, 4, 0.26],
  ['deviceState', 120, 2, 0.51],
  ['peripheralState', 120, 2, 0.51],
  ['managerState', 120, 2, 0.51],
  ['procLog', 30, 0.5, 2.01],
  ['errorLogMessage', 35, null, 9.2],
  ['thumbnail', 12, null, 5.01],
  ['onroadEvents', 9, null, 41],
  ['userBookmark', 1, null, 0],
  ['carParams', 1, null, 0],
  ['initData', 1, null, 0],
];

const EVENTS = SERVICES.reduce((sum, [, count]) => sum + count, 0);
const TEXT_ERRORS = Array.from({ length: 35 }, (_, index) => 6.15 + ((index * 1.713) % 59.9)).sort(
  (a, b) => a - b,
);

/** Makes a block of numbers. */
export function makeBlock(numbers: Float32Array | Float64Array | Uint32Array | Uint8Array): Block {
  return { bytes: numbers.slice().buffer };
}

/** What was read of the one file. */
export function makeSegmentReport(changes: Partial<SegmentReport> = {}): SegmentReport {
  return {
    segment: null,
    name: 'drive-minute.rlog.zst',
    kind: 'rlog',
    container: 'zstd',
    fileBytes: 12_200_000,
    logBytes: 31_900_000,
    events: EVENTS,
    unreadableEvents: 0,
    emptyMessages: 0,
    garbageBytes: 0,
    isWhole: true,
    problems: [],
    ...changes,
  };
}

/** What was read of the whole. */
export function makeLoadReport(changes: Partial<LoadReport> = {}): LoadReport {
  const segments = changes.segments ?? [makeSegmentReport()];
  return {
    name: 'drive-minute.rlog.zst',
    segments,
    fileBytes: segments.reduce((sum, { fileBytes }) => sum + fileBytes, 0),
    logBytes: segments.reduce((sum, { logBytes }) => sum + logBytes, 0),
    events: segments.reduce((sum, { events }) => sum + events, 0),
    isWhole: segments.every(({ isWhole }) => isWhole),
    problems: [],
    ...changes,
  };
}

/** How far the log is read: whole, where nothing else is said. */
export function makeSessionState(changes: Partial<SessionState> = {}): SessionState {
  return {
    session: 's1',
    path: FAKE_PATH,
    name: 'drive-minute.rlog.zst',
    revision: 1,
    phase: 'complete',
    hasGrown: false,
    fraction: 1,
    events: EVENTS,
    seconds: FAKE_SECONDS,
    expectedSeconds: FAKE_SECONDS,
    kinds: ['rlog'],
    report: makeLoadReport(),
    failure: null,
    ...changes,
  };
}

/** Services of the log, the most frequent first. */
export function makeServices(): readonly ServiceInfo[] {
  return SERVICES.map(([service, count, expectedHz, gap], index) => {
    const spokenSeconds = service === 'can' || service === 'sendcan' ? 59.98 : 60;
    return {
      service,
      tag: index,
      count,
      rateHz: count < 2 ? null : (count - 1) / spokenSeconds,
      expectedHz,
      longestGap: count < 2 ? null : { seconds: gap, fromSeconds: service === 'can' ? 35.56 : 20 },
      firstSeconds: 6.15,
      lastSeconds: 66.14,
    };
  }).sort((a, b) => b.count - a.count);
}

/** What the log is. */
export function makeLogInfo(changes: Partial<LogInfo> = {}): LogInfo {
  return {
    path: FAKE_PATH,
    name: 'drive-minute.rlog.zst',
    route: 'b0c9d2329ad1606b/00000012--a1b2c3d4e5',
    device: {
      dongleId: 'b0c9d2329ad1606b',
      deviceType: 'tici',
      version: '0.10.0',
      gitCommit: 'f7c4147fe2b1d09a53c6',
      gitBranch: 'lab',
      gitRemote: 'https://example.com/openpilot.git',
      isDirty: false,
    },
    car: { fingerprint: 'TOYOTA_RAV4', brand: 'toyota', vin: 'LAB••••••••••••••' },
    schema: { id: '0.10.0', reason: 'initData says 0.10.0' },
    startMonoTime: '81000000000',
    monoTime: { first: '81000000000', last: '147160000000', min: '81000000000', max: '147160000000' },
    durationSeconds: FAKE_SECONDS,
    inversions: 22_201,
    services: makeServices(),
    buses: [
      { bus: 0, frames: 52_300, arbitrationIds: 96 },
      { bus: 1, frames: 23_100, arbitrationIds: 40 },
      { bus: 2, frames: 31_400, arbitrationIds: 61 },
      { bus: 128, frames: 18_040, arbitrationIds: 12 },
    ],
    report: makeLoadReport(),
    ...changes,
  };
}

/** What the log holds. */
export function makeOverview(
  changes: Partial<Answer<'sessions/overview'>> = {},
): Answer<'sessions/overview'> {
  const columns = 1000;
  const { low, high } = makeSpeed(columns);
  return {
    revision: 1,
    info: makeLogInfo(),
    ecus: 9,
    safetyModel: 'toyota',
    engagedSeconds: 50.96,
    drivingSeconds: 60,
    findings: [
      {
        kind: 'slow',
        severity: 'warning',
        service: 'sendcan',
        atSeconds: null,
        text: 'sendcan 91 of 100 Hz',
      },
      {
        kind: 'slow',
        severity: 'warning',
        service: 'magnetometer',
        atSeconds: null,
        text: 'magnetometer 9.9 of 25 Hz',
      },
      {
        kind: 'gap',
        severity: 'warning',
        service: 'can',
        atSeconds: 35.56,
        text: 'can silent for 1.51 s at 0:35.56',
      },
    ],
    bands: {
      engaged: [{ from: 15.179, to: 66.138, label: 'enabled, 50.96 s' }],
      alerts: [{ from: 7.014, to: 16.014, label: 'wrongCarMode, no entry', severity: 'normal' }],
      driverSteering: [
        { from: 9.4, to: 10.1 },
        { from: 12, to: 12.2 },
        { from: 12.9, to: 13.1 },
        { from: 13.6, to: 13.75 },
        { from: 14.8, to: 15.1 },
      ],
      userFlags: [27.07],
      canErrors: [],
      textErrors: TEXT_ERRORS,
      gaps: [{ from: 0, to: 6.15 }],
      missingSegments: [],
    },
    speed: { columns, low: makeBlock(low), high: makeBlock(high) },
    thumbnails: Array.from({ length: 12 }, (_, place) => ({
      index: 1000 + place * 7000,
      seconds: 8 + place * 5,
      service: 'thumbnail',
    })),
    textErrors: TEXT_ERRORS.map((seconds, place) => ({
      index: 500 + place * 2000,
      seconds,
      text: `lab error: ${['network wifi valid value retry lag', 'spi dropped encoder blocks signal', 'calibration changed, exposure athena'][place % 3] ?? ''} ${place}`,
    })),
    textErrorCount: TEXT_ERRORS.length,
    ...changes,
  };
}

/** Events of each service over time. */
export function makeActivity(columns: number): Answer<'sessions/activity'> {
  return {
    revision: 1,
    services: SERVICES.map(([service, count, expectedHz]) => ({
      service,
      bytes: count * 190,
      counts: makeBlock(makeCounts(count / columns, { columns, isSteady: expectedHz !== null })),
    })),
  };
}

function makeCounts(
  mean: number,
  { columns, isSteady }: { readonly columns: number; readonly isSteady: boolean },
): Uint32Array {
  return Uint32Array.from({ length: columns }, (_, column) => {
    if ((column / columns) * FAKE_SECONDS < 6.15) return 0;
    return Math.round(mean * (isSteady ? 1 : 0.4 + ((column * 7919) % 13) / 8));
  });
}

function makeSpeed(columns: number): { readonly low: Float32Array; readonly high: Float32Array } {
  const low = new Float32Array(columns);
  for (let column = 0; column < columns; column += 1) {
    const seconds = (column / columns) * FAKE_SECONDS;
    low[column] = seconds < 6.15 ? Number.NaN : 14 + 5 * Math.sin((seconds - 12) / 14);
  }
  return { low, high: low.map((value) => value + 0.2) };
}

/** A road, 96 by 54 pixels, as PNG. */
const PICTURE = [
  'iVBORw0KGgoAAAANSUhEUgAAAGAAAAA2CAAAAAAdJMMOAAAAqUlEQVR42u3RwQ0CMQxE0V8RFVCAS5ryEXd2yU+yYpHse+Y5',
  'Yx4XDw000EADDTTQQAN/AjzdVMo9kEC950KgSgtM5CuBmXwjMJUvBGx+pIDdP/IP2H4iW8L2H3mHmwD1ebYBVfMCK/kjAkv5',
  'AwJr+d8FbH6kgN0/8g/YfiJbwvYfeYffAjU6k0DVBoEt+ScCe/KPBTblHwrY/EgBu3/kH7D9RLaE7T/yDi+y2m49eRUuEwAA',
  'AABJRU5ErkJggg==',
].join('');

/** A picture of the log. */
export function makeThumbnail(): Answer<'sessions/thumbnail'> {
  const bytes = Uint8Array.from(atob(PICTURE), (sign) => sign.charCodeAt(0));
  return { contentType: 'image/png', bytes: makeBlock(bytes) };
}
