import type { MessageView } from '../rlog/message-view.ts';
import type { LogSchema } from './log-schema.ts';
import { StructReader } from './struct-reader.ts';

/** Which car a log is from. Texts are empty where it does not say. */
export interface CarParams {
  readonly carFingerprint: string;
  readonly brand: string;
  /** Vehicle identification number with all but the manufacturer's part hidden; undefined where it was not read. */
  readonly maskedVin: string | undefined;
}

/** The first three characters of a VIN name its manufacturer (ISO 3780); the rest tells cars apart. */
const MANUFACTURER_CHARACTERS = 3;

/** Reads the facts of a `carParams` event from the message that `view` was opened on. */
export function readCarParams(view: MessageView, schema: LogSchema): CarParams | undefined {
  const reader = new StructReader(schema, 'CarParams');
  if (!reader.openContent(view)) return undefined;
  return {
    carFingerprint: reader.text('carFingerprint'),
    // The name that mainline had until it became `brand`, and forks still have.
    brand: reader.text('carName'),
    maskedVin: maskVin(reader.text('carVin')),
  };
}

/** openpilot writes zeros for a VIN that the car did not tell. */
function maskVin(vin: string): string | undefined {
  if (/^0*$/.test(vin)) return undefined;
  return vin.slice(0, MANUFACTURER_CHARACTERS).padEnd(vin.length, '*');
}
