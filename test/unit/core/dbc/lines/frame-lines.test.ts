import { describe, expect, it } from 'vitest';
import { FrameTable } from '../../../../../server/core/can/frame-table.ts';
import { FrameLines, type FrameLinesOptions } from '../../../../../server/core/dbc/lines/frame-lines.ts';
import { createJsonForm } from '../../../../../server/core/dbc/lines/json-lines.ts';
import { createTextForm } from '../../../../../server/core/dbc/lines/text-lines.ts';
import { type NameWishes, WantedNames } from '../../../../../server/core/dbc/lines/wanted-names.ts';
import type { DatabaseMessage } from '../../../../../server/core/dbc/model/database.ts';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';
import { openMessages } from '../../../../support/fixed-databases.ts';

type Frame = readonly [seconds: number, bus: number, arbitrationId: number, hex: string];

function tableOf(frames: readonly Frame[]): FrameTable {
  const table = new FrameTable(1);
  for (const [seconds, bus, arbitrationId, hex] of frames) {
    const data = Buffer.from(hex, 'hex');
    table.push({ seconds, bus, arbitrationId }, data, [0, data.length]);
  }
  return table;
}

interface ReadOptions extends Partial<FrameLinesOptions>, NameWishes {
  readonly name?: string;
  readonly text?: boolean;
  readonly labels?: boolean;
}

function createLines(messages: readonly DatabaseMessage[], options: ReadOptions = {}): FrameLines {
  const { name = 'some_car', text = false, labels = true, messages: wished, signals } = options;
  const opened = openMessages(name, messages);
  return new FrameLines({
    databaseOf: (bus) => (bus === 2 ? undefined : opened),
    wanted: new WantedNames({ ...(wished && { messages: wished }), ...(signals && { signals }) }),
    form: text ? createTextForm({ labels }) : createJsonForm({ labels }),
    ...options,
  });
}

function read(
  frames: readonly Frame[],
  messages: readonly DatabaseMessage[],
  options: ReadOptions = {},
): readonly string[] {
  return [...createLines(messages, options).read(tableOf(frames))].flat();
}

const speed = makeSignal('SPEED', { startBit: 0, length: 8, factor: 0.1, offset: -1, unit: 'kph' });
const gear = makeSignal('GEAR', { startBit: 8, length: 8, labels: new Map([[4, 'D']]) });
const drive = makeMessage('DRIVE', [speed, gear], { arbitrationId: 0x25, size: 2 });

