/** How the machine and this process are. */
export interface MachineState {
  /** Of all processors, since the measurement before. */
  readonly cpuPercent: number;
  /** Of what this process may use, which a container may limit. */
  readonly memoryPercent: number;
  readonly memoryAvailableBytes: number;
  /** Memory of this process. */
  readonly residentBytes: number;
  /** How much later than asked for the slowest hundredth of timers comes, over the last seconds. */
  readonly eventLoopLagMs: number;
  readonly diskFreeBytes: number;
  readonly diskTotalBytes: number;
  readonly uptimeSeconds: number;
}

/** Tells how the machine is. */
export interface Machine {
  /** Quick enough to be called for every probe; what cannot be measured is 0. */
  measure(): Promise<MachineState>;
  /** Stops watching. */
  close(): void;
}
