import { describe, expect, it } from 'vitest';
import { makeCanLog, makeLog } from '../../../../support/log-builder.ts';
import { lookAt, readBlock, readDoubles } from '../../../../support/looked-at-log.ts';

const DATABASE = `
BO_ 466 CRUISE: 8 ENGINE
 SG_ STATE : 7|4@0+ (1,0) [0|15] "" X
 SG_ ACCEL : 23|16@0- (0.5,0) [0|0] "m/s^2" X
 SG_ MODE M : 8|2@1+ (1,0) [0|3] "" X
 SG_ ONE m1 : 56|8@1+ (1,-40) [0|0] "degC" X
CM_ BO_ 466 "What <b>cruise</b> does";
VAL_ 466 STATE 0 "off" 8 "on" ;
`;

/** Ten frames of 0x1D2 ten times a second, and one of an unknown message on another bus. */
function makeCruise(): Uint8Array {
  return makeCanLog([
    ...Array.from({ length: 10 }, (_, i) => ({
      t: 1_000_000_000 + i * 100_000_000,
      which: 'can',
      can: [[0x1d2, 0, payloadOf(i)] as const],
    })),
    {
      t: 2_000_000_000,
      which: 'can',
      can: [
        [0x1d2, 0, payloadOf(10)],
        [0x700, 1, 'AB'],
        [0x1d2, 128, '01'],
      ],
    },
    { t: 2_000_000_000, which: 'sendcan', can: [[0x1d2, 0, '80']] },
  ]);
}

/** STATE 8 from the fifth frame on, ACCEL falls by 1, MODE alternates, ONE counts up. */
function payloadOf(index: number): string {
  const bytes = [index < 5 ? 0 : 0x80, index % 2, ...twoBytes(10 - 2 * index), 0, 0, 0, 40 + index];
  return Buffer.from(bytes).toString('hex');
}

function twoBytes(value: number): readonly number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}

const options = { databases: { cruise: DATABASE }, asked: [{ bus: 0, path: 'cruise' }] };
const place = { bus: 0, arbitrationId: 0x1d2 };

describe('sessions/messages', () => {
  it('lists messages by bus and id, with the names of their databases', async () => {
    const looked = await lookAt(makeCruise(), options);
    const table = await looked.ask('sessions/messages', {});
    expect(table).toMatchObject({ frames: 13, decodedFrames: 12 });
    expect(table.messages).toEqual([
      {
        ...{ bus: 0, origin: 'received', carBus: 0, arbitrationId: 0x1d2, name: 'CRUISE', node: 'ENGINE' },
        ...{ frames: 11, rateHz: 10, maxBytes: 8, changedShare: 1, signals: 4 },
      },
      {
        ...{ bus: 1, origin: 'received', carBus: 1, arbitrationId: 0x700, name: null, node: null },
        ...{ frames: 1, rateHz: null, maxBytes: 1, changedShare: 0, signals: 0 },
      },
      {
        ...{ bus: 128, origin: 'sent', carBus: 0, arbitrationId: 0x1d2, name: 'CRUISE', node: 'ENGINE' },
        ...{ frames: 1, rateHz: null, maxBytes: 1, changedShare: 0, signals: 4 },
      },
    ]);
    expect(table.buses.map(({ bus, database }) => [bus, database?.name])).toEqual([
      [0, 'cruise'],
      [1, undefined],
      [128, 'cruise'],
    ]);
    const sent = await looked.ask('sessions/messages', { service: 'sendcan' });
    expect(sent.messages.map(({ bus, frames }) => [bus, frames])).toEqual([[0, 1]]);
  });

  it('does without any database', async () => {
    const table = await (await lookAt(makeCruise())).ask('sessions/messages', {});
    expect(table.messages.map(({ name }) => name)).toEqual([null, null, null]);
    expect(table.decodedFrames).toBe(0);
  });

  it('is empty where no frames are', async () => {
    const looked = await lookAt(makeLog([{ logMonoTime: 1n, service: 'carState', value: {} }]));
    expect((await looked.ask('sessions/messages', {})).messages).toEqual([]);
    expect(readDoubles((await looked.ask('sessions/canAt', { atSeconds: 0 })).times).length).toBe(0);
  });
});

