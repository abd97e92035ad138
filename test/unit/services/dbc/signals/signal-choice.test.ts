import { describe, expect, it } from 'vitest';
import { ANGLE_QUERY, createCaller, handle } from '../../../../support/signal-drive.ts';

describe('signals that are not to be found', () => {
  const ask = handle()['dbc/series'];

  it.each<[string, object, RegExp]>([
    [
      'a signal',
      { signal: 'ANGEL' },
      /0x025 STEERING of test_car has no signal ANGEL\. Did you mean ANGLE\?/,
    ],
    ['a signal like none', { signal: 'xyz' }, /no signal xyz\. It has ANGLE, GEAR\./],
    ['a message', { arbitrationId: 0x26 }, /has no message 0x026; ANGLE is in 0x025 STEERING/],
    ['a database', { bus: 1 }, /No database is used for bus 1, so ANGLE cannot be read there/],
  ])('says what it misses: %s', async (_, query, message) => {
    await expect(
      ask({ path: 'log', signals: [{ ...ANGLE_QUERY, ...query }] }, createCaller()),
    ).rejects.toMatchObject({ code: 'INVALID_PARAMETER', message: expect.stringMatching(message) as string });
  });

  it('advises what to do where a bus has no database', async () => {
    const query = { ...ANGLE_QUERY, bus: 1 };
    await expect(ask({ path: 'log', signals: [query] }, createCaller())).rejects.toMatchObject({
      actions: ['Name a database for bus 1'],
    });
    await expect(ask({ path: 'log', signals: [{ ...query, bus: 3 }] }, createCaller())).rejects.toMatchObject(
      {
        actions: [expect.stringContaining('cts dbc match')],
      },
    );
  });
});
