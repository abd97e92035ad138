import { SERVICE_RATES } from './tables/service-rates.ts';

/** How often openpilot sends a service, in its newest release that has it. */
export interface ServiceRate {
  /** Events a second; 0 for a service that is sent on demand. */
  readonly frequencyHz: number | undefined;
  /** Every how many events one goes into the qlog; undefined for none. */
  readonly qlogDecimation: number | undefined;
  /** Whether the logger subscribes to it; encode indices are in logs all the same. */
  readonly shouldLog: boolean;
}

/** Rates by union tag of the service. */
export type ServiceRates = ReadonlyMap<number, ServiceRate>;

/** Reads the table of rates. */
export function readServiceRates(): ServiceRates {
  return new Map(SERVICE_RATES.split('\n').map(readRate));
}

function readRate(line: string): [number, ServiceRate] {
  const [tag, frequencyHz = '-', qlogDecimation = '-', logged] = line.split(' ');
  return [
    Number(tag),
    {
      frequencyHz: readNumber(frequencyHz),
      qlogDecimation: readNumber(qlogDecimation),
      shouldLog: logged === 'logged',
    },
  ];
}

function readNumber(text: string): number | undefined {
  return text === '-' ? undefined : Number(text);
}
