import { describe, expect, it } from 'vitest';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';
import { drive, gear, type Frame, readLines } from '../../../../support/line-frames.ts';

describe('frames as JSON lines', () => {
  it('have time, bus, id, message, values and labels', () => {
    expect(readLines([[1.25, 0, 0x25, '0d04']], [drive])).toEqual([
      '{"seconds":1.25,"bus":0,"arbitrationId":37,"message":"DRIVE",' +
        '"signals":{"SPEED":0.30000000000000004,"GEAR":4},"labels":{"GEAR":"D"}}',
    ]);
  });

  it('have no labels where none is asked for, and no time where there is none', () => {
    expect(readLines([[NaN, 1, 0x25, '0a04']], [drive], { labels: false })).toEqual([
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
    const values = readLines(frames, messages).map(
      (line) => (JSON.parse(line) as { signals: unknown }).signals,
    );
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
    const values = readLines(frames, [message]).map(
      (line) => (JSON.parse(line) as { signals: unknown }).signals,
    );
    expect(values).toEqual([{ MODE: 1, A: 7 }, { MODE: 2, B: 7 }, { MODE: 3 }]);
    expect(readLines(frames, [message], { signals: ['A'] })).toHaveLength(1);
  });

  it('have integers beyond doubles as texts, exactly', () => {
    const wide = makeSignal('W', { startBit: 0, length: 64 });
    const signed = makeSignal('S', { startBit: 0, length: 64, isSigned: true, factor: 2, offset: 1 });
    const scaled = makeSignal('X', { startBit: 0, length: 64, factor: 0.5 });
    const message = makeMessage('M', [wide, signed, scaled], { arbitrationId: 1 });
    const lines = readLines(
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
    const [line = ''] = readLines([[0, 0, 1, '01']], [makeMessage(hostile, [signal], { arbitrationId: 1 })]);
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
    const wrong = readLines(frames, [message], { name: 'toyota_x' }).map(
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
    const texts = readLines(frames, [message], { name: 'toyota_x', text: true });
    expect(texts.map((line) => / {2}\(.*\)$/.exec(line)?.[0])).toEqual([
      undefined,
      undefined,
      '  (wrong checksum)',
      '  (wrong counter)',
      '  (wrong checksum, wrong counter)',
      '  (wrong checksum)',
    ]);
    expect(readLines(frames, [message]).join('')).not.toContain('wrong');
  });
});

describe('frames as lines for people', () => {
  it('have time, bus, id, message, values, units and labels', () => {
    const long = makeMessage('LONG', [gear], { arbitrationId: 0x18daf110 });
    expect(
      readLines(
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
    expect(readLines([[0, 0, 1, 'ff'.repeat(8)]], [message], { text: true })).toEqual([
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
    const lines = readLines([[0, 0, 1, '01']], [makeMessage('M\r', [signal], { arbitrationId: 1 })], {
      text: true,
    });
    expect(lines).toEqual(['    0.000000   0 0x001 M\\x0d: A\\x1b=1 \\x0a [\\x9b]']);
    const [json] = readLines([[0, 0, 1, '01']], [makeMessage('M\u202e', [signal], { arbitrationId: 1 })]);
    expect(json).toContain(String.raw`"labels":{"A\u001b":"\u009b"}`);
    const [text] = readLines([[0, 0, 1, '01']], [makeMessage('M\u202e', [signal], { arbitrationId: 1 })], {
      text: true,
    });
    expect(text).toContain(String.raw`M\u202e: A`);
  });
});
