import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { OpenedLog } from '../../../../server/services/logs/log-access.ts';
import { readParameters } from '../../../../server/services/tools/tool-parameters.ts';
import { canBitTransition } from '../../../../server/tools/can-bit-transition/can-bit-transition.ts';
import type { InputAccess } from '../../../../server/tools/input-access.ts';
import { failureOf } from '../../../support/failure.ts';
import { makeCanLog } from '../../../support/log-builder.ts';
import { fileOf, MemoryLogs } from '../../../support/memory-logs.ts';
import { repository } from '../../../support/repository.ts';
import { runTool, textInput, type ToolRun } from '../../../support/tool-run.ts';

const FIXTURES = join(repository, 'test/fixtures/can-bit-transition');
const SECOND = 1_000_000_000;

function readFixture(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8');
}

function search(input: InputAccess, parameters: ParameterValues): Promise<ToolRun> {
  return runTool(canBitTransition, { input, parameters });
}

function searchFixture(parameters: ParameterValues = { low: '1-2', high: '3-4' }): Promise<ToolRun> {
  return search(textInput('drive.csv', readFixture('drive.csv')), parameters);
}

function textOf({ files }: ToolRun, name = 'can_bit_transition.txt'): string | undefined {
  return files.get(name)?.toString();
}

describe('can-bit-transition', () => {
  it('writes the text of can_bit_transition.py', async () => {
    expect(textOf(await searchFixture())).toBe(readFixture('can_bit_transition.txt'));
  });

  it('names every bit in both numberings, with frames and toggles', async () => {
    const run = await searchFixture();
    expect(textOf(run, 'bit_transitions.csv')).toBe(
      [
        'address_hex,bus,bit_global,byte_index,bit_lsb,bit_msb,label_lsb,label_msb,bitmask,low_value,high_value,low_frames,high_frames,toggles',
        '0x321,0,0,0,0,7,Byte0 bit0 (LSB),MSB B0b7,1,0,1,3,3,2',
        '0x321,0,7,0,7,0,Byte0 bit7 (LSB),MSB B0b0,128,1,0,3,3,2',
        '0x321,1,4,0,4,3,Byte0 bit4 (LSB),MSB B0b3,16,0,1,2,1,1',
        '',
      ].join('\r\n'),
    );
    expect(JSON.parse(textOf(run, 'bit_transitions.json') ?? '')).toHaveLength(3);
    expect(run.lines).toEqual(['INFO Found 3 bits.']);
  });

  it('leaves a report that names the steadiest bit and draws when it was set', async () => {
    const run = await searchFixture();
    expect([...run.files.keys()].toSorted()).toEqual([
      'bit_transitions.csv',
      'bit_transitions.json',
      'can_bit_transition.analysis_meta.json',
      'can_bit_transition.txt',
      'can_bit_transition_report.html',
    ]);
    const html = textOf(run, 'can_bit_transition_report.html') ?? '';
    expect(html).toContain('3 bits');
    expect(html).toContain('1:0x321:4 MSB B0b3');
    expect(html).toContain('low ranges');
  });

  it('goes the other way when low and high change places', async () => {
    const run = await searchFixture({ low: '3-4', high: '1-2' });
    expect(textOf(run)).toBe(
      'id 0:321 0 -> 1 at byte 0 bitmask 128\n' +
        'id 0:321 1 -> 0 at byte 0 bitmask 1\n' +
        'id 1:321 1 -> 0 at byte 0 bitmask 16\n',
    );
  });

  it.each([
    // The frame at 2.5 s has bit 1 set, as has one at 3.5 s, and bit 7.
    {
      low: '1-2,2.4-2.6',
      high: '3-4',
      text: 'id 0:321 0 -> 1 at byte 0 bitmask 1\nid 0:321 1 -> 0 at byte 0 bitmask 128\nid 1:321 0 -> 1 at byte 0 bitmask 16\n',
    },
    // At 4.5 s bit 0 is clear again: nothing of bus 0 is left.
    { low: '1-2', high: ['3-4', '4.4-5'], text: 'id 1:321 0 -> 1 at byte 0 bitmask 16\n' },
    { low: '1-2', high: '4.4-5', text: '' },
  ])('wants $low low and $high high', async ({ low, high, text }) => {
    const run = await searchFixture({ low, high });
    expect(textOf(run)).toBe(text);
    if (text === '') expect(textOf(run, 'can_bit_transition_report.html')).toContain('No bit has one value');
  });

  it.each([
    {
      parameters: { low: '1-2', high: '7-9' },
      message:
        'Parameter \'high\': no frame lies between 00:07.000 and 00:09.000; those of "drive.csv" go from 00:01.000 to 00:04.500',
    },
    {
      parameters: { low: '5-6,1-2', high: '3-4' },
      message:
        'Parameter \'low\': no frame lies between 00:05.000 and 00:06.000; those of "drive.csv" go from 00:01.000 to 00:04.500',
    },
  ])('refuses $parameters', async ({ parameters, message }) => {
    await expect(searchFixture(parameters)).rejects.toMatchObject({ code: 'INVALID_PARAMETER', message });
  });

  it('refuses a CSV without times', async () => {
    const old = textInput('old.csv', 'Bus,MessageID,Message\n0,1,00\n');
    await expect(search(old, { low: '1-2', high: '3-4' })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      details: { parameter: 'low' },
    });
  });

  it.each([
    {
      parameters: { low: ['1-3'], high: ['2-4'] },
      message: "Parameter 'high' must not overlap low: 2-4 overlaps 1-3",
    },
    {
      parameters: { low: ['2-1'], high: ['3-4'] },
      message: 'Parameter \'low\' must hold stretches of time such as 5-15: "2-1" ends before it begins',
    },
    { parameters: { low: [], high: ['3-4'] }, message: /^Parameter 'low' / },
    { parameters: { low: ['1-2'] }, message: /^Parameter 'high' / },
  ])('is not started with $parameters', ({ parameters, message }) => {
    const failure = failureOf(() => readParameters(canBitTransition, parameters));
    expect(failure.code).toBe('INVALID_PARAMETER');
    expect(failure.message).toMatch(message);
  });
});

