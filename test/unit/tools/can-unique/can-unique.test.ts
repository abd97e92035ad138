import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { OpenedLog } from '../../../../server/services/logs/log-access.ts';
import { readParameters } from '../../../../server/services/tools/tool-parameters.ts';
import { canUnique } from '../../../../server/tools/can-unique/can-unique.ts';
import type { InputAccess } from '../../../../server/tools/input-access.ts';
import { rlogToCsv } from '../../../../server/tools/rlog-to-csv/rlog-to-csv.ts';
import { failureOf } from '../../../support/failure.ts';
import { makeCanLog } from '../../../support/log-builder.ts';
import { fileOf, MemoryLogs } from '../../../support/memory-logs.ts';
import { repository } from '../../../support/repository.ts';
import { runTool, textInput, type ToolRun } from '../../../support/tool-run.ts';

const FIXTURES = join(repository, 'test/fixtures/can-unique');
const SECOND = 1_000_000_000;

function readFixture(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8');
}

function openFixture(name: string): InputAccess {
  return textInput(name, readFixture(name));
}

function runOnFixtures(): Promise<ToolRun> {
  return runTool(canUnique, {
    input: openFixture('interesting.csv'),
    files: { background: [openFixture('background-a.csv'), openFixture('background-b.csv')] },
    parameters: { background: 'background-a.csv,background-b.csv' },
  });
}

function compareWithin(input: InputAccess, parameters: ParameterValues): Promise<ToolRun> {
  return runTool(canUnique, { input, parameters });
}

function textOf({ files }: ToolRun, name = 'can_unique.txt'): string | undefined {
  return files.get(name)?.toString();
}

describe('can-unique', () => {
  it('writes the text of can_unique.py', async () => {
    expect(textOf(await runOnFixtures())).toBe(readFixture('can_unique.txt'));
  });

  it('names every bit in both numberings, with how often and when', async () => {
    const lines = (textOf(await runOnFixtures(), 'unique_bits.csv') ?? '').split('\r\n');
    expect(lines.slice(0, 5)).toEqual([
      'address_hex,bus,bit_global,byte_index,bit_lsb,bit_msb,label_lsb,label_msb,bitmask,new_value,frames,message_frames,first_s,toggles',
      '0x241,0,2,0,2,5,Byte0 bit2 (LSB),MSB B0b5,4,1,2,4,10.3,2',
      '0x241,0,15,1,7,0,Byte1 bit7 (LSB),MSB B1b0,128,0,1,4,10.7,2',
      '0x241,1,0,0,0,7,Byte0 bit0 (LSB),MSB B0b7,1,1,1,3,10.1,1',
      '0x241,1,8,1,0,7,Byte1 bit0 (LSB),MSB B1b7,1,1,1,3,10.8,0',
    ]);
    // Header, 0:241, 1:241 byte 0 and all of byte 1, 128:7a, and what stands behind the last line.
    expect(lines).toHaveLength(1 + 2 + 9 + 1 + 1);
  });

  it('lists messages that are new as a whole by themselves', async () => {
    const run = await runOnFixtures();
    expect(textOf(run, 'new_messages.csv')).toBe(
      'address_hex,bus,frames,byte_length,first_s\r\n0x1C28AF65,2,1,8,10.6\r\n',
    );
    expect(JSON.parse(textOf(run, 'new_messages.json') ?? '')).toEqual([
      { address_hex: '0x1C28AF65', bus: 2, frames: 1, byte_length: 8, first_s: 10.6 },
    ]);
    expect(run.lines).toEqual(['INFO Found 12 new bit values and 1 new message.']);
  });

  it('leaves a report that names the steadiest bit', async () => {
    const run = await runOnFixtures();
    expect([...run.files.keys()].toSorted()).toEqual([
      'can_unique.analysis_meta.json',
      'can_unique.txt',
      'can_unique_report.html',
      'new_messages.csv',
      'new_messages.json',
      'unique_bits.csv',
      'unique_bits.json',
    ]);
    const html = textOf(run, 'can_unique_report.html') ?? '';
    expect(html).toContain('12 bit values and 1 message');
    expect(html).toContain('0x241 · bus 1');
    expect(html).toContain('MSB B1b7');
  });

  it('says so where nothing is new', async () => {
    const run = await runTool(canUnique, {
      input: openFixture('background-b.csv'),
      files: { background: [openFixture('background-b.csv')] },
      parameters: { background: ['b'] },
    });
    expect(textOf(run)).toBe('');
    expect(textOf(run, 'can_unique_report.html')).toContain('Nothing is new');
  });

  it('knows no times where a CSV has none', async () => {
    const run = await runTool(canUnique, {
      input: textInput('old.csv', 'Bus,MessageID,Message\n0,577,0001\n'),
      files: { background: [textInput('b.csv', 'Bus,MessageID,Message\n0,577,0000\n')] },
      parameters: { background: ['b'] },
    });
    const [, row = ''] = (textOf(run, 'unique_bits.csv') ?? '').split('\r\n');
    expect(row).toBe('0x241,0,8,1,0,7,Byte1 bit0 (LSB),MSB B1b7,1,1,1,1,,0');
  });
});

