import type { PlainObject } from '../../server/adapters/capnp/plain-value.ts';
import type { DriveKind } from './drive-plan.ts';
import { WALL_TIME_AT_BOOT } from './service-value.ts';

/** When the logger built `initData`, in nanoseconds since boot; every segment begins with the same one. */
export const INIT_DATA_MONO_TIME = 113_851_146_258n;

/** Marks in `initData` and elsewhere that nobody can take the log for a real one. */
const SYNTHETIC_COMMIT = '0000000000000000000000000000000000000000';
const NOTE = 'This log was generated: no car, no device and no person took part in it. ';

/** Returns the `initData` of a drive; long enough to spill over one segment of a message, as on a device. */
export function describeInitData(kind: DriveKind, seed: number): PlainObject {
  const params = {
    CarModel: kind === 'canfd' ? 'HYUNDAI_IONIQ_5' : 'SUBARU_OUTBACK',
    DongleId: '0000000000000000',
    GitBranch: 'synthetic',
    SyntheticSeed: String(seed),
    SyntheticNote: NOTE.repeat(128),
  };
  return {
    kernelArgs: ['console=ttyMSM0,115200n8', 'androidboot.hardware=qcom', 'synthetic=1'],
    deviceType: 'tici',
    version: '0.10.0',
    dongleId: '0000000000000000',
    gitCommit: SYNTHETIC_COMMIT,
    gitSrcCommit: SYNTHETIC_COMMIT,
    gitBranch: 'synthetic',
    gitRemote: 'https://example.invalid/synthetic.git',
    gitCommitDate: "'1755000000 2025-08-12 12:00:00 +0000'",
    dirty: false,
    kernelVersion: 'Linux version 4.9.103+ (synthetic) #1 SMP PREEMPT',
    osVersion: '12.8',
    wallTimeNanos: WALL_TIME_AT_BOOT + INIT_DATA_MONO_TIME,
    bootlogId: '00000001--0000000000',
    params: {
      entries: Object.entries(params).map(([key, value]) => ({
        key,
        value: new TextEncoder().encode(value),
      })),
    },
    commands: { entries: [{ key: 'df -h', value: new TextEncoder().encode('synthetic\n') }] },
  };
}