describe('frames as JSON lines', () => {
  it('have time, bus, id, message, values and labels', () => {
    expect(read([[1.25, 0, 0x25, '0d04']], [drive])).toEqual([
      '{"seconds":1.25,"bus":0,"arbitrationId":37,"message":"DRIVE",' +
        '"signals":{"SPEED":0.30000000000000004,"GEAR":4},"labels":{"GEAR":"D"}}',
    ]);
  });

  it('have no labels where none is asked for, and no time where there is none', () => {
    expect(read([[NaN, 1, 0x25, '0a04']], [drive], { labels: false })).toEqual([
      '{"bus":1,"arbitrationId":37,"message":"DRIVE","signals":{"SPEED":0,"GEAR":4}}',
    ]);
  });

  it('leave out what a frame does not hold, and numbers that are none', () => {
    const nan = makeSignal('F', { startBit: 0, length: 32, valueType: 'float32' });
    const huge = makeSignal('H', { startBit: 0, length: 8, factor: 1e308, offset: 1e308 });
    const frames: Frame[] = [
      [0, 0, 0x25, '0a'],
      [0, 0, 1, '0000c07f'],
      [0, 0, 1, '0000803f'],
      [0, 0, 3, ''],
    ];
    const messages = [
      drive,
      makeMessage('F', [nan, huge], { arbitrationId: 1 }),
      makeMessage('NONE', [], { arbitrationId: 3 }),
    ];
    const values = read(frames, messages).map((line) => (JSON.parse(line) as { signals: unknown }).signals);
    expect(values).toEqual([{ SPEED: 0 }, { H: 1e308 }, { F: 1, H: 1e308 }, {}]);
  });

  it('leave out what is multiplexed out', () => {
    const mode = makeSignal('MODE', {
      startBit: 0,
      length: 8,
      multiplexing: { isMultiplexor: true, parent: undefined, ranges: [] },
    });
    const inMode = (value: number) => ({
      isMultiplexor: false,
      parent: mode,
      ranges: [[value, value] as const],
    });
    const a = makeSignal('A', { startBit: 8, length: 8, multiplexing: inMode(1) });
    const b = makeSignal('B', { startBit: 8, length: 8, multiplexing: inMode(2) });
    const message = makeMessage('M', [mode, a, b], { arbitrationId: 1 });
    const frames: Frame[] = [
      [0, 0, 1, '0107'],
      [0, 0, 1, '0207'],
      [0, 0, 1, '0307'],
    ];
    const values = read(frames, [message]).map((line) => (JSON.parse(line) as { signals: unknown }).signals);
    expect(values).toEqual([{ MODE: 1, A: 7 }, { MODE: 2, B: 7 }, { MODE: 3 }]);
    expect(read(frames, [message], { signals: ['A'] })).toHaveLength(1);
  });

  it('have integers beyond doubles as texts, exactly', () => {
    const wide = makeSignal('W', { startBit: 0, length: 64 });
    const signed = makeSignal('S', { startBit: 0, length: 64, isSigned: true, factor: 2, offset: 1 });
    const scaled = makeSignal('X', { startBit: 0, length: 64, factor: 0.5 });
    const message = makeMessage('M', [wide, signed, scaled], { arbitrationId: 1 });
    const lines = read(
      [
        [0, 0, 1, 'fdffffffffffffff'],
        [0, 0, 1, '0500000000000000'],
        [0, 0, 1, 'fcffffffffffffff'],
        [0, 0, 1, '010000000000f0ff'],
        [0, 0, 1, '00'],
      ],
      [message],
    );
    expect(lines.map((line) => /"signals":(.*)}$/.exec(line)?.[1])).toEqual([
      '{"W":"18446744073709551613","S":-5,"X":9223372036854776000}',
      '{"W":5,"S":11,"X":2.5}',
      '{"W":"18446744073709551612","S":-7,"X":9223372036854776000}',
      '{"W":"18442240474082181121","S":-9007199254740989,"X":9221120237041091000}',
      '{}',
    ]);
  });

  it('stay JSON whatever names and labels are', () => {
    const hostile = '__proto__"\\\u0000\n\u001b[2J\ud800';
    const signal = makeSignal(hostile, { startBit: 0, length: 8, labels: new Map([[1, hostile]]) });
    const [line = ''] = read([[0, 0, 1, '01']], [makeMessage(hostile, [signal], { arbitrationId: 1 })]);
    const found = JSON.parse(line) as { message: string; signals: object; labels: object };
    expect([found.message, Object.entries(found.signals), Object.entries(found.labels)]).toEqual([
      hostile,
      [[hostile, 1]],
      [[hostile, hostile]],
    ]);
    expect(line).toMatch(/^[^\p{Cc}]*$/u);
  });

  it('mark wrong checksums and counters', () => {
    const checksum = makeSignal('CHECKSUM', { startBit: 8, length: 8 });
    const counter = makeSignal('COUNTER', { startBit: 0, length: 8 });
    const message = makeMessage('M', [counter, checksum], { arbitrationId: 0x10 });
    const frames: Frame[] = [
      [0, 0, 0x10, '0113'],
      [1, 0, 0x10, '0214'],
      [2, 0, 0x10, '0300'],
      [3, 0, 0x10, '0517'],
      [4, 0, 0x10, '0500'],
      [4, 1, 0x10, '0921'],
    ];
    const wrong = read(frames, [message], { name: 'toyota_x' }).map(
      (line) => (JSON.parse(line) as { wrong?: string[] }).wrong,
    );
    expect(wrong).toEqual([
      undefined,
      undefined,
      ['checksum'],
      ['counter'],
      ['checksum', 'counter'],
      ['checksum'],
    ]);
    const texts = read(frames, [message], { name: 'toyota_x', text: true });
    expect(texts.map((line) => / {2}\(.*\)$/.exec(line)?.[0])).toEqual([
      undefined,
      undefined,
      '  (wrong checksum)',
      '  (wrong counter)',
      '  (wrong checksum, wrong counter)',
      '  (wrong checksum)',
    ]);
    expect(read(frames, [message]).join('')).not.toContain('wrong');
  });
});

describe('frames as lines for people', () => {
  it('have time, bus, id, message, values, units and labels', () => {
    const long = makeMessage('LONG', [gear], { arbitrationId: 0x18daf110 });
    expect(
      read(
        [
          [1.25, 0, 0x25, '0d04'],
          [100000.5, 128, 0x25, '0e05'],
          [NaN, 255, 0x18daf110, '0004'],
        ],
        [drive, long],
        { text: true },
      ),
    ).toEqual([
      '    1.250000   0 0x025 DRIVE: SPEED=0.3 kph, GEAR=4 [D]',
      '100000.500000 128 0x025 DRIVE: SPEED=0.4 kph, GEAR=5',
      '           - 255 0x18DAF110 LONG: GEAR=4 [D]',
    ]);
  });

  it('have integers beyond doubles exactly', () => {
    const wide = makeSignal('W', { startBit: 0, length: 64, unit: 'ns' });
    const message = makeMessage('M', [wide], { arbitrationId: 1 });
    expect(read([[0, 0, 1, 'ff'.repeat(8)]], [message], { text: true })).toEqual([
      '    0.000000   0 0x001 M: W=18446744073709551615 ns',
    ]);
  });

  it('do nothing to a terminal', () => {
    const signal = makeSignal('A\u001b', {
      startBit: 0,
      length: 8,
      unit: '\n',
      labels: new Map([[1, '\u009b']]),
    });
    const lines = read([[0, 0, 1, '01']], [makeMessage('M\r', [signal], { arbitrationId: 1 })], {
      text: true,
    });
    expect(lines).toEqual(['    0.000000   0 0x001 M\\x0d: A\\x1b=1 \\x0a [\\x9b]']);
    const [json] = read([[0, 0, 1, '01']], [makeMessage('M\u202e', [signal], { arbitrationId: 1 })]);
    expect(json).toContain(String.raw`"labels":{"A\u001b":"\u009b"}`);
    const [text] = read([[0, 0, 1, '01']], [makeMessage('M\u202e', [signal], { arbitrationId: 1 })], {
      text: true,
    });
    expect(text).toContain(String.raw`M\u202e: A`);
  });
});

