import { formatAddress } from '../../core/can/address-text.ts';
import { findCarBus, findOrigin } from '../../core/can/bus-origin.ts';

/** Such as `bus 0`, `bus 128 (sent on bus 0)`. */
export function nameBus(bus: number): string {
  const source = findOrigin(bus);
  return source === 'received'
    ? `bus ${String(bus)}`
    : `bus ${String(bus)} (${source === 'sent' ? 'sent' : 'rejected'} on bus ${String(findCarBus(bus))})`;
}

/** Such as `0x123 on bus 0`. */
export function nameMessage({ bus, arbitrationId }: { bus: number; arbitrationId: number }): string {
  return `${formatAddress(arbitrationId)} on ${nameBus(bus)}`;
}