describe('sessions/canAt', () => {
  it('gives the last frames at a time, row by row of the table', async () => {
    const looked = await lookAt(makeCruise(), options);
    const at = await looked.ask('sessions/canAt', { atSeconds: 0.55 });
    expect(at.stride).toBe(8);
    expect([...readBlock(at.sizes)]).toEqual([8, 255, 255]);
    expect([...readDoubles(at.times)]).toEqual([0.5, NaN, NaN]);
    expect(Buffer.from(readBlock(at.payloads)).toString('hex')).toBe(payloadOf(5) + '00'.repeat(16));
    // STATE rose just now; MODE toggles; the high byte of ACCEL is as it was; its low byte fell; ONE rose.
    expect([...readBlock(at.changes).subarray(0, 8)]).toEqual([1, 3, 0, 2, 0, 0, 0, 1]);
  });

  it('keeps 64 bytes of frames that are longer than 8', async () => {
    const looked = await lookAt(
      makeCanLog([
        {
          t: 0,
          which: 'can',
          can: [
            [1, 0, '11'.repeat(12)],
            [2, 0, '22'.repeat(300)],
            [3, 0, ''],
          ],
        },
      ]),
    );
    const at = await looked.ask('sessions/canAt', { atSeconds: 0 });
    expect([at.stride, ...readBlock(at.sizes)]).toEqual([64, 12, 64, 0]);
    expect(readBlock(at.payloads).length).toBe(192);
  });
});

describe('sessions/message', () => {
  it('tells bits over the whole log, and signals in a range and at a time', async () => {
    const looked = await lookAt(makeCruise(), options);
    const params = { ...place, fromSeconds: 0.2, toSeconds: 0.6, atSeconds: 0.55, sparklineColumns: 4 };
    const detail = await looked.ask('sessions/message', params);
    expect(detail).toMatchObject({ database: 'cruise', comment: 'What <b>cruise</b> does', sizeBytes: 8 });
    const toggles = new Uint32Array(readBlock(detail.toggles).buffer);
    expect(toggles.length).toBe(64);
    expect([toggles[7], toggles[8], toggles[56]]).toEqual([1, 10, 10]);
    const told = detail.signals.map(({ signal, minimum, maximum, isConstant, value, raw, label }) => [
      ...[signal.name, minimum, maximum, isConstant, value, raw, label],
    ]);
    expect(told).toEqual([
      ['STATE', 0, 8, false, 8, '8', 'on'],
      ['ACCEL', -1, 3, false, 0, '0', null],
      ['MODE', 0, 1, false, 1, '1', null],
      ['ONE', 3, 5, false, 5, '45', null],
    ]);
    const [state] = detail.signals;
    expect([...new Float32Array(readBlock(state?.sparkline ?? { base64: '' }).buffer)]).toEqual([
      ...[0, 0, 0, 0, 0, 0, 8, 8],
    ]);
  });

  it('finds a multiplexed signal in the last frame that has it', async () => {
    const detail = await (
      await lookAt(makeCruise(), options)
    ).ask('sessions/message', { ...place, atSeconds: 0.45 });
    expect(detail.signals.map(({ signal, value }) => [signal.name, value])).toEqual([
      ...[
        ['STATE', 0],
        ['ACCEL', 1],
        ['MODE', 0],
        ['ONE', 3],
      ],
    ]);
  });

  it('says which message the log does not have', async () => {
    const looked = await lookAt(makeCruise(), options);
    await expect(looked.ask('sessions/message', { bus: 2, arbitrationId: 0x1d2 })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      message: 'Bus 2 of this log has no frame of 0x1D2',
    });
  });
});

