import { expect, it } from 'vitest';
import { openLogBytes } from '../../../../../server/adapters/files/log-file.ts';
import { makeLog } from '../../../../support/log-builder.ts';
import { beginToLook, lookAt } from '../../../../support/looked-at-log.ts';

const DATABASE = 'BO_ 1 SPEED: 2 X\n SG_ VALUE : 7|16@0+ (1,0) [0|0] "" X\n';
const place = { bus: 0, arbitrationId: 1 };
const keys = ['0:0x001:VALUE', 'carState.vEgo', 'pandaStates[1].voltage'];

/** Ten seconds of a segment, once a second, from a second on. */
function makeSegment(from: number): Uint8Array {
  return makeLog(
    Array.from({ length: 10 }, (_, i) => {
      const second = from + i;
      const logMonoTime = BigInt(1 + second) * 1_000_000_000n;
      const dat = Uint8Array.of(0, second);
      return [
        { logMonoTime, service: 'can', value: [{ address: 1, src: 0, dat }] },
        { logMonoTime, service: 'carState', value: { vEgo: second / 2 } },
        { logMonoTime, service: 'pandaStates', value: [{ voltage: 1 }, { voltage: 10 * second }] },
      ];
    }).flat(),
  );
}

it('everything answers for what has been read, and later for all of it', async () => {
  const gate = Promise.withResolvers<undefined>();
  const second = makeSegment(10);
  const options = { databases: { speed: DATABASE }, asked: [{ bus: 0, path: 'speed' }] };
  const looked = await beginToLook(
    {
      segments: {
        0: makeSegment(0),
        1: async () => {
          await gate.promise;
          return openLogBytes(second);
        },
      },
    },
    options,
  );
  const askAll = async (it: typeof looked): Promise<unknown> => [
    (await it.ask('sessions/messages', {})).messages,
    (await it.ask('sessions/canAt', { atSeconds: 100 })).payloads,
    { ...(await it.ask('sessions/message', place)), revision: 0 },
    {
      ...(await it.ask('sessions/frames', { ...place, condition: 'VALUE % 3 == 0', from: 0, count: 50 })),
      revision: 0,
    },
    (await it.ask('sessions/findSeries', { text: 'volt' })).series,
    (await it.ask('sessions/series', { keys, fromSeconds: 0, toSeconds: 100, columns: 50 })).series,
    (await it.ask('sessions/values', { keys, atSeconds: 100, step: -1 })).values,
    (await it.ask('sessions/samples', { keys, fromSeconds: 0, toSeconds: 99, from: 5, count: 50 })).lines,
  ];
  expect(await askAll(looked)).toEqual(
    await askAll(await lookAt({ segments: { 0: makeSegment(0) } }, options)),
  );
  gate.resolve(undefined);
  await looked.log.ended;
  const whole = await lookAt({ segments: { 0: makeSegment(0), 1: second } }, options);
  expect(await askAll(looked)).toEqual(await askAll(whole));
  expect((await looked.ask('sessions/values', { keys, atSeconds: 19.2 })).values).toEqual([
    { key: keys[0], seconds: 19, value: 19, label: null },
    { key: keys[1], seconds: 19, value: 9.5, label: null },
    { key: keys[2], seconds: 19, value: 190, label: null },
  ]);
});

it('times are counted anew where the first segment holds an earlier event', async () => {
  const late = makeLog([{ logMonoTime: 1_000_000_000n, service: 'carState', value: { vEgo: 7 } }]);
  const content = new Uint8Array([...makeSegment(0), ...makeSegment(10), ...late]);
  const looked = await lookAt(content, {
    databases: { speed: DATABASE },
    asked: [{ bus: 0, path: 'speed' }],
  });
  const { values } = await looked.ask('sessions/values', { keys, atSeconds: 5.1 });
  expect(values.map(({ seconds, value }) => [seconds, value])).toEqual([
    [5, 5],
    [5, 2.5],
    [5, 50],
  ]);
});
