/** From here on panda numbers the buses of frames that openpilot sent; source: panda, python/__init__.py. */
const FIRST_SENT = 128;
/** From here on those of frames that panda did not let pass. */
const FIRST_REJECTED = 192;

/** How frames came to be on a bus. */
export type BusOrigin =
  | 'received'
  /** Sent by openpilot, and logged when it was on its way. */
  | 'sent'
  /** Sent by openpilot, and not let pass by panda. */
  | 'rejected';

/** Tells from a bus as logged how its frames came there. */
export function findOrigin(bus: number): BusOrigin {
  if (bus < FIRST_SENT) return 'received';
  return bus < FIRST_REJECTED ? 'sent' : 'rejected';
}

/** The bus that the car has, of a bus as logged: 1 for 1, 129 and 193. */
export function findCarBus(bus: number): number {
  if (bus < FIRST_SENT) return bus;
  return bus < FIRST_REJECTED ? bus - FIRST_SENT : bus - FIRST_REJECTED;
}

/** The bus as logged on which frames stand that openpilot sent. */
export function findSentBus(bus: number): number {
  return bus + FIRST_SENT;
}
