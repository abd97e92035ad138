import {
  analyzeCruise,
  type CruiseAnalysis,
  type CruiseOptions,
} from '../../server/tools/cruise-control-analyzer/analysis/cruise-analysis.ts';
import { groupFrames, packBits, packSpeed, packStatus, type SubaruFrame } from './subaru-frames.ts';

/** Target 55 to 56 mph, markers by blinkers. */
export const OPTIONS: CruiseOptions = {
  speedRange: { minMph: 55, maxMph: 56 },
  markers: { type: 'blinkers', preSeconds: 1, postSeconds: 1, timeoutSeconds: 15, manual: [] },
};

/** Ids of the messages. */
export const [SPEED, BUTTONS, STATUS, BRAKE, PEDAL, LAMPS] = [0x13a, 0x146, 0x241, 0x220, 0x139, 0x390];
/** Bits of the buttons. */
export const [MAIN, SET, RESUME] = [42, 43, 44];

/** A short drive; bit 0 of 0x027 is set from second 3 to second 5. */
export const DRIVE: readonly SubaruFrame[] = [
  ...[50, 53, 55, 55.5, 56, 57, 55.5, 55.2].map((mph, i): SubaruFrame => [100 + i, SPEED, packSpeed(mph)]),
  ...[[], [MAIN], [], [SET], [], [SET, RESUME], []].map((bits, i): SubaruFrame => {
    return [100.25 + i, BUTTONS, packBits(...bits)];
  }),
  [100.5, STATUS, packStatus(0)],
  [101.5, STATUS, packStatus(0, 54)],
  [103.5, STATUS, packStatus(55, 54, 55)],
  [106.5, STATUS, packStatus(56, 54)],
  [100.1, BRAKE, packBits(), 2],
  [103.6, BRAKE, packBits(39), 2],
  [106.6, BRAKE, packBits(38), 2],
  [100.2, PEDAL, packBits()],
  [106.4, PEDAL, packBits(34)],
  [107.1, PEDAL, packBits()],
  [100, LAMPS, packBits()],
  [102.5, LAMPS, packBits(50)],
  [103, LAMPS, packBits()],
  [105.5, LAMPS, packBits(51)],
  [106, LAMPS, packBits()],
  ...['00', '00', '00', '01', '01', '00', '00'].map((data, i): SubaruFrame => [100 + i, 0x27, data, 1]),
];

/** Analyzes frames in the order given. */
export function analyze(list: Iterable<SubaruFrame>, options: Partial<CruiseOptions> = {}): CruiseAnalysis {
  const { frames, groups } = groupFrames(list);
  return analyzeCruise(frames, groups, { ...OPTIONS, ...options });
}
