import { describe, expect, it } from 'vitest';
import { type EventToWrite, EventWriter } from '../../../../server/adapters/capnp/event-writer.ts';
import { readSchemaSource } from '../../../../server/adapters/capnp/schema-source.ts';
import {
  bitList,
  buildEvent,
  canFrames,
  dataBytes,
  type EventContent,
  numberList,
  pointerList,
  struct,
  structList,
  text,
} from '../../../support/message-builder.ts';
import { countSegments, parseMessage } from '../../../support/message-parser.ts';

const writer = new EventWriter(readSchemaSource());

/** Single-segment messages, byte for byte: what is written beside the tree that the schema asks for. */
const EVENTS: readonly (EventContent & {
  readonly name: string;
  readonly event: Omit<EventToWrite, 'logMonoTime'>;
})[] = [
  {
    name: 'an enum by name and a negative number',
    event: { service: 'sentinel', value: { type: 'endOfRoute', signal: -2 } },
    tag: 71,
    content: struct([0xffff_fffe_0000_0001n]),
  },
  {
    name: 'an enumerant newer than the schema, as number',
    event: { service: 'sentinel', value: { type: 4000 } },
    tag: 71,
    content: struct([4000n]),
  },
  {
    name: 'a text as the service itself, invalid',
    event: { service: 'logMessage', valid: false, value: 'grüß' },
    tag: 17,
    isValid: false,
    content: text('grüß'),
  },
  {
    name: 'data as the service itself',
    event: { service: 'ubloxRaw', value: Uint8Array.of(1, 2, 3) },
    tag: 38,
    content: dataBytes([1, 2, 3]),
  },
  {
    name: 'a list of structs with data',
    event: {
      service: 'can',
      value: [
        { address: 0x18daf110, dat: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), src: 128 },
        { address: 0, dat: new Uint8Array(0), src: 255 },
      ],
    },
    tag: 4,
    content: canFrames([
      { address: 0x18daf110, bus: 128, data: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
      { address: 0, bus: 255, data: [] },
    ]),
  },
  {
    name: 'floats, flags beside them, and what null and undefined leave out',
    event: {
      service: 'carOutput',
      value: { actuatorsOutput: { accel: 1.5, torque: null, speed: undefined } },
    },
    tag: 125,
    content: struct([], [struct([0n, 0n, 0x3fc0_0000n, 0n, 0n])]),
  },
  {
    name: 'a member of a union with its tag',
    event: { service: 'temperatureSensor', value: { timestamp: -1, temperature: 21.5 } },
    tag: 95,
    content: struct([0n, 9n << 32n, 2n ** 64n - 1n, 0x41ac_0000n << 32n], [undefined]),
  },
  {
    name: 'defaults as the difference to them',
    event: { service: 'radarState', value: { leadOne: { radarTrackId: 5 }, leadTwo: { radarTrackId: -1 } } },
    tag: 12,
    content: struct(
      [0n, 0n, 0n, 0n, 0n],
      [
        undefined,
        struct([0n, 0n, 0n, 0n, 0n, 0n, 0xffff_fffan << 32n]),
        struct([0n, 0n, 0n, 0n, 0n, 0n, 0n]),
        undefined,
        undefined,
        undefined,
      ],
    ),
  },
  {
    name: 'a list of lists',
    event: {
      service: 'lateralTorqueParameters',
      value: { points: [[1], Float32Array.of(2, 3), []], calPerc: -7 },
    },
    tag: 92,
    content: struct(
      [0xf900n, 0n, 0n, 0n, 0n, 0n],
      [pointerList([[1], [2, 3], []].map((row) => numberList(Float32Array.from(row))))],
    ),
  },
  {
    name: 'a field of a group, 64-bit integers',
    event: { service: 'carState', value: { deprecated: { canMonoTimes: [1n, 2 ** 40] } } },
    tag: 21,
    content: struct(
      Array.from({ length: 10 }, () => 0n),
      [undefined, undefined, undefined, undefined, numberList(BigInt64Array.of(1n, 2n ** 40n)), undefined],
    ),
  },
  {
    name: 'lists of numbers and of bits',
    event: { service: 'testJoystick', value: { axes: [0.5, -1], buttons: [true, false, true] } },
    tag: 51,
    content: struct([], [numberList(Float32Array.of(0.5, -1)), bitList([true, false, true])]),
  },
  {
    name: 'a map, whose entries take their types from it',
    event: { service: 'initData', value: { params: { entries: [{ key: 'k', value: Uint8Array.of(7) }] } } },
    tag: 0,
    content: struct(
      [0n, 0n],
      Array.from({ length: 21 }, (_, index) =>
        index === 14 ? struct([], [structList([struct([], [text('k'), dataBytes([7])])])]) : undefined,
      ),
    ),
  },
];

