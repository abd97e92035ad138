import { formatAddress } from '../../core/can/address-text.ts';

/** How frames came onto a bus; source: panda, python/__init__.py: 128 is added to what it returns, 192 to what it rejects. */
export type FrameSource = 'received' | 'sent' | 'rejected';

const FIRST_SENT = 128;
const FIRST_REJECTED = 192;

/** Tells from a bus as logged how its frames came there. */
export function findSource(bus: number): FrameSource {
  if (bus < FIRST_SENT) return 'received';
  return bus < FIRST_REJECTED ? 'sent' : 'rejected';
}

/** The bus that the car has, of a bus as logged. */
export function findCarBus(bus: number): number {
  if (bus < FIRST_SENT) return bus;
  return bus < FIRST_REJECTED ? bus - FIRST_SENT : bus - FIRST_REJECTED;
}

/** The bus as logged on which frames stand that openpilot sent. */
export function findEchoBus(bus: number): number {
  return bus + FIRST_SENT;
}

/** Such as `bus 0`, `bus 128 (sent on bus 0)`. */
export function nameBus(bus: number): string {
  const source = findSource(bus);
  return source === 'received'
    ? `bus ${String(bus)}`
    : `bus ${String(bus)} (${source === 'sent' ? 'sent' : 'rejected'} on bus ${String(findCarBus(bus))})`;
}

/** Such as `0x123 on bus 0`. */
export function nameMessage({ bus, arbitrationId }: { bus: number; arbitrationId: number }): string {
  return `${formatAddress(arbitrationId)} on ${nameBus(bus)}`;
}
