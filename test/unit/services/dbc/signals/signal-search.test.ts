import { describe, expect, it } from 'vitest';
import type { ListSignalsParams } from '#protocol';
import { listSignals } from '../../../../../server/services/dbc/signals/signal-search.ts';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';
import { openMessages } from '../../../../support/fixed-databases.ts';

const MESSAGES = [
  makeMessage(
    'STEER_ANGLE_SENSOR',
    ['STEER_ANGLE', 'STEER_FRACTION', 'STEER_RATE'].map((name, i) =>
      makeSignal(name, { startBit: 8 * i, length: 8 }),
    ),
    { arbitrationId: 0x25 },
  ),
  makeMessage(
    'EPS_STATUS',
    ['IPAS_STATE', 'LKA_STEER', 'oversteer', 'CHECKSUM', 'COUNTER'].map((name, i) =>
      makeSignal(name, { startBit: 8 * i, length: 8 }),
    ),
    { arbitrationId: 0x262 },
  ),
  makeMessage(
    'SPEED',
    [makeSignal('SPEED', { startBit: 0, length: 8 }), makeSignal('ENCODER', { startBit: 8, length: 8 })],
    {
      arbitrationId: 0xb4,
    },
  ),
  makeMessage('NEVER_SENT', [makeSignal('STEER', { startBit: 0, length: 8 })], { arbitrationId: 0x300 }),
];
const OPENED = openMessages('toyota_test', MESSAGES);

function search(params: Partial<ListSignalsParams>, opened = OPENED): ReturnType<typeof listSignals> {
  return listSignals(
    {
      of: (bus) => (bus === 0 ? { opened, source: 'option' } : undefined),
      buses: [],
      startMonoTime: 0n,
      endMonoTime: 0n,
      disorderNs: 0n,
      messages: [
        { bus: 0, arbitrationId: 0x25, frames: 5 },
        { bus: 0, arbitrationId: 0xb4, frames: 4 },
        { bus: 0, arbitrationId: 0x262, frames: 3 },
        { bus: 0, arbitrationId: 0x700, frames: 2 },
        { bus: 1, arbitrationId: 0x25, frames: 1 },
      ],
    },
    { path: 'log', ...params },
  );
}

function namesOf(params: Partial<ListSignalsParams>): string[] {
  return search(params).signals.map(({ signal }) => signal.name);
}

describe('listSignals', () => {
  it('puts names that match best first, and leaves out messages that did not occur', () => {
    expect(namesOf({ search: 'steer' })).toEqual([
      'STEER_ANGLE',
      'STEER_FRACTION',
      'STEER_RATE',
      'LKA_STEER',
      'oversteer',
    ]);
  });

  it('puts a name that is what is searched for before all others', () => {
    expect(namesOf({ search: ' Speed ' })).toEqual(['SPEED', 'ENCODER']);
    expect(namesOf({ search: 'steer_rate' })).toEqual(['STEER_RATE']);
  });

  it('wants every part, in the name of the signal or of its message', () => {
    expect(namesOf({ search: 'sensor rate' })).toEqual(['STEER_RATE']);
    expect(namesOf({ search: 'rate sensor' })).toEqual(['STEER_RATE']);
    expect(namesOf({ search: 'eps steer' })).toEqual(['LKA_STEER', 'oversteer']);
    expect(namesOf({ search: 'sensor nothing' })).toEqual([]);
  });

  it('puts names that hold every part before those that their message helps', () => {
    const angle = makeSignal('STEER_ANGLE', { startBit: 0, length: 8 });
    const rate = makeSignal('STEER_RATE', { startBit: 8, length: 8 });
    const messages = [
      makeMessage('STEER_ANGLE_SENSOR', [rate, angle], { arbitrationId: 0x25 }),
      makeMessage('STEER_TORQUE_SENSOR', [rate, angle], { arbitrationId: 0xb4 }),
    ];
    const { signals } = search({ search: 'steer ang' }, openMessages('two', messages));
    expect(signals.map(({ message, signal }) => `${message}.${signal.name}`)).toEqual([
      'STEER_ANGLE_SENSOR.STEER_ANGLE',
      'STEER_TORQUE_SENSOR.STEER_ANGLE',
      'STEER_ANGLE_SENSOR.STEER_RATE',
    ]);
  });

  it('finds all signals of a message that is named', () => {
    expect(namesOf({ search: 'eps_st' })).toHaveLength(5);
  });

  it('keeps to a bus and an id, and lists no more than asked for', () => {
    expect(namesOf({ arbitrationId: 0xb4 })).toEqual(['SPEED', 'ENCODER']);
    expect(namesOf({ bus: 1 })).toEqual([]);
    expect(search({ limit: 3 })).toMatchObject({ signals: { length: 3 }, omitted: 7 });
    expect(search({})).toMatchObject({ signals: { length: 10 }, omitted: 0 });
  });

  it('tells what protects a message', () => {
    const roles = search({ arbitrationId: 0x262 }).signals.map(({ signal }) => signal.role);
    expect(roles).toEqual([null, null, null, 'checksum', 'counter']);
  });

  it('searches ten thousand signals in a moment', () => {
    const signals = Array.from({ length: 10_000 }, (_, i) =>
      makeSignal(`SIGNAL_${String(i)}`, { startBit: 0, length: 8 }),
    );
    const opened = openMessages('large', [makeMessage('LARGE', signals, { arbitrationId: 1 })]);
    const startedAt = performance.now();
    const found = listSignals(
      {
        of: () => ({ opened, source: 'option' }),
        buses: [],
        startMonoTime: 0n,
        endMonoTime: 0n,
        disorderNs: 0n,
        messages: Array.from({ length: 10 }, (_, bus) => ({ bus, arbitrationId: 1, frames: 1 })),
      },
      { path: 'log', search: 'signal_9', limit: 10 },
    );
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(found).toMatchObject({ omitted: 11_110 - 10 });
  });
});
