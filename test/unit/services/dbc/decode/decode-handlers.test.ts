import { describe, expect, it } from 'vitest';
import type { DecodeLogParams } from '#protocol';
import { car, Caller, drive, handleDecoding, SECOND } from '../../../../support/decode-requests.ts';
import { FixedDatabases } from '../../../../support/fixed-databases.ts';
import { type FramesLine, makeCanLog } from '../../../../support/log-builder.ts';
import { MemoryLogs } from '../../../../support/memory-logs.ts';
import { createDecodeHandlers } from '../../../../../server/services/dbc/decode/decode-handlers.ts';

/** Knows when the frames of each segment came. */
class SegmentedDatabases extends FixedDatabases {
  readonly #seconds: readonly number[];

  constructor(byBus: ConstructorParameters<typeof FixedDatabases>[0], seconds: readonly number[]) {
    super(byBus);
    this.#seconds = seconds;
  }

  override async chooseForLog(
    ...asked: Parameters<FixedDatabases['chooseForLog']>
  ): ReturnType<FixedDatabases['chooseForLog']> {
    const segmentTimes = this.#seconds.map((at) => ({
      earliest: BigInt(at * SECOND),
      latest: BigInt(at * SECOND),
    }));
    return { ...(await super.chooseForLog(...asked)), segmentTimes };
  }
}

async function decode(params: Omit<DecodeLogParams, 'path'> = {}): Promise<readonly string[]> {
  const caller = new Caller();
  const { delivered } = await handleDecoding()['dbc/decode']({ path: 'log', ...params }, caller);
  expect(delivered).toBe(caller.lines.length);
  return caller.lines;
}

interface Line {
  readonly seconds: number;
  readonly bus: number;
  readonly message: string;
  readonly signals: Readonly<Record<string, number>>;
}

async function decodeShort(params: Omit<DecodeLogParams, 'path'> = {}): Promise<readonly string[]> {
  return (await decode(params)).map((line) => {
    const { seconds, bus, message, signals } = JSON.parse(line) as Line;
    return `${String(seconds)} ${String(bus)} ${message} ${Object.values(signals).join(' ')}`;
  });
}

