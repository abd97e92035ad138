import { describe, expect, it } from 'vitest';
import { createCaller, DRIVE, handle, listLateEvents } from '../../../../support/signal-drive.ts';

describe('dbc/values', () => {
  const ask = handle()['dbc/values'];

  it('decodes the last frame of each message up to a time', async () => {
    const { messages } = await ask({ path: 'log', atSeconds: 0.15 }, createCaller());
    expect(messages).toEqual([
      {
        bus: 0,
        arbitrationId: 0x25,
        name: 'STEERING',
        seconds: 0.1,
        dataHex: 'e2ff02',
        isChecksumRight: null,
        signals: [
          { name: 'ANGLE', raw: '-30', value: -15, label: null, unit: 'deg' },
          { name: 'GEAR', raw: '2', value: 2, label: 'REVERSE', unit: '' },
        ],
      },
      expect.objectContaining({ arbitrationId: 0xaa, dataHex: '01000200' }),
    ]);
  });

  it.each([
    [0.3, '280000'],
    [0.25, '320000'],
    [0.4, '3c00'],
    [1e9, '3c00'],
  ])('finds the frame at %f s, whatever stands out of order', async (atSeconds, dataHex) => {
    const messages = [{ bus: 0, arbitrationId: 0x25 }];
    const result = await ask({ path: 'log', atSeconds, messages }, createCaller());
    expect(result.messages).toMatchObject([{ dataHex }]);
  });

  it('has payloads of messages without a name, too', async () => {
    const { messages } = await ask({ path: 'log', atSeconds: 2 }, createCaller());
    expect(messages.find(({ bus }) => bus === 1)).toEqual({
      ...{ bus: 1, arbitrationId: 0x7ff, name: null, seconds: 0.3 },
      ...{ dataHex: 'abcd', isChecksumRight: null, signals: [] },
    });
  });

  it('has nothing before the first frame', async () => {
    expect(await ask({ path: 'log', atSeconds: -1 }, createCaller())).toMatchObject({ messages: [] });
  });

  it('reads no further than it must', async () => {
    const lines = [...DRIVE, ...listLateEvents(10)];
    const { report } = await handle(lines)['dbc/values']({ path: 'log', atSeconds: 0.3 }, createCaller());
    expect(report.events).toBeLessThan(lines.length);
  });
});
