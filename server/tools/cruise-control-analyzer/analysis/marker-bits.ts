import type { MarkerType } from '../../subaru/marker-windows.ts';
import type { MessageSource } from './cruise-findings.ts';
import { type CruiseMessageName, findStartBit } from '../../subaru/subaru-signals.ts';

/** The bit whose rise starts markers. */
export interface MarkerBit {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly bit: number;
  /** Such as `Dashlights.left`. */
  readonly signal: string;
}

const STARTS: Partial<Record<MarkerType, readonly [message: CruiseMessageName, signal: string]>> = {
  blinkers: ['Dashlights', 'left'],
  'cruise-buttons': ['Cruise_Buttons', 'set'],
};

/** Names the bit that starts markers of a type; undefined for those that are set by hand, or that no bus can tell. */
export function findMarkerBit(type: MarkerType, sources: readonly MessageSource[]): MarkerBit | undefined {
  const [message, signal] = STARTS[type] ?? [];
  const source = sources.find((one) => one.message === message);
  if (message === undefined || signal === undefined || source?.bus === undefined) return undefined;
  const bit = findStartBit(message, signal);
  return { bus: source.bus, arbitrationId: source.arbitrationId, bit, signal: `${message}.${signal}` };
}
