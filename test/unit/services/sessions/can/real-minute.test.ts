import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatAddress } from '../../../../../server/core/can/address-text.ts';
import type { FrameTable } from '../../../../../server/core/can/frame-table.ts';
import { type LookedAtLog, lookAt, readBlock, readDoubles } from '../../../../support/looked-at-log.ts';
import { sharedDir } from '../../../../support/shared.ts';

const folder = sharedDir ?? '';

/** What is known of the frames of the minute. */
interface FramesTruth {
  readonly frames: number;
  /** Frames by `0:0x1D2`. */
  readonly byBusAddress: Readonly<Record<string, number>>;
}

describe.skipIf(sharedDir === undefined)('the real minute', () => {
  let looked: LookedAtLog;
  let truth: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    const path = join(folder, 'data/real-rav4-minute.rlog.zst');
    truth = JSON.parse(await readFile(`${path}.truth.json`, 'utf8')) as Readonly<Record<string, unknown>>;
    const database = join(folder, 'vectors/schema/opendbc/dbc/toyota_nodsu_pt_generated.dbc');
    looked = await lookAt(new Uint8Array(await readFile(path)), {
      databases: { toyota_nodsu_pt_generated: await readFile(database, 'utf8') },
      asked: [{ bus: 0, path: 'toyota_nodsu_pt_generated' }],
    });
  }, 60_000);

  it('has the messages that are known of it', async () => {
    const { messages, frames } = await looked.ask('sessions/messages', {});
    const can = truth['can'] as FramesTruth;
    expect(frames).toBe(can.frames);
    const counted = messages.map(({ bus, arbitrationId, frames: count }) => [
      `${bus}:${formatAddress(arbitrationId)}`,
      count,
    ]);
    expect(Object.fromEntries(counted)).toEqual(can.byBusAddress);
  });

  it('is at any time what a walk over all frames finds', async () => {
    const { messages } = await looked.ask('sessions/messages', {});
    const times = fc.double({ min: -1, max: 67, noNaN: true });
    await fc.assert(
      fc.asyncProperty(times, async (atSeconds) => {
        const at = await looked.ask('sessions/canAt', { atSeconds });
        const last = findLastRows(looked.log.can, atSeconds);
        const [sizes, payloads, seconds] = [
          readBlock(at.sizes),
          readBlock(at.payloads),
          readDoubles(at.times),
        ];
        for (const [place, { bus, arbitrationId }] of messages.entries()) {
          const row = last.get(`${bus}:${arbitrationId}`) ?? -1;
          const { dataStart, dataLength, data } = looked.log.can;
          const [start = 0, size = 255] = row < 0 ? [] : [dataStart[row], dataLength[row]];
          const payload = row < 0 ? [] : [...data.subarray(start, start + size)];
          expect(sizes[place]).toBe(size);
          expect(seconds[place]).toBe(row < 0 ? NaN : looked.log.can.seconds[row]);
          expect([...payloads.subarray(8 * place, 8 * place + payload.length)]).toEqual(payload);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has signals whose checksums are right', async () => {
    const detail = await looked.ask('sessions/message', { bus: 0, arbitrationId: 0x1d2, atSeconds: 27 });
    expect(detail).toMatchObject({ checksums: { checked: 1890, wrong: 0 }, sizeBytes: 8 });
    expect(detail.signals.map(({ signal }) => signal.name)).toContain('ACCEL_NET');
  });

  it('has series that agree with each other: speed by field and by signal', async () => {
    const keys = ['carState.vEgo', '0:0x0B4:SPEED'];
    const { series, unknown } = await looked.ask('sessions/series', {
      keys,
      fromSeconds: 0,
      toSeconds: 67,
      columns: 1000,
    });
    expect(unknown).toEqual([]);
    const [field, signal] = series;
    expect(field?.samples).toBe((truth['byService'] as Readonly<Record<string, number>>)['carState']);
    expect(signal?.samples).toBe(2487);
    expect(Math.abs((field?.mean ?? 0) * 3.6 - (signal?.mean ?? 0))).toBeLessThan(3);
  });
});

function findLastRows(
  { length, seconds, bus, arbitrationId }: FrameTable,
  atSeconds: number,
): Map<string, number> {
  const last = new Map<string, number>();
  for (let row = 0; row < length; row++) {
    const key = `${bus[row]}:${arbitrationId[row]}`;
    const known = last.get(key);
    const at = seconds[row] ?? NaN;
    if (at <= atSeconds && (known === undefined || at >= (seconds[known] ?? 0))) last.set(key, row);
  }
  return last;
}