interface Frame {
  readonly seconds: number;
  readonly bus: number;
  readonly bytes: Uint8Array;
}

const anyFrames = fc.array(
  fc.record({
    seconds: fc.integer({ min: 0, max: 80 }).map((eighths) => eighths / 8),
    bus: fc.constantFrom(0, 1, 130),
    // Few values, so that some bits keep theirs.
    bytes: fc.uint8Array({ minLength: 1, maxLength: 3, max: 3 }),
  }),
  { maxLength: 30 },
);

/** What the text says of bit `mask` of a byte, found the slow way. */
function describeSlowly(frames: readonly Frame[], bus: number, byte: number): readonly string[] {
  const within = (from: number, to: number): readonly (number | undefined)[] =>
    frames
      .filter((each) => each.bus === bus && each.seconds >= from && each.seconds <= to)
      .map(({ bytes }) => bytes[byte]);
  const [low, high] = [within(1, 4), within(5, 9)];
  if (low.length === 0 || high.length === 0 || [...low, ...high].includes(undefined)) return [];
  const keep = (values: readonly (number | undefined)[], mask: number, value: number): boolean =>
    values.every((each = 0) => (each & mask) === value);
  const sum = (fromSet: boolean): number =>
    [1, 2, 4, 8, 16, 32, 64, 128]
      .filter((mask) => keep(low, mask, fromSet ? mask : 0) && keep(high, mask, fromSet ? 0 : mask))
      .reduce((total, mask) => total + mask, 0);
  const lines = [
    { words: '0 -> 1', mask: sum(false) },
    { words: '1 -> 0', mask: sum(true) },
  ];
  return lines
    .filter(({ mask }) => mask > 0)
    .map(
      ({ words, mask }) => `id ${String(bus)}:40 ${words} at byte ${String(byte)} bitmask ${String(mask)}\n`,
    );
}

describe('can-bit-transition on logs and CSV', () => {
  it('finds what a slow reading finds', async () => {
    await fc.assert(
      fc.asyncProperty(anyFrames, async (given) => {
        // The first frame is second 0 of the log; each range has a frame.
        const frames = [0, 2, 6]
          .map((seconds) => ({ seconds, bus: 2, bytes: Uint8Array.of(0) }))
          .concat(given);
        const hex = ({ bytes }: Frame): string => Buffer.from(bytes).toString('hex');
        const rows = frames.map(
          (frame) => `${String(frame.seconds)},64,${String(frame.bus)},${hex(frame)}\n`,
        );
        const lines = frames.map((frame) => ({
          t: (100 + frame.seconds) * SECOND,
          which: 'can',
          can: [[0x40, frame.bus, hex(frame)] as const],
        }));
        const logs = new MemoryLogs({ drive: fileOf(makeCanLog(lines)) });
        const expected = [0, 1]
          .flatMap((bus) => [0, 1, 2].flatMap((byte) => describeSlowly(frames, bus, byte)))
          .join('');
        const parameters = { low: '1-4', high: '5-9' };

        const csv = textInput('drive.csv', `time,addr,bus,data\n${rows.join('')}`);
        expect(textOf(await search(csv, parameters))).toBe(expected);
        const log = new OpenedLog(await logs.locate('drive'), {});
        expect(textOf(await search(log, parameters))).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });
});