const LONG_EVENT: EventToWrite = {
  logMonoTime: 1n,
  service: 'initData',
  value: {
    dongleId: '0000000000000000',
    kernelArgs: ['a=1', 'b=2'],
    // Fills a segment of 4 KiB to the last byte, so that its landing pad must stand in another one.
    params: { entries: [{ key: 'whole segment', value: new Uint8Array(4096).fill(0x5a) }] },
    commands: { entries: [{ key: 'long', value: new Uint8Array(9000).fill(0xa5) }] },
  },
};

/** Values that do not fit, and what the error says. */
const MISTAKES: readonly (readonly [EventToWrite['service'], EventToWrite['value'], string])[] = [
  ['carStat', {}, 'No service "carStat" in the log schema. Did you mean carState'],
  ['valid', true, 'No service "valid" in the log schema'],
  ['carState', { wheelSpeeds: { front: 1 } }, 'carState.wheelSpeeds has no field "front"'],
  ['carState', { gearShifter: 'drove' }, 'carState.gearShifter has no value "drove". Did you mean drive'],
  ['can', [{ src: 0 }, { src: 256 }], 'can[1].src takes an integer from 0 to 255, not 256'],
  ['can', [{ address: 1.5 }], 'can[0].address takes an integer from 0 to 4294967295, not 1.5'],
  ['can', { address: 1 }, 'can takes an array, not an object'],
  ['can', [{ dat: 'ff' }], 'can[0].dat takes a Uint8Array, not "ff"'],
  ['carState', { vEgo: 10n }, 'carState.vEgo takes a number, not 10n'],
  ['carState', { brakePressed: 1 }, 'carState.brakePressed takes true or false, not 1'],
  ['carState', [], 'carState takes an object, not an array'],
  ['logMessage', 7, 'logMessage takes a string, not 7'],
  [
    'clocks',
    { wallTimeNanos: -1n },
    'clocks.wallTimeNanos takes a bigint from 0 to 18446744073709551615, not -1n',
  ],
  [
    'temperatureSensor',
    { light: 1, temperature: 2 },
    'temperatureSensor sets two members of one union: "light" and "temperature"',
  ],
];

describe('EventWriter', () => {
  it.each(EVENTS)('writes $name', ({ event, tag, content, isValid = true }) => {
    const monoTime = 2n ** 64n - 1n;
    const expected = buildEvent({ monoTime, tag, content, isValid });
    expect(writer.write({ logMonoTime: monoTime, ...event })).toEqual(expected);
  });

  it('spreads a long event over segments, and the same event stands in them as in one', () => {
    const spread = writer.write(LONG_EVENT);
    const together = writer.write(LONG_EVENT, { segmentBytes: 1 << 16 });
    const scattered = writer.write(LONG_EVENT, { segmentBytes: 16 });
    expect([together, spread, scattered].map(countSegments)).toEqual([1, 2, 15]);
    expect(parseMessage(spread)).toEqual(parseMessage(together));
    expect(parseMessage(scattered)).toEqual(parseMessage(together));
  });

  it.each(MISTAKES)('refuses a mistake in %s: %o', (service, value, message) => {
    expect(() => writer.write({ logMonoTime: 0n, service, value })).toThrow(message);
  });
});
