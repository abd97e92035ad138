import type { RequestContext } from '#protocol';
import { createDecodeHandlers } from '../../server/services/dbc/decode/decode-handlers.ts';
import { makeMessage, makeSignal } from './dbc-signals.ts';
import { FixedDatabases, openMessages } from './fixed-databases.ts';
import { type FramesLine, makeCanLog } from './log-builder.ts';
import { fileOf, MemoryLogs } from './memory-logs.ts';

const gear = makeMessage(
  'GEAR',
  [
    makeSignal('POSITION', { startBit: 0, length: 8, labels: new Map([[4, 'D']]) }),
    makeSignal('SPORT', { startBit: 8, length: 1 }),
  ],
  { arbitrationId: 0x25, size: 2 },
);
const brake = makeMessage('BRAKE', [makeSignal('PRESSED', { startBit: 0, length: 1 })], {
  arbitrationId: 0x30,
  size: 1,
});
/** Two messages of a car. */
export const car = openMessages('toyota_x', [gear, brake]);

export const SECOND = 1_000_000_000;
/** Frames of two seconds, on several buses, one of them late. */
export const drive: readonly FramesLine[] = [
  { t: SECOND, which: 'carState' },
  {
    t: SECOND,
    which: 'can',
    can: [
      [0x25, 0, '0400'],
      [0x99, 0, '00'],
      [0x25, 1, '0400'],
    ],
  },
  { t: 1.5 * SECOND, which: 'sendcan', can: [[0x25, 0, '0900']] },
  {
    t: 2 * SECOND,
    which: 'can',
    can: [
      [0x30, 0, '01'],
      [0x25, 0, '0400'],
    ],
  },
  {
    t: 3 * SECOND,
    which: 'can',
    can: [
      [0x25, 0, '0501'],
      [0x25, 128, '0701'],
    ],
  },
  { t: 2.5 * SECOND, which: 'can', can: [[0x30, 0, '00']] },
];

/** A caller that keeps the lines it is told. */
export class Caller implements RequestContext {
  readonly lines: string[] = [];
  notifications = 0;
  readonly signal: AbortSignal;
  readonly #onLines: () => void | Promise<void>;

  constructor(signal = new AbortController().signal, onLines: () => void | Promise<void> = () => undefined) {
    this.signal = signal;
    this.#onLines = onLines;
  }

  readonly notify: RequestContext['notify'] = (method, params) => {
    if (method !== 'dbc/framesDecoded' || !('lines' in params)) return undefined;
    this.notifications++;
    this.lines.push(...(params.lines as string[]));
    return this.#onLines();
  };
}

/** Answers what is asked of one log. */
export function handleDecoding(
  lines: readonly FramesLine[] = drive,
  chooser = new FixedDatabases({ 0: car }),
) {
  return createDecodeHandlers({ logs: new MemoryLogs({ log: fileOf(makeCanLog(lines)) }), chooser });
}
