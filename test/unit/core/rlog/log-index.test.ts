import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MULTI_SEGMENT, NOT_VALID } from '../../../../server/core/rlog/event-batch.ts';
import { streamEventBatches } from '../../../../server/core/rlog/event-batches.ts';
import { LogIndexColumns, orderByTime } from '../../../../server/core/rlog/log-index.ts';
import { openMemoryStream } from '../../../support/memory-stream.ts';
import { buildEvent, joinBytes } from '../../../support/message-builder.ts';

const MAX = (1n << 64n) - 1n;

function indexTimes(times: readonly bigint[]): LogIndexColumns {
  const index = new LogIndexColumns();
  index.length = times.length;
  index.monoTime = BigUint64Array.from(times);
  return index;
}

function orderByReference(times: readonly bigint[]): number[] {
  return times
    .map((_, row) => row)
    .sort((a, b) => {
      const [timeA = 0n, timeB = 0n] = [times[a], times[b]];
      return timeA < timeB ? -1 : timeA > timeB ? 1 : a - b;
    });
}

describe('orderByTime', () => {
  it.each<[string, readonly bigint[]]>([
    ['nothing', []],
    ['one event', [5n]],
    ['order', [1n, 2n, 3n]],
    ['reverse order', [3n, 2n, 1n]],
    ['equal times', [2n, 1n, 2n, 1n, 2n]],
    ['both ends of time', [MAX, 0n, MAX, 0n, MAX - 1n, 1n]],
    ['nanoseconds that doubles cannot tell apart', [MAX, MAX - 1n, MAX - 2n, 0n]],
    ['times just near enough for doubles', [2n ** 53n, 1n, 2n ** 53n - 1n]],
    ['times just too far for doubles', [0n, 2n ** 53n + 1n, 2n ** 53n, 2n ** 53n + 1n]],
    ['times across a carry of 32 bits', [0x1_0000_0000n, 0xffff_ffffn, 0x1_0000_0001n, 0xffff_fffen]],
  ])('sorts %s', (_, times) => {
    expect([...orderByTime(indexTimes(times))]).toEqual(orderByReference(times));
  });

  it('sorts whatever times a log has', () => {
    const near = fc.bigInt({ min: 0n, max: 20n });
    const any = fc.bigInt({ min: 0n, max: MAX });
    const log = fc.oneof(fc.array(near, { maxLength: 60 }), fc.array(any), fc.array(fc.oneof(near, any)));
    fc.assert(
      fc.property(log, (times) => {
        expect([...orderByTime(indexTimes(times))]).toEqual(orderByReference(times));
      }),
    );
  });

  it('sorts a long log in wild order, where inserting would take for ever', () => {
    const times = Array.from({ length: 100_000 }, (_, i) => BigInt((i * 48_271) % 99_991));
    expect([...orderByTime(indexTimes(times))]).toEqual(orderByReference(times));
  });

  it('takes the rows of the index, not the room of its columns', () => {
    const index = indexTimes([9n, 8n, 7n, 1n]);
    index.length = 2;
    expect([...orderByTime(index)]).toEqual([1, 0]);
  });
});

it('gathers where every event lies, batch by batch, and grows', async () => {
  const one = buildEvent({ monoTime: MAX, tag: 3, isValid: false });
  const two = buildEvent({ monoTime: 1n, tag: 0xffff }, 'far');
  const pair = one.length + two.length;
  const pairs = 20_000;
  const index = new LogIndexColumns();
  const log = joinBytes(...new Array<Uint8Array[]>(pairs).fill([one, two]).flat());
  const batches = streamEventBatches(openMemoryStream(log), { windowBytes: 1 << 20 });
  for await (const batch of batches) index.add(batch);
  expect(index.length).toBe(2 * pairs);
  for (const row of [0, 16_383, 16_384, 32_767, 32_768, 2 * pairs - 1]) {
    const isOne = row % 2 === 0;
    expect([index.offset[row], index.tag[row], index.monoTime[row], index.flags[row]]).toEqual([
      (row >> 1) * pair + (isOne ? 0 : one.length),
      isOne ? 3 : 0xffff,
      isOne ? MAX : 1n,
      isOne ? NOT_VALID : MULTI_SEGMENT,
    ]);
  }
});