describe('can-unique within one recording', () => {
  const csv = 'time,addr,bus,data\n0,1,0,00\n1,1,0,01\n2,1,0,03\n3,1,0,04\n4,1,0,01\n';

  it.each([
    { name: 'all but the background', times: { background_times: '0-1,4-9' }, masks: [2, 4] },
    { name: 'a stretch', times: { background_times: '0-1', interesting_times: '1.5-2' }, masks: [2] },
    {
      name: 'several',
      times: { background_times: '0-1', interesting_times: ['2-2.5', '3-4'] },
      masks: [2, 4],
    },
  ])('compares with $name', async ({ times, masks }) => {
    const run = await compareWithin(textInput('drive.csv', csv), times);
    const mask = masks.reduce((sum, bit) => sum + bit, 0);
    expect(textOf(run)).toBe(`id 0:1 new one  at byte 0 bitmask ${String(mask)}\n`);
    const html = textOf(run, 'can_unique_report.html') ?? '';
    expect(html).toContain('When they were set');
  });

  it.each([
    {
      times: { background_times: '7-9' },
      message:
        'Parameter \'background_times\': no frame lies between 00:07.000 and 00:09.000; those of "drive.csv" go from 00:00.000 to 00:04.000',
    },
    {
      times: { background_times: '0-5' },
      message: "Parameter 'background_times' covers every frame: none is left to look at",
    },
  ])('refuses $times', async ({ times, message }) => {
    const run = compareWithin(textInput('drive.csv', csv), times);
    await expect(run).rejects.toMatchObject({ code: 'INVALID_PARAMETER', message });
  });

  it('refuses times where the CSV has none', async () => {
    const run = compareWithin(textInput('old.csv', 'Bus,MessageID,Message\n0,577,00\n'), {
      background_times: '0-1',
    });
    await expect(run).rejects.toMatchObject({
      message:
        'Parameter \'background_times\' needs times, and "old.csv" has none: its columns are Bus, MessageID and Message',
    });
  });

  it.each([
    {
      parameters: {},
      message: "Parameter 'background' must name a recording, or background_times a stretch of this one",
    },
    {
      parameters: { background: ['a.csv'], background_times: ['0-1'] },
      message: "Parameter 'background_times' must be empty where background names recordings",
    },
    {
      parameters: { background_times: ['0-5'], interesting_times: ['7-9', '4-6'] },
      message: "Parameter 'interesting_times' must not overlap background_times: 4-6 overlaps 0-5",
    },
    {
      parameters: { background_times: ['5-0'] },
      message:
        'Parameter \'background_times\' must hold stretches of time such as 5-15: "5-0" ends before it begins',
    },
  ])('is not started with $parameters', ({ parameters, message }) => {
    const failure = failureOf(() => readParameters(canUnique, parameters));
    expect(failure).toMatchObject({ code: 'INVALID_PARAMETER', message });
  });

  it('names the parameter of a recording without frames', async () => {
    const run = runTool(canUnique, {
      input: openFixture('interesting.csv'),
      files: { background: [textInput('b.csv', 'time,addr,bus,data\n')] },
      parameters: { background: ['b.csv'] },
    });
    await expect(run).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      message: 'Parameter \'background\': "b.csv" holds no CAN frames',
    });
  });
});

/** Frames of a few messages over ten seconds. */
const anyDrive = fc.array(
  fc.record({
    t: fc.integer({ min: 0, max: 10_000 }).map((ms) => 100 * SECOND + ms * 1_000_000),
    address: fc.constantFrom(0x40, 0x241, 0x18daf110),
    bus: fc.constantFrom(0, 1, 128),
    hex: fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  }),
  { minLength: 20, maxLength: 60 },
);

function openLog(
  drive: readonly { t: number; address: number; bus: number; hex: string }[],
): Promise<InputAccess> {
  const lines = [
    { t: 100 * SECOND, which: 'can', can: [[0x40, 0, '00'] as const] },
    ...drive.map(({ t, address, bus, hex }) => ({ t, which: 'can', can: [[address, bus, hex] as const] })),
    { t: 110 * SECOND, which: 'can', can: [[0x40, 0, 'FF'] as const] },
  ];
  const logs = new MemoryLogs({ drive: fileOf(makeCanLog(lines)) });
  return logs.locate('drive').then((source) => new OpenedLog(source, {}));
}

describe('can-unique on logs', () => {
  it('finds what it finds in the CSV of the same frames', async () => {
    await fc.assert(
      fc.asyncProperty(anyDrive, async (drive) => {
        const parameters = { background_times: '0-4', interesting_times: '5-10' };
        const { files } = await runTool(rlogToCsv, { input: await openLog(drive), parameters: { out: 'f' } });
        const fromLog = await compareWithin(await openLog(drive), parameters);
        const fromCsv = await compareWithin(textInput('f', files.get('f') ?? '', 999), parameters);
        for (const name of ['can_unique.txt', 'unique_bits.csv', 'unique_bits.json', 'new_messages.csv'])
          expect(textOf(fromLog, name)).toBe(textOf(fromCsv, name));
      }),
      { numRuns: 20 },
    );
  });

  it('stops when it is cancelled', async () => {
    const run = runTool(canUnique, {
      input: openFixture('interesting.csv'),
      files: { background: [openFixture('background-a.csv')] },
      parameters: { background: ['a'] },
      signal: AbortSignal.abort(new Error('cancelled')),
    });
    await expect(run).rejects.toThrow('cancelled');
  });
});