describe('dbc/decode', () => {
  it('delivers the received frames whose messages are known, in the order of the log', async () => {
    expect(await decodeShort()).toEqual([
      '0 0 GEAR 4 0',
      '1 0 BRAKE 1',
      '1 0 GEAR 4 0',
      '2 0 GEAR 5 1',
      '2 128 GEAR 7 1',
      '1.5 0 BRAKE 0',
    ]);
  });

  it('tells which databases were used, and what was read', async () => {
    const result = await handleDecoding()['dbc/decode']({ path: 'log' }, new Caller());
    expect(result.buses.map(({ bus, database }) => [bus, database?.name])).toEqual([
      [0, 'toyota_x'],
      [1, undefined],
      [128, 'toyota_x'],
    ]);
    expect(result.report.events).toBe(6);
  });

  it('writes lines for people, too', async () => {
    expect((await decode({ form: 'text', limit: 2 })).map((line) => line.trim())).toEqual([
      '0.000000   0 0x025 GEAR: POSITION=4 [D], SPORT=0',
      '1.000000   0 0x030 BRAKE: PRESSED=1',
    ]);
    expect((await decode({ form: 'text', limit: 1, labels: false }))[0]).not.toContain('[D]');
  });

  it.each<[string, Omit<DecodeLogParams, 'path'>, string[]]>([
    ['messages', { messages: ['BR*'] }, ['1 0 BRAKE 1', '1.5 0 BRAKE 0']],
    ['ids', { messages: ['0x30'] }, ['1 0 BRAKE 1', '1.5 0 BRAKE 0']],
    ['signals', { signals: ['GEAR.SPORT'], limit: 2 }, ['0 0 GEAR 0', '1 0 GEAR 0']],
    ['a range of time', { fromSeconds: 1, toSeconds: 1.5 }, ['1 0 BRAKE 1', '1 0 GEAR 4 0', '1.5 0 BRAKE 0']],
    ['a limit', { limit: 1 }, ['0 0 GEAR 4 0']],
    [
      'changes',
      { changesOnly: true },
      ['0 0 GEAR 4 0', '1 0 BRAKE 1', '2 0 GEAR 5 1', '2 128 GEAR 7 1', '1.5 0 BRAKE 0'],
    ],
  ])('keeps to %s', async (_, params, expected) => {
    expect(await decodeShort(params)).toEqual(expected);
  });

  it.each<[Omit<DecodeLogParams, 'path'>, string, string[]]>([
    [{ messages: ['GEER'] }, 'There is no message "GEER" in toyota_x', ['Did you mean GEAR?']],
    [{ signals: ['SPURT'] }, 'There is no signal "SPURT" in toyota_x', ['Did you mean SPORT?']],
    [{ fromSeconds: 2, toSeconds: 1 }, 'The range of time ends at 1 s, before it begins at 2 s', []],
  ])('refuses %o', async (params, message, actions) => {
    await expect(
      handleDecoding()['dbc/decode']({ path: 'log', ...params }, new Caller()),
    ).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      message,
      actions,
    });
  });

  it('delivers nothing where no bus has a database', async () => {
    const caller = new Caller();
    const result = await handleDecoding(drive, new FixedDatabases({}))['dbc/decode']({ path: 'log' }, caller);
    expect([result.delivered, caller.notifications]).toEqual([0, 0]);
    expect(result.buses[0]?.advice).toBe('Name a database for bus 0');
  });

  it('reads no further than frames of the range can come', async () => {
    const long = Array.from({ length: 400 }, (_, i): FramesLine => ({
      t: i * SECOND,
      which: 'can',
      can: Array.from({ length: 600 }, () => [0x25, 0, '0400'] as const),
    }));
    const whole = await handleDecoding(long)['dbc/decode']({ path: 'log', limit: 1 }, new Caller());
    const part = await handleDecoding(long)['dbc/decode']({ path: 'log', toSeconds: 1 }, new Caller());
    expect(part.delivered).toBe(1200);
    expect(part.report.events).toBeLessThan(400);
    expect(whole.report.events).toBeLessThan(400);
  });

  it('passes over segments that have no frame in the range', async () => {
    const segmentAt = (seconds: number): Uint8Array =>
      makeCanLog([{ t: seconds * SECOND, which: 'can', can: [[0x25, 0, '0400']] }]);
    const logs = new MemoryLogs({
      route: { segments: { 0: segmentAt(1), 1: segmentAt(61), 2: segmentAt(121) } },
    });
    const handlers = createDecodeHandlers({
      logs,
      chooser: new SegmentedDatabases({ 0: car }, [1, 61, 121]),
    });
    const caller = new Caller();
    const params = { path: 'route', fromSeconds: 30, toSeconds: 90 };
    const { report } = await handlers['dbc/decode'](params, caller);
    expect(caller.lines).toHaveLength(1);
    expect(report.segments.map(({ segment }) => segment)).toEqual([1]);
  });

  const busy = Array.from({ length: 200 }, (_, i): FramesLine => ({
    t: i * SECOND,
    which: 'can',
    can: Array.from({ length: 50 }, () => [0x25, 0, '0400'] as const),
  }));

  it('goes on only when lines have been taken', async () => {
    let release: () => void = () => undefined;
    let isWaiting: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (isWaiting = resolve));
    const caller = new Caller(undefined, () => {
      if (caller.notifications > 1) return undefined;
      isWaiting();
      return new Promise<void>((resolve) => (release = resolve));
    });
    const answer = handleDecoding(busy)['dbc/decode']({ path: 'log' }, caller);
    await waiting;
    await new Promise((resolve) => setImmediate(resolve));
    expect(caller.notifications).toBe(1);
    release();
    expect((await answer).delivered).toBe(10_000);
    expect(caller.notifications).toBeGreaterThan(10);
  });

  it('stops when it is aborted', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const caller = new Caller(abort.signal, () => {
      abort.abort(reason);
    });
    await expect(handleDecoding(busy)['dbc/decode']({ path: 'log' }, caller)).rejects.toBe(reason);
    expect(caller.lines.length).toBeLessThan(10_000);
  });
});
