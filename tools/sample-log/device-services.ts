import type { PlainObject } from '../../server/adapters/capnp/plain-value.ts';
import { type Moment, type PeriodicService, WALL_TIME_AT_BOOT } from './service-value.ts';
import { drawGreyImage } from './grey-image.ts';
import { MPH } from './vehicle.ts';

/** Where the drive begins: in the middle of the Pacific, heading east. */
const START_LATITUDE = 30;
const START_LONGITUDE = -150;
/** Degrees of longitude in a metre at 30 degrees north. */
const DEGREES_PER_METRE = 1 / 96_486;

/** Services about the device, the panda and the surroundings, at the rates of openpilot. */
export const DEVICE_SERVICES: readonly PeriodicService[] = [
  { service: 'pandaStates', periodTicks: 10, offsetNanos: 4_500_000, value: describePandaStates },
  { service: 'peripheralState', periodTicks: 50, offsetNanos: 4_700_000, value: describePeripheralState },
  { service: 'gpsLocationExternal', periodTicks: 10, offsetNanos: 100_000, value: describeGpsLocation },
  { service: 'deviceState', periodTicks: 50, offsetNanos: 6_000_000, value: describeDeviceState },
  { service: 'managerState', periodTicks: 50, offsetNanos: 7_500_000, value: describeManagerState },
  { service: 'clocks', periodTicks: 1000, offsetNanos: 8_000_000, value: describeClocks },
  { service: 'logMessage', periodTicks: 40, offsetNanos: 5_200_000, value: describeLogMessage },
  { service: 'errorLogMessage', periodTicks: 2500, offsetNanos: 5_600_000, value: describeErrorMessage },
  { service: 'thumbnail', periodTicks: 1500, offsetNanos: 9_000_000, value: describeThumbnail },
];

function describePandaStates({ car, kind, sequence, random, framesHeard }: Moment): PlainObject[] {
  const [canState0, canState1, canState2] = framesHeard.map((totalRxCnt) => ({
    totalRxCnt,
    canSpeed: 500,
    canDataSpeed: kind === 'subaru' ? 500 : 2000,
    canfdEnabled: kind !== 'subaru',
  }));
  return [
    {
      pandaType: 'tres',
      voltage: 13_900 + random.below(120),
      ignitionLine: true,
      controlsAllowed: car.isCruiseActive,
      safetyModel: kind === 'canfd' ? 'hyundaiCanfd' : 'subaru',
      safetyParam: 1,
      harnessStatus: 'normal',
      uptime: 120 + Math.floor(sequence / 10),
      fanPower: 20,
      canState0,
      canState1,
      canState2,
    },
  ];
}

function describePeripheralState({ random }: Moment): PlainObject {
  return { pandaType: 'tres', voltage: 13_900 + random.below(120), fanSpeedRpm: 2400 + random.below(60) };
}

function describeGpsLocation({ car, monoTime }: Moment): PlainObject {
  return {
    flags: 1,
    hasFix: true,
    satelliteCount: 14,
    latitude: START_LATITUDE,
    longitude: START_LONGITUDE + car.odometer * DEGREES_PER_METRE,
    altitude: 12,
    speed: car.speed,
    bearingDeg: 90,
    vNED: [0, car.speed, 0],
    horizontalAccuracy: 1.4,
    verticalAccuracy: 2.3,
    speedAccuracy: 0.3,
    unixTimestampMillis: (WALL_TIME_AT_BOOT + monoTime) / 1_000_000n,
    source: 'ublox',
  };
}

function describeDeviceState({ random, sequence }: Moment): PlainObject {
  return {
    deviceType: 'tici',
    started: true,
    startedMonoTime: 119_000_000_000n,
    freeSpacePercent: 61.5,
    memoryUsagePercent: 42,
    cpuUsagePercent: Array.from({ length: 8 }, () => 25 + random.below(40)),
    gpuUsagePercent: 30 + random.below(4),
    cpuTempC: Array.from({ length: 8 }, () => 62 + random.below(12) / 2),
    gpuTempC: [61.5, 61],
    memoryTempC: 60.5,
    maxTempC: 68,
    thermalStatus: 'ok',
    networkType: 'wifi',
    networkStrength: 'great',
    screenBrightnessPercent: 55,
    fanSpeedPercentDesired: 30,
    powerDrawW: 7 + (sequence % 8) / 16,
  };
}

function describeManagerState(): PlainObject {
  const names = ['loggerd', 'encoderd', 'camerad', 'pandad', 'card', 'controlsd', 'selfdrived', 'modeld'];
  return {
    processes: names.map((name, index) => ({
      name,
      pid: 1500 + index,
      running: true,
      shouldBeRunning: true,
    })),
  };
}

function describeClocks({ monoTime }: Moment): PlainObject {
  return { wallTimeNanos: WALL_TIME_AT_BOOT + monoTime };
}

/** One line of openpilot's structured log. */
function describeLogMessage({ car, sequence, random }: Moment): string {
  const subject = random.pick(['cruise', 'panda', 'thermal', 'planner', 'network']);
  return JSON.stringify({
    msg: { event: `synthetic ${subject} report`, speedMph: Math.round(car.speed / MPH), sequence },
    ctx: { dongle_id: '0000000000000000', version: 'synthetic', dirty: false, device: 'tici' },
    level: 'INFO',
    levelnum: 20,
    name: 'swaglog',
    filename: `${subject}d.py`,
    lineno: 10 + random.below(400),
  });
}

function describeErrorMessage({ sequence }: Moment): string {
  return JSON.stringify({
    msg: `synthetic error ${String(sequence)}: nothing is wrong`,
    level: 'ERROR',
    levelnum: 40,
    name: 'swaglog',
    filename: 'card.py',
    lineno: 99,
  });
}

function describeThumbnail({ monoTime, sequence }: Moment): PlainObject {
  return {
    frameId: sequence * 300,
    timestampEof: monoTime - 30_000_000n,
    thumbnail: drawGreyImage(64 + ((sequence * 37) % 128)),
    encoding: 'jpeg',
  };
}
