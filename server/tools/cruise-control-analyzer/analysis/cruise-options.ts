import type { BitAddress } from './cruise-findings.ts';
import type { MarkerOptions } from '../../subaru/marker-windows.ts';

export interface EngagedOptions {
  readonly bit: BitAddress;
  /** `filter` leaves only edges, runs and moments within engaged intervals. */
  readonly mode: 'annotate' | 'filter';
  readonly marginSeconds: number;
}

export interface CruiseOptions {
  /** Both ends included. */
  readonly speedRange: { readonly minMph: number; readonly maxMph: number };
  readonly markers: MarkerOptions;
  readonly engaged?: EngagedOptions | undefined;
  /** Further bits whose runs are wanted; one without a bus is watched on all that have the message. */
  readonly watches?: readonly BitAddress[] | undefined;
  /** Where second 0 of the log lies on the time line of the frames; default: the earliest frame. */
  readonly zeroSeconds?: number | undefined;
}
