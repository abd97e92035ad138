import { formatAddress } from '../../../core/can/address-text.ts';

/** Compares addresses by their text, as comma-tools sorts them: `0x18DAF110` before `0x2`. */
export function compareAddresses(a: Addressed, b: Addressed): number {
  if (a.arbitrationId === b.arbitrationId) return 0;
  return writeAddress(a) < writeAddress(b) ? -1 : 1;
}

interface Addressed {
  readonly arbitrationId: number | undefined;
}

function writeAddress({ arbitrationId }: Addressed): string {
  return arbitrationId === undefined ? '' : formatAddress(arbitrationId);
}
