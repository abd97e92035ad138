import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestContext } from '#protocol';
import { FileLogLocator } from '../../server/adapters/files/log-locator.ts';
import type { Database, DatabaseSignal } from '../../server/core/dbc/model/database.ts';
import { createSeries } from '../../server/core/series/chart-series.ts';
import { createSignalHandlers } from '../../server/services/dbc/signals/signal-requests.ts';
import { OpenedLog } from '../../server/services/logs/log-access.ts';
import { FixedDatabases, openDatabase as toOpened } from '../support/fixed-databases.ts';
import { sharedDir } from '../support/shared.ts';
import { openDatabase } from './dbc/codec-vectors.ts';

const log = join(sharedDir ?? '', 'data/real-rav4-minute.rlog.zst');
const file = join(sharedDir ?? '', 'vectors/schema/opendbc/dbc/toyota_nodsu_pt_generated.dbc');
const hasFiles = sharedDir !== undefined && existsSync(log) && existsSync(file);

/** A frame, kept the slow way. */
interface Frame {
  readonly seconds: number;
  readonly bus: number;
  readonly arbitrationId: number;
  readonly payload: Buffer;
}

interface Minute {
  readonly frames: readonly Frame[];
  readonly startMonoTime: bigint;
  readonly database: Database;
  readonly ask: ReturnType<typeof createSignalHandlers>;
}

const caller: RequestContext = { signal: new AbortController().signal, notify: () => undefined };

async function readMinute(): Promise<Minute> {
  const database = openDatabase(file);
  const chooser = new FixedDatabases({ 0: toOpened('toyota_nodsu_pt_generated', database) });
  const logs = new FileLogLocator();
  const ask = createSignalHandlers({ logs, chooser });
  const source = await logs.locate(log);
  const { startMonoTime = 0n } = await chooser.chooseForLog(source, { path: log }, {});
  const frames: Frame[] = [];
  for await (const batch of new OpenedLog(source, {}).canFrames({ service: 'can' })) {
    for (let row = 0; row < batch.length; row++) {
      frames.push({
        seconds: Number((batch.monoTime[row] ?? 0n) - startMonoTime) / 1e9,
        bus: batch.bus[row] ?? 0,
        arbitrationId: batch.arbitrationId[row] ?? 0,
        payload: Buffer.from(batch.data.subarray(batch.dataStart[row], batch.dataStart[row + 1])),
      });
    }
  }
  return { frames, startMonoTime, database, ask };
}

/** Reads a raw value bit by bit; undefined where a short payload lacks some. */
function readSlowly(
  { startBit, length, byteOrder, isSigned }: DatabaseSignal,
  payload: Buffer,
): bigint | undefined {
  let raw = 0n;
  let bit = startBit;
  for (let i = 0; i < length; i++) {
    const byte = payload[bit >> 3];
    if (byte === undefined) return undefined;
    const value = BigInt((byte >> (bit & 7)) & 1);
    if (byteOrder === 'little-endian') {
      raw |= value << BigInt(i);
      bit++;
    } else {
      raw = (raw << 1n) | value;
      bit = bit % 8 === 0 ? bit + 15 : bit - 1;
    }
  }
  return isSigned ? BigInt.asIntN(length, raw) : raw;
}

function scale({ factor, offset }: DatabaseSignal, raw: bigint | undefined): number | null {
  return raw === undefined ? null : Number(raw) * factor + offset;
}

