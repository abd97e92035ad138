import { describe, expect, it } from 'vitest';
import { createCaller, DRIVE, handle, START } from '../../../../support/signal-drive.ts';

describe('dbc/messages', () => {
  it('tells names, sizes and rates of all messages, by bus and id', async () => {
    const result = await handle()['dbc/messages']({ path: 'log' }, createCaller());
    expect(result.startMonoTime).toBe(String(START));
    expect(result.messages).toEqual([
      {
        bus: 0,
        arbitrationId: 0x25,
        name: 'STEERING',
        transmitters: ['EPS'],
        comment: 'Sensor of the column',
        frames: 6,
        rateHz: expect.closeTo(5 / 0.4, 9) as number,
        cycleTimeMs: 10,
        sizes: [2, 3],
        sizeBytes: 3,
        signals: 2,
        checksums: null,
        counters: null,
      },
      expect.objectContaining({ bus: 0, arbitrationId: 0xaa, name: 'WHEELS', frames: 1, rateHz: null }),
      expect.objectContaining({ bus: 1, arbitrationId: 0x7ff, name: null, sizeBytes: null, signals: 0 }),
      expect.objectContaining({ bus: 128, arbitrationId: 0x25, name: 'STEERING' }),
    ]);
    expect(result.buses.map(({ bus, database }) => [bus, database?.name])).toEqual([
      [0, 'test_car'],
      [1, undefined],
      [128, 'test_car'],
    ]);
    expect(result.report.events).toBe(DRIVE.length);
  });

  it('takes a log without frames', async () => {
    const result = await handle([{ t: 5, which: 'carState' }])['dbc/messages'](
      { path: 'log' },
      createCaller(),
    );
    expect(result).toMatchObject({ startMonoTime: '5', buses: [], messages: [] });
  });
});
