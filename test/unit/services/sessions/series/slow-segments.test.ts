import { expect, it } from 'vitest';
import { openLogBytes } from '../../../../../server/adapters/files/log-file.ts';
import { makeLog } from '../../../../support/log-builder.ts';
import { lookAt } from '../../../../support/looked-at-log.ts';

const keys = ['carState.vEgo'];

function makeSegment(from: number): Uint8Array {
  return makeLog(
    Array.from({ length: 10 }, (_, i) => ({
      logMonoTime: BigInt(1 + from + i) * 1_000_000_000n,
      service: 'carState',
      value: { vEgo: from + i },
    })),
  );
}

it('series are given as far as they are read, and go on when segments come', async () => {
  const gate = Promise.withResolvers<undefined>();
  let opened = 0;
  const [first, second] = [makeSegment(0), makeSegment(10)];
  const slow = async (): ReturnType<typeof openLogBytes> => {
    // While the log is read at first, nothing holds it up.
    if (++opened > 1) await gate.promise;
    return openLogBytes(second);
  };
  const looked = await lookAt({ segments: { 0: first, 1: slow, 2: makeSegment(20) } }, { cacheBytes: 1 });
  const asked = { keys, fromSeconds: 0, toSeconds: 100, columns: 100 };
  const part = await looked.ask('sessions/series', asked);
  expect(part).toMatchObject({ unknown: [], series: [{ samples: 10, maximum: 9 }] });
  const changed = new Promise<void>((resolve) => {
    looked.log.subscribe(resolve);
  });
  const samples = looked.ask('sessions/samples', { ...asked, from: 0, count: 100 });
  gate.resolve(undefined);
  await changed;
  expect((await samples).total).toBe(30);
  const whole = await looked.ask('sessions/series', asked);
  expect(whole).toMatchObject({ series: [{ samples: 30, maximum: 29 }] });
  expect(whole.revision).toBeGreaterThan(part.revision);
});

it('says why files can no longer be read', async () => {
  let opened = 0;
  const vanished = async (): ReturnType<typeof openLogBytes> => {
    if (++opened > 1) throw new Error('gone');
    return openLogBytes(makeSegment(0));
  };
  const looked = await lookAt({ segments: { 0: vanished, 1: makeSegment(10) } }, { cacheBytes: 1 });
  const asked = { keys, fromSeconds: 0, toSeconds: 100, columns: 100 };
  await expect(looked.ask('sessions/series', asked)).rejects.toThrow('gone');
  await expect(looked.ask('sessions/values', { keys, atSeconds: 3 })).rejects.toThrow('gone');
});