describe('which frames become lines', () => {
  const frames: Frame[] = [
    [0, 0, 0x25, '0000'],
    [1, 0, 0x99, '0000'],
    [2, 2, 0x25, '0000'],
    [3, 1, 0x25, '0100'],
    [4, 0, 0x25, '0200'],
    [5, 0, 0x25, '0200'],
    [6, 0, 0x25, '0201'],
  ];
  const secondsOf = (lines: readonly string[]): readonly unknown[] =>
    lines.map((line) => (JSON.parse(line) as { seconds: number }).seconds);

  it('are those of messages that the database of the bus has, in their order', () => {
    expect(secondsOf(read(frames, [drive]))).toEqual([0, 3, 4, 5, 6]);
    const lines = createLines([drive], { messages: [] });
    expect([...lines.read(tableOf(frames))].flat()).toEqual([]);
    expect(lines.decodedFrames).toBe(5);
  });

  it('are those in a range of time, both ends included', () => {
    expect(secondsOf(read(frames, [drive], { fromSeconds: 3, toSeconds: 5 }))).toEqual([3, 4, 5]);
    expect(secondsOf(read(frames, [drive], { fromSeconds: 5.5 }))).toEqual([6]);
    expect(read([[NaN, 0, 0x25, '00']], [drive], { toSeconds: 1 })).toEqual([]);
  });

  it('are those that changed, on each bus', () => {
    expect(secondsOf(read(frames, [drive], { changesOnly: true }))).toEqual([0, 3, 4, 6]);
    expect(secondsOf(read(frames, [drive], { changesOnly: true, signals: ['SPEED'] }))).toEqual([0, 3, 4]);
  });

  it('counters and checksums change nothing unless they are asked for; becoming wrong does', () => {
    const message = makeMessage(
      'M',
      [makeSignal('COUNTER', { startBit: 0, length: 8 }), makeSignal('A', { startBit: 8, length: 8 })],
      { arbitrationId: 1 },
    );
    const counted: Frame[] = ['0105', '0205', '0305', '0505', '0605', '0706'].map((hex, i) => [i, 0, 1, hex]);
    const options = { name: 'toyota_x', changesOnly: true };
    expect(secondsOf(read(counted, [message], options))).toEqual([0, 3, 4, 5]);
    expect(secondsOf(read(counted, [message], { ...options, signals: ['COUNTER'] }))).toHaveLength(6);
  });

  it('are the same whatever the windows are', () => {
    const names = Array.from({ length: 300 }, (_, i) =>
      makeSignal(`S${String(i)}`, { startBit: i % 57, length: 8 }),
    );
    const many = makeMessage('MANY', names, { arbitrationId: 7 });
    const drives = Array.from({ length: 6000 }, (_, i): Frame => [
      i,
      i % 2,
      i % 3 === 0 ? 7 : 0x25,
      '01020304',
    ]);
    const lines = createLines([drive, many]);
    const windows = [...lines.read(tableOf(drives))];
    expect(windows.length).toBeGreaterThan(2);
    expect(secondsOf(windows.flat())).toEqual(drives.map(([seconds]) => seconds));
    const [, second] = windows;
    expect(second?.[1]).toBe(
      read([[...(drives[(windows[0]?.length ?? 0) + 1] ?? drives[0]!)] as Frame], [drive, many])[0],
    );
  });

  it('go on in the next table', () => {
    const lines = createLines([drive], { changesOnly: true });
    const first = [...lines.read(tableOf([[0, 0, 0x25, '0000']]))].flat();
    const second = [
      ...lines.read(
        tableOf([
          [1, 0, 0x25, '0000'],
          [2, 0, 0x25, '0001'],
        ]),
      ),
    ].flat();
    expect([secondsOf(first), secondsOf(second)]).toEqual([[0], [2]]);
  });
});