describe('sessions/frames', () => {
  it('lists frames from the latest down, with what changed', async () => {
    const looked = await lookAt(makeCruise(), options);
    const { rows, total, all } = await looked.ask('sessions/frames', { ...place, from: 5, count: 2 });
    expect([total, all]).toEqual([11, 11]);
    expect(rows).toEqual([
      {
        ...{ index: 5, seconds: 0.5, deltaMs: expect.closeTo(100, 6) as number },
        dataHex: payloadOf(5).toUpperCase(),
        changes: ['rising', 'rising', 'same', 'falling', 'same', 'same', 'same', 'rising'],
        text: 'STATE on · ACCEL 0 · MODE 1',
      },
      {
        ...{ index: 4, seconds: 0.4, deltaMs: expect.closeTo(100, 6) as number },
        dataHex: payloadOf(4).toUpperCase(),
        changes: ['same', 'falling', 'same', 'falling', 'same', 'same', 'same', 'rising'],
        text: 'ACCEL 1 · MODE 0',
      },
    ]);
    const first = await looked.ask('sessions/frames', { ...place, from: 10, count: 5 });
    expect(first.rows).toMatchObject([{ index: 0, deltaMs: null, text: '' }]);
    const negative = await looked.ask('sessions/frames', { ...place, from: 4, count: 1 });
    expect(negative.rows[0]?.text).toBe('ACCEL −1 · MODE 0');
  });

  it.each([
    ['STATE == 8', [10, 9, 8, 7, 6, 5]],
    ['STATE == "on" && ACCEL < -4', [10]],
    ['byte1 == 0', [10, 8, 6, 4, 2, 0]],
    ['bit8 == 1 and seconds > 0.6', [9, 7]],
    ['ONE > 5', [9, 7]],
    ['length == 8', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['byte8 == 0', []],
    [' ', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ])('lists frames with %s', async (condition, indexes) => {
    const looked = await lookAt(makeCruise(), options);
    const found = await looked.ask('sessions/frames', { ...place, condition, from: 0, count: 100 });
    expect(found.rows.map(({ index }) => index)).toEqual(indexes);
    expect(found).toMatchObject({ total: indexes.length, all: 11, conditionProblem: null });
  });

  it.each([
    ['ACEL < 0', 'CRUISE has no signal “ACEL”. Did you mean ACCEL?'],
    ['ACCEL <', 'The condition ends where a name or a number belongs'],
    ['__proto__', 'CRUISE has no signal “__proto__”.'],
  ])('lists all and says what is wrong with %s', async (condition, problem) => {
    const looked = await lookAt(makeCruise(), options);
    const found = await looked.ask('sessions/frames', { ...place, condition, from: 0, count: 0 });
    expect(found).toMatchObject({ total: 11, conditionProblem: problem, rows: [] });
  });

  it.each([
    { atSeconds: 0.55, row: 5, seconds: 0.5 },
    { atSeconds: 0.55, step: -1, row: 6, seconds: 0.4 },
    { atSeconds: 0.55, step: 1, row: 4, seconds: 0.6 },
    { atSeconds: 1, step: 1, row: -1, seconds: null },
    { atSeconds: -1, row: -1, seconds: null },
    { atSeconds: -1, step: 1, row: 10, seconds: 0 },
    { atSeconds: 0.55, condition: 'MODE == 0', row: 3, seconds: 0.4 },
    { atSeconds: 0.55, condition: 'MODE == 0', step: 1, row: 2, seconds: 0.6 },
  ])('finds the frame at $atSeconds s, step $step, $condition', async ({ row, seconds, ...asked }) => {
    const found = await (
      await lookAt(makeCruise(), options)
    ).ask('sessions/findFrame', { ...place, ...asked });
    expect(found).toEqual({ row, seconds });
  });
});

describe('sessions/databases', () => {
  it('lists what would fit a bus that has nothing', async () => {
    const ids = [0x700, 0x701, 0x702, 0x703, 0x704];
    const frames = ids.map((id) => [id, 1, 'AB'] as const);
    const log = makeCanLog([{ t: 0, which: 'can', can: [[0x1d2, 0, payloadOf(0)], ...frames] }]);
    const databases = {
      some: 'BO_ 1792 A: 1 X\n',
      more: 'BO_ 1793 B: 1 X\n\nBO_ 1794 C: 1 X\n',
      cruise: DATABASE,
    };
    const told = await (await lookAt(log, { ...options, databases })).ask('sessions/databases', {});
    expect(told.candidates).toEqual([
      { bus: 1, name: 'more', path: '/dbc/more.dbc', share: 0.4 },
      { bus: 1, name: 'some', path: '/dbc/some.dbc', share: 0.2 },
    ]);
  });

  it('reads buses with others when it is told to, and says so', async () => {
    const databases = { other: 'BO_ 466 OTHER: 8 X\n', cruise: DATABASE };
    const looked = await lookAt(makeCruise(), { ...options, databases });
    const before = await looked.ask('sessions/messages', {});
    const used = await looked.ask('sessions/useDatabases', { databases: [{ path: 'other' }] });
    expect(used.buses.map(({ database }) => database?.name)).toEqual(['other', 'other', 'other']);
    const after = await looked.ask('sessions/messages', {});
    expect([before.messages[0]?.name, after.messages[0]?.name]).toEqual(['CRUISE', 'OTHER']);
    expect(after.revision).toBeGreaterThan(before.revision);
    expect((await looked.ask('sessions/message', place)).signals).toEqual([]);
  });

  it('keeps what it had where one is asked for that is not there', async () => {
    const looked = await lookAt(makeCruise(), options);
    const missing = looked.ask('sessions/useDatabases', { databases: [{ path: 'missing' }] });
    await expect(missing).rejects.toMatchObject({ code: 'DATABASE_NOT_FOUND' });
    expect((await looked.ask('sessions/messages', {})).messages[0]?.name).toBe('CRUISE');
  });

  it('answers for messages where the database that was asked for is not there', async () => {
    const looked = await lookAt(makeCruise(), { asked: [{ bus: 0, path: 'missing' }] });
    await expect(looked.ask('sessions/databases', {})).rejects.toMatchObject({ code: 'DATABASE_NOT_FOUND' });
    expect((await looked.ask('sessions/messages', {})).frames).toBe(13);
  });
});