describe.skipIf(!hasFiles)('signals of a real minute of a Toyota', () => {
  let minute: Minute;
  beforeAll(async () => {
    minute = await readMinute();
  });

  function findSignal(arbitrationId: number, name: string): DatabaseSignal {
    const message = minute.database.messageByKey.get(arbitrationId);
    const signal = message?.signals.find((each) => each.name === name);
    if (signal === undefined) throw new Error(`There is no signal ${name}`);
    return signal;
  }

  /** All samples of a signal on bus 0, by time. */
  function listSamples(arbitrationId: number, name: string): { seconds: number[]; values: number[] } {
    const signal = findSignal(arbitrationId, name);
    const own = minute.frames
      .filter((frame) => frame.bus === 0 && frame.arbitrationId === arbitrationId)
      .sort((a, b) => a.seconds - b.seconds);
    return {
      seconds: own.map(({ seconds }) => seconds),
      values: own.map(({ payload }) => scale(signal, readSlowly(signal, payload)) ?? NaN),
    };
  }

  it('has the messages that were recorded, with their names and sound checksums', async () => {
    const { messages, buses } = await minute.ask['dbc/messages']({ path: log }, caller);
    const counted = Map.groupBy(
      minute.frames,
      ({ bus, arbitrationId }) => `${String(bus)} ${String(arbitrationId)}`,
    );
    expect(messages).toHaveLength(counted.size);
    for (const { bus, arbitrationId, frames, sizes } of messages) {
      const own = counted.get(`${String(bus)} ${String(arbitrationId)}`) ?? [];
      expect(frames).toBe(own.length);
      expect(sizes).toEqual([...new Set(own.map(({ payload }) => payload.length))].sort((a, b) => a - b));
    }
    expect(buses.map(({ bus }) => bus)).toContain(0);
    const named = messages.filter(({ bus, name }) => bus === 0 && name !== null);
    expect(named.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['STEER_ANGLE_SENSOR', 'WHEEL_SPEEDS', 'SPEED', 'PCM_CRUISE', 'GEAR_PACKET']),
    );
    const speed = named.find(({ name }) => name === 'SPEED');
    expect(speed?.checksums?.checked).toBe(speed?.frames);
    expect(speed?.checksums?.wrong).toBe(0);
    expect(speed?.rateHz).toBeGreaterThan(30);
  });

  it.each([
    [0x25, 'STEER_ANGLE'],
    [0x25, 'STEER_FRACTION'],
    [0xaa, 'WHEEL_SPEED_FL'],
    [0xb4, 'SPEED'],
    [0x1d2, 'CRUISE_ACTIVE'],
    [0x260, 'STEER_TORQUE_DRIVER'],
  ])('draws 0x%s %s as all samples at once would be drawn', async (arbitrationId, signal) => {
    const { seconds, values } = listSamples(arbitrationId, signal);
    const result = await minute.ask['dbc/series'](
      { path: log, signals: [{ bus: 0, arbitrationId, signal }] },
      caller,
    );
    const [series] = result.series;
    expect(series).toMatchObject({
      samples: values.length,
      minimum: Math.min(...values),
      maximum: Math.max(...values),
    });
    const { from, to } = { from: result.fromSeconds, to: result.toSeconds };
    const drawn = createSeries({
      ...{ name: '', tone: 'ok', seconds, values, from, to },
      isStepped: series?.isStepped ?? false,
    });
    expect(series?.seconds).toEqual(drawn.seconds);
    expect(series?.values).toEqual(drawn.values);
    expect(drawn.values).toContain(Math.max(...values));
  });

  it('keeps every sample of a stretch that has more columns than samples', async () => {
    const { seconds, values } = listSamples(0xb4, 'SPEED');
    const { series } = await minute.ask['dbc/series'](
      {
        path: log,
        signals: [{ bus: 0, arbitrationId: 0xb4, signal: 'SPEED' }],
        ...{ fromSeconds: 20, toSeconds: 21, columns: 2000 },
      },
      caller,
    );
    const inside = seconds.flatMap((at, i) => (at >= 20 && at <= 21 ? [values[i]] : []));
    expect(series[0]?.samples).toBe(inside.length);
    // One more stands on each side.
    expect(series[0]?.values.slice(1, -1)).toEqual(inside);
  });

  it.each([0, 0.005, 12.345678, 31.4, 59.9, 1000])('has the values at %f s', async (atSeconds) => {
    const { messages } = await minute.ask['dbc/values']({ path: log, atSeconds }, caller);
    const last = new Map<string, Frame>();
    for (const frame of minute.frames) {
      const key = `${String(frame.bus)} ${String(frame.arbitrationId)}`;
      const known = last.get(key);
      if (frame.seconds <= atSeconds && (known === undefined || frame.seconds >= known.seconds))
        last.set(key, frame);
    }
    expect(messages).toHaveLength(last.size);
    for (const message of messages) {
      const frame = last.get(`${String(message.bus)} ${String(message.arbitrationId)}`);
      expect(message).toMatchObject({ seconds: frame?.seconds, dataHex: frame?.payload.toString('hex') });
      for (const { name, raw, value } of message.signals) {
        const signal = findSignal(message.arbitrationId, name);
        const expected = readSlowly(signal, frame?.payload ?? Buffer.alloc(0));
        expect([name, raw, value]).toEqual([name, expected?.toString() ?? null, scale(signal, expected)]);
      }
    }
  });

  it('finds signals by a part of their name', async () => {
    const { signals } = await minute.ask['dbc/signals']({ path: log, search: 'wheel_speed_f' }, caller);
    expect(signals.map(({ bus, signal }) => [bus, signal.name]).filter(([bus]) => bus === 0)).toEqual([
      [0, 'WHEEL_SPEED_FR_FAULT'],
      [0, 'WHEEL_SPEED_FR'],
      [0, 'WHEEL_SPEED_FL_FAULT'],
      [0, 'WHEEL_SPEED_FL'],
    ]);
  });
});
