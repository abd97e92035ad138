import { type BitRates, type BusTraffic, measureBusyTime } from '../../core/can/bus-load.ts';
import { findCarBus, findOrigin, findSentBus } from '../../core/can/bus-origin.ts';
import type { LogFindings } from './log-survey.ts';

/** Load of one bus in one stretch of time. Seconds after second 0 of the log; loads in percent. */
export interface BusLoad {
  readonly traffic: BusTraffic;
  readonly from: number;
  /** How long the stretch is: the first and the last end with the frames of the log. */
  readonly seconds: number;
  /** By the frames of the bus as logged; undefined where the stretch is too short to tell. */
  readonly load: number | undefined;
  /** With the frames that openpilot sent on it; undefined but for buses of the car. */
  readonly totalLoad: number | undefined;
}

/** Load of one bus from the first frame of the log to the last. */
export interface BusOverview {
  /** As logged. */
  readonly bus: number;
  readonly rates: BitRates;
  readonly frames: number;
  readonly fdFrames: number;
  readonly meanLoad: number;
  /** Undefined where no stretch is long enough. */
  readonly peak: BusLoad | undefined;
  readonly totalMeanLoad: number | undefined;
  readonly loads: readonly BusLoad[];
}

/** Bit rates by bus of the car. */
export type RatesOfBus = (bus: number) => BitRates;

/** A stretch that was seen for a smaller part says nothing of its load. */
const LEAST_PART = 0.1;

/** Works out the load of every bus, lowest first. */
export function listBusOverviews(
  findings: LogFindings,
  { bucketSeconds, ratesOf }: { readonly bucketSeconds: number; readonly ratesOf: RatesOfBus },
): readonly BusOverview[] {
  const span = findSpan(findings);
  if (span === undefined) return [];
  const meter = new LoadMeter(findings, { ...span, bucketSeconds, ratesOf });
  return findings.buses.map(({ bus }) => meter.describe(bus));
}

/** From the first frame of all buses to the last, in seconds. */
function findSpan({ buses, start }: LogFindings): { readonly from: number; readonly to: number } | undefined {
  if (buses.length === 0) return undefined;
  const from = Math.min(...buses.map(({ times }) => times.first));
  const to = Math.max(...buses.map(({ times }) => times.last));
  return { from: (from - start) / 1e9, to: (to - start) / 1e9 };
}

interface MeterOptions {
  readonly from: number;
  readonly to: number;
  readonly bucketSeconds: number;
  readonly ratesOf: RatesOfBus;
}

class LoadMeter {
  readonly #start: number;
  readonly #options: MeterOptions;
  readonly #trafficOfBus: ReadonlyMap<number, readonly BusTraffic[]>;

  constructor({ start, traffic }: LogFindings, options: MeterOptions) {
    this.#start = start / 1e9;
    this.#options = options;
    this.#trafficOfBus = Map.groupBy(traffic, ({ bus }) => bus);
  }

  describe(bus: number): BusOverview {
    const rates = this.#options.ratesOf(findCarBus(bus));
    const traffic = this.#trafficOf(bus);
    const isOfCar = findOrigin(bus) === 'received';
    const echoes = isOfCar ? this.#trafficOf(findSentBus(bus)) : [];
    const loads = this.#listLoads(traffic, isOfCar ? echoes : undefined, rates);
    const whole = loads.filter((each) => each.load !== undefined);
    return {
      bus,
      rates,
      frames: sum(traffic, (each) => each.frames),
      fdFrames: sum(traffic, (each) => each.fdFrames),
      meanLoad: this.#measureMean(traffic, rates),
      peak:
        whole.length === 0
          ? undefined
          : whole.reduce((peak, each) => (loadOf(each) > loadOf(peak) ? each : peak)),
      totalMeanLoad: isOfCar ? this.#measureMean([...traffic, ...echoes], rates) : undefined,
      loads,
    };
  }

  #trafficOf(bus: number): readonly BusTraffic[] {
    return this.#trafficOfBus.get(bus) ?? [];
  }

  #listLoads(
    traffic: readonly BusTraffic[],
    echoes: readonly BusTraffic[] | undefined,
    rates: BitRates,
  ): readonly BusLoad[] {
    const busyByEchoes = new Map(echoes?.map((each) => [each.index, measureBusyTime(each, rates)]));
    return traffic.map((each) => {
      const { from, seconds } = this.#findStretch(each.index);
      const isTold = seconds >= LEAST_PART * this.#options.bucketSeconds;
      const busy = measureBusyTime(each, rates);
      const total = echoes && busy + (busyByEchoes.get(each.index) ?? 0);
      return {
        traffic: each,
        from,
        seconds,
        load: isTold ? (100 * busy) / seconds : undefined,
        totalLoad: isTold && total !== undefined ? (100 * total) / seconds : undefined,
      };
    });
  }

  #findStretch(index: number): { readonly from: number; readonly seconds: number } {
    const { from, to, bucketSeconds } = this.#options;
    const start = Math.max(from, index * bucketSeconds - this.#start);
    const end = Math.min(to, (index + 1) * bucketSeconds - this.#start);
    return { from: start, seconds: Math.max(0, end - start) };
  }

  #measureMean(traffic: readonly BusTraffic[], rates: BitRates): number {
    const { from, to } = this.#options;
    return to > from ? (100 * sum(traffic, (each) => measureBusyTime(each, rates))) / (to - from) : 0;
  }
}

function loadOf({ load = 0 }: BusLoad): number {
  return load;
}

function sum<Item>(items: readonly Item[], measure: (item: Item) => number): number {
  return items.reduce((total, item) => total + measure(item), 0);
}
