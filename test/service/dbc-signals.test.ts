import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type { LogMessages, LogSignals, SignalSeries, SignalValues } from '#protocol';
import { LiteProcess } from '../support/lite-process.ts';
import { makeCanLog } from '../support/log-builder.ts';
import { connectEditor } from '../support/rpc-client.ts';

const DBC = `VERSION ""

BU_: EPS

BO_ 37 STEERING: 3 EPS
 SG_ ANGLE : 0|16@1- (0.5,0) [-500|500] "deg" XXX
 SG_ GEAR : 16|4@1+ (1,0) [0|15] "" XXX

VAL_ 37 GEAR 2 "REVERSE" 1 "PARK" ;
BA_DEF_ BO_ "GenMsgCycleTime" INT 0 65535;
BA_DEF_DEF_ "GenMsgCycleTime" 0;
BA_ "GenMsgCycleTime" BO_ 37 20;
`;

/** One peak of 300 degrees among 100 frames. */
const LOG = makeCanLog(
  Array.from({ length: 100 }, (_, i) => {
    const payload = Buffer.alloc(3);
    payload.writeInt16LE(i === 60 ? 600 : i, 0);
    payload[2] = i < 50 ? 1 : 2;
    return { t: 5e9 + 2e7 * i, which: 'can', can: [[37, 0, payload.toString('hex')] as const] };
  }),
);

const folder = mkdtempSync(join(tmpdir(), 'cts-dbc-signals-'));
const path = join(folder, 'drive.rlog');
const onLog = { path, databases: [{ bus: 0, path: join(folder, 'car.dbc') }] };
const ANGLE = { bus: 0, arbitrationId: 37, signal: 'ANGLE' };
/** 256 MiB of log: seconds of work. */
const longPath = join(folder, 'long.rlog.zst');
let service: LiteProcess;

beforeAll(async () => {
  writeFileSync(path, LOG);
  writeFileSync(longPath, zstdCompressSync(Buffer.alloc(LOG.length * Math.floor(2 ** 28 / LOG.length), LOG)));
  writeFileSync(join(folder, 'car.dbc'), DBC);
  service = await LiteProcess.start({ dataFolder: join(folder, 'data') });
});

afterAll(async () => {
  await service.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

describe('an editor that shows signals of a log', () => {
  it('is told the messages with their names', async () => {
    const editor = await connectEditor(service.url);
    const { messages, buses, startMonoTime } = await editor.sendRequest<LogMessages>('dbc/messages', onLog);
    expect(startMonoTime).toBe('5000000000');
    expect(messages).toMatchObject([
      { name: 'STEERING', frames: 100, cycleTimeMs: 20, sizes: [3], signals: 2, transmitters: ['EPS'] },
    ]);
    expect(messages[0]?.rateHz).toBeCloseTo(50, 6);
    expect(buses).toMatchObject([{ bus: 0, database: { name: 'car', source: 'option' } }]);
  });

  it('finds signals, draws them, and reads their values at a time', async () => {
    const editor = await connectEditor(service.url);
    const { signals } = await editor.sendRequest<LogSignals>('dbc/signals', { ...onLog, search: 'angle' });
    expect(signals).toMatchObject([{ message: 'STEERING', frames: 100, signal: { name: 'ANGLE' } }]);

    const { series } = await editor.sendRequest<SignalSeries>('dbc/series', {
      ...onLog,
      signals: [ANGLE],
      columns: 5,
    });
    expect(series).toMatchObject([{ samples: 100, minimum: 0, maximum: 300, unit: 'deg' }]);
    expect(series[0]?.values).toContain(300);
    expect(series[0]?.values.length).toBeLessThanOrEqual(24);

    const values = await editor.sendRequest<SignalValues>('dbc/values', { ...onLog, atSeconds: 1.2 });
    expect(values.messages).toMatchObject([
      {
        name: 'STEERING',
        seconds: 1.2,
        signals: [
          { name: 'ANGLE', raw: '600', value: 300, label: null },
          { name: 'GEAR', raw: '2', value: 2, label: 'REVERSE' },
        ],
      },
    ]);
  });

  it('is told how far the work is', async () => {
    const editor = await connectEditor(service.url);
    const told: unknown[] = [];
    editor.onNotification('work/progressed', (progress) => void told.push(progress));
    await editor.sendRequest('dbc/messages', onLog);
    expect(told.at(-1)).toMatchObject({ fraction: 1 });
  });

  it('is told what a signal may have been meant to be', async () => {
    const editor = await connectEditor(service.url);
    const signals = [{ ...ANGLE, signal: 'ANGEL' }];
    await expect(editor.sendRequest('dbc/series', { ...onLog, signals })).rejects.toMatchObject({
      code: -32602,
      message: '0x025 STEERING of car has no signal ANGEL. Did you mean ANGLE?',
      data: { code: 'INVALID_PARAMETER', details: { nearest: ['ANGLE'] } },
    });
  });

  it('can take back what it asked', async () => {
    const editor = await connectEditor(service.url);
    const source = new CancellationTokenSource();
    editor.onNotification('work/progressed', () => {
      source.cancel();
    });
    const answer = editor.sendRequest('dbc/messages', { ...onLog, path: longPath }, source.token);
    await expect(answer).rejects.toMatchObject({ code: -32800 });
  });

  it.each([
    ['no signals', { signals: [] }],
    ['a bus that no panda has', { signals: [{ ...ANGLE, bus: 256 }] }],
    ['no columns', { signals: [ANGLE], columns: 0 }],
    ['a time that is none', { signals: [ANGLE], fromSeconds: 'soon' }],
  ])('is refused %s', async (_, params) => {
    const editor = await connectEditor(service.url);
    await expect(editor.sendRequest('dbc/series', { ...onLog, ...params })).rejects.toMatchObject({
      data: { code: 'INVALID_PARAMETER' },
    });
  });
});
