import { HOSTILE_NAMES, makeCanAnswers, makeMessage, makeMessages, makeSignal } from './fake-can-log.ts';
import type { FakeAnswers } from './fake-page-host.ts';

/** Answers of a log by what is special about it: `hostile`, `many`, `empty`, or nothing. */
export function chooseCanAnswers(log: string | null): FakeAnswers {
  switch (log) {
    case 'hostile':
      return makeCanAnswers({ messages: HOSTILE_MESSAGES, signals: HOSTILE_SIGNALS, stride: 64 });
    case 'many':
      return makeCanAnswers({ messages: makeMessages(2000) });
    case 'empty':
      return makeCanAnswers({ messages: [] });
    default:
      return makeCanAnswers();
  }
}

const HOSTILE_MESSAGES = [
  ...HOSTILE_NAMES.map((name, place) =>
    makeMessage({ arbitrationId: place + 1, name, node: name, maxBytes: 64, frames: 123_456_789 }),
  ),
  makeMessage({ arbitrationId: 0x1fffffff, name: 'LONG_ID', maxBytes: 64, rateHz: null }),
  makeMessage({ arbitrationId: 0x18daf110, bus: 193, carBus: 1, origin: 'rejected', maxBytes: 0 }),
];

const HOSTILE_SIGNALS = [
  makeSignal({ name: 'WHOLE', startBit: 7, length: 512 }),
  ...HOSTILE_NAMES.map((name, place) =>
    makeSignal({ name, startBit: 8 * place, length: 4, unit: name.slice(0, 40) }),
  ),
  makeSignal({ name: 'OUTSIDE', startBit: 1000, length: 64 }),
  makeSignal({
    ...{ name: 'MUX', startBit: 3, length: 4 },
    multiplexing: { isMultiplexor: true, parent: null, ranges: [] },
  }),
  makeSignal({
    ...{ name: 'MUXED', startBit: 3, length: 4 },
    multiplexing: { isMultiplexor: false, parent: 'MUX', ranges: [{ first: 1, last: 2 }] },
  }),
];
