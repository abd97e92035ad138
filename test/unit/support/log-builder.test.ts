import { expect, it } from 'vitest';
import { joinEvents, makeCanLog, makeEvent, makeLog } from '../../support/log-builder.ts';
import { appendZeros, cutLog, flipBits, insertGarbage } from '../../support/log-damage.ts';
import { buildEvent, canFrames } from '../../support/message-builder.ts';

const log = makeCanLog([{ t: 5, which: 'can', can: [[0x13a, 2, '00ff']] }]);

it('writes the lines of frames.jsonl as events', () => {
  const content = canFrames([{ address: 0x13a, bus: 2, data: [0, 255] }]);
  expect(log).toEqual(buildEvent({ monoTime: 5n, tag: 4, content }));
  expect(makeCanLog([{ t: 5n, which: 'carState' }])).toEqual(
    makeEvent({ logMonoTime: 5n, service: 'carState', value: {} }),
  );
});

it('joins events in order', () => {
  const events = ['a', 'b'].map((value) => ({ logMonoTime: 1n, service: 'logMessage', value }));
  expect(makeLog(events)).toEqual(joinEvents(events.map(makeEvent)));
});

it('damages copies, the same way for the same seed', () => {
  const whole = log.slice();
  expect(cutLog(log, 9)).toEqual(whole.subarray(0, 9));
  expect(appendZeros(log, 3)).toEqual(Uint8Array.from([...whole, 0, 0, 0]));
  const flipped = flipBits(log, { seed: 1, count: 1, fromByte: 16 });
  expect(flipped).toEqual(flipBits(log, { seed: 1, count: 1, fromByte: 16 }));
  expect([...flipped].filter((byte, at) => byte !== whole[at])).toHaveLength(1);
  const stretched = insertGarbage(log, { atByte: 8, length: 5, seed: 2 });
  expect(cutLog(stretched, 8)).toEqual(cutLog(whole, 8));
  expect(stretched.subarray(13)).toEqual(whole.subarray(8));
  expect(log).toEqual(whole);
});
