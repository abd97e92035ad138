import type { Machine, MachineState } from '../../server/services/service/machine.ts';

/** A machine at ease. */
const CALM: MachineState = {
  cpuPercent: 12.5,
  memoryPercent: 40,
  memoryAvailableBytes: 6_000_000_000,
  residentBytes: 90_000_000,
  eventLoopLagMs: 2,
  diskFreeBytes: 75_000_000_000,
  diskTotalBytes: 100_000_000_000,
  uptimeSeconds: 61,
};

/** A machine that is as a test says. */
export function fakeMachine(state: Partial<MachineState> = {}): Machine {
  return { measure: async () => ({ ...CALM, ...state }), close: () => undefined };
}
