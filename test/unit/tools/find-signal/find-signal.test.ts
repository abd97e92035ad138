import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { findSignal } from '../../../../server/tools/find-signal/find-signal.ts';
import type { LogAccess } from '../../../../server/tools/input-access.ts';
import { failureOf } from '../../../support/failure.ts';
import { makeLog } from '../../../support/log-builder.ts';
import { openMemoryLog } from '../../../support/memory-log.ts';
import { type PlantedMessage, plantFrames } from '../../../support/planted-signal.ts';
import { runTool, textInput, type ToolRun } from '../../../support/tool-run.ts';

const SECONDS = 30;
const BOOT = 50;

function speedAt(seconds: number): number {
  return 15 + 6 * Math.sin(seconds / 3) + 2 * Math.sin(seconds / 1.1);
}

/** What no message carries, between -1 and 1. */
function noiseAt(seconds: number): number {
  return (43_758.5453 * Math.sin(1299.8 * seconds)) % 1;
}

function isBraking(seconds: number): boolean {
  return (seconds > 5 && seconds < 7.5) || (seconds > 14 && seconds < 15) || (seconds > 22 && seconds < 26);
}

const MESSAGES: readonly PlantedMessage[] = [
  {
    bus: 0,
    arbitrationId: 0x1a0,
    byteLength: 8,
    rate: 50,
    signals: [
      {
        startBit: 7,
        length: 16,
        byteOrder: 'big-endian',
        isSigned: false,
        raw: (s) => 6767 + 360 * speedAt(s),
      },
      {
        startBit: 37,
        length: 1,
        byteOrder: 'little-endian',
        isSigned: false,
        raw: (s) => Number(isBraking(s)),
      },
    ],
    counterByte: 6,
    checksumByte: 7,
  },
  {
    bus: 1,
    arbitrationId: 0x18daf110,
    byteLength: 8,
    rate: 20,
    signals: [
      {
        startBit: 8,
        length: 8,
        byteOrder: 'little-endian',
        isSigned: false,
        raw: (s) => 128 + 100 * Math.sin(s),
      },
    ],
    counterByte: 0,
  },
];

/** A log whose second 0 is at the first frame; its carState says what the messages carry. */
function openDrive(): Promise<LogAccess> {
  const frames = plantFrames(MESSAGES, SECONDS).map(({ seconds, arbitrationId, bus, data }) => ({
    logMonoTime: toNanoseconds(seconds),
    service: 'can',
    value: [{ address: arbitrationId, src: bus, dat: data }],
  }));
  const states = Array.from({ length: 100 * SECONDS }, (_, i) => i / 100).map((seconds) => ({
    logMonoTime: toNanoseconds(seconds + 0.004),
    service: 'carState',
    value: {
      vEgo: speedAt(seconds),
      brakePressed: isBraking(seconds),
      aEgo: 0.2 * speedAt(seconds) + 4 * noiseAt(seconds),
      steeringAngleDeg: 2 * seconds,
      steeringRateDeg: 10 * Math.sin(seconds),
    },
  }));
  const events = [...frames, ...states].sort((a, b) => Number(a.logMonoTime - b.logMonoTime));
  return openMemoryLog('drive.rlog', makeLog(events));
}

function toNanoseconds(seconds: number): bigint {
  return BigInt(Math.round((BOOT + seconds) * 1e9));
}

async function search(parameters: ParameterValues): Promise<ToolRun> {
  return await runTool(findSignal, { input: await openDrive(), parameters });
}

interface CandidateRow {
  readonly rank: number;
  readonly bus: number;
  readonly address_hex: string;
  readonly dbc: string;
  readonly label_lsb: string | null;
  readonly label_msb: string | null;
  readonly factor: number;
  readonly offset: number;
  readonly suggested_as: string | null;
  readonly score: number;
  readonly transitions: number | null;
  readonly transitions_matched: number | null;
}

function readCandidates({ files }: ToolRun): readonly CandidateRow[] {
  return JSON.parse(files.get('candidates.json')?.toString() ?? '[]') as readonly CandidateRow[];
}

/** The code and message of a run that must fail. */
async function refusalOf(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { code, message } = failureOf(() => {
    throw error;
  });
  return `${code} ${message}`;
}

describe('find-signal', () => {
  it('finds the field of a number in the log, with its scale', async () => {
    const [best] = readCandidates(await search({ field: 'carState.vEgo' }));
    expect(best).toMatchObject({
      rank: 1,
      bus: 0,
      address_hex: '0x1A0',
      dbc: '7|16@0+',
      suggested_as: '0.01 km/h',
    });
    expect(best?.offset).toBeCloseTo(-6767 / 360, 1);
  });

  it('finds the bit of a state, named in both numberings', async () => {
    const [best] = readCandidates(await search({ field: 'carState.brakePressed' }));
    expect(best).toMatchObject({
      address_hex: '0x1A0',
      dbc: '37|1@1+',
      label_lsb: 'Byte4 bit5 (LSB)',
      label_msb: 'MSB B4b2',
      transitions: 6,
      transitions_matched: 6,
    });
  });

  it('finds the bit of what was on at given times', async () => {
    const run = await search({ intervals: '5-7.5, 14-15, 0:22-0:26' });
    expect(readCandidates(run)[0]).toMatchObject({ address_hex: '0x1A0', dbc: '37|1@1+' });
  });

  it('finds it in a CSV of frames as well', async () => {
    const rows = plantFrames(MESSAGES, SECONDS).map(
      ({ seconds, bus, arbitrationId, data }) =>
        `${seconds.toFixed(6)},${arbitrationId},${bus},${Buffer.from(data).toString('hex')}`,
    );
    const input = textInput('frames.csv', ['time,addr,bus,data', ...rows, ''].join('\n'), 65_536);
    const run = await runTool(findSignal, { input, parameters: { intervals: ['5-7.5', '14-15', '22-26'] } });
    expect(readCandidates(run)[0]).toMatchObject({ address_hex: '0x1A0', dbc: '37|1@1+' });
  });

  it('writes the best as DBC', async () => {
    const { files } = await search({ field: 'carState.brakePressed', max_candidates: 1 });
    expect(files.get('signals.dbc')?.toString()).toMatch(
      /^VERSION ""\n\nNS_ :\n\nBS_:\n\nBU_: XXX\n\nBO_ 416 MSG_1A0: 8 XXX\n SG_ CAR_STATE_BRAKE_PRESSED : 37\|1@1\+ \(1,0\) \[0\|1\] "" XXX\n\nCM_ SG_ 416 CAR_STATE_BRAKE_PRESSED "bus 0, score 0\.99\d, r (?:0\.99\d\d|1\.0000), lag 0\.0\d s";\n$/,
    );
  });

  it('marks ids of extended frames in DBC', async () => {
    const { files } = await search({ field: 'carState.steeringRateDeg' });
    expect(files.get('signals.dbc')?.toString()).toContain(
      `BO_ ${0x8000_0000 + 0x18daf110} MSG_18DAF110: 8 XXX`,
    );
  });

  it('leaves all files, and the same bytes each time', async () => {
    const [first, second] = [
      await search({ field: 'carState.vEgo' }),
      await search({ field: 'carState.vEgo' }),
    ];
    expect([...first.files.keys()]).toEqual([
      'candidates.csv',
      'candidates.json',
      'signals.dbc',
      'find-signal.analysis_meta.json',
      'find-signal.report.html',
    ]);
    expect(second.files).toEqual(first.files);
    expect(first.lines).toEqual([
      expect.stringMatching(/^INFO Best for carState\.vEgo: 0x1A0 · bus 0 7\|16@0\+, score 0\.9\d+\.$/),
    ]);
  });

  it('says in the report what was found and where', async () => {
    const { files } = await search({ field: 'carState.vEgo' });
    const page = files.get('find-signal.report.html')?.toString() ?? '';
    expect(page).toContain('0x1A0 · bus 0, 7|16@0+');
    expect(page).toContain('probably 0.01 km/h');
    expect(page).toContain('16 bits, big-endian, from bit 7 (MSB B0b0) down to bit 8 (MSB B1b7)');
  });

  it('says plainly that nothing explains what no message carries', async () => {
    const { files } = await search({ field: 'carState.aEgo' });
    const page = files.get('find-signal.report.html')?.toString() ?? '';
    expect(page).toContain('Nothing explains carState.aEgo.');
    expect(page).not.toContain('One step of the field');
    const dbc = files.get('signals.dbc')?.toString();
    expect(dbc).toContain('CM_ "Nothing explains carState.aEgo well enough to be a signal";');
    expect(dbc).not.toContain('SG_');
  });

  it('warns of what goes one way only', async () => {
    const rising = await search({ field: 'carState.steeringAngleDeg' });
    expect(rising.files.get('find-signal.report.html')?.toString()).toContain(
      'carState.steeringAngleDeg only rises in the time that was searched',
    );
    const speed = await search({ field: 'carState.vEgo' });
    expect(speed.files.get('find-signal.report.html')?.toString()).not.toContain('One way only');
  });

  it('tells progress that only rises, to the end', async () => {
    const { fractions } = await search({ field: 'carState.vEgo' });
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('stops when the run is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    const parameters = { field: 'carState.vEgo' };
    const run = runTool(findSignal, { input: await openDrive(), parameters, signal });
    await expect(run).rejects.toThrow('cancelled');
  });

  it('searches within the times, buses and ids that were asked for', async () => {
    const early = readCandidates(await search({ field: 'carState.brakePressed', time_to: 10 }));
    expect(early[0]).toMatchObject({ dbc: '37|1@1+', transitions: 2 });
    const other = readCandidates(await search({ field: 'carState.brakePressed', ids: '0x18DAF110' }));
    expect(new Set(other.map((row) => row.address_hex))).toEqual(new Set(['0x18DAF110']));
  });

  it.each<[string, ParameterValues, string]>([
    [
      'a field that is none',
      { field: 'carState.vEgoo' },
      'FIELD_NOT_FOUND carState has no field "vEgoo". Did you mean vEgo, aEgo?',
    ],
    [
      'a field in no event',
      { field: 'gpsLocation.speed' },
      'INVALID_PARAMETER Parameter \'field\': gpsLocation.speed is a field, but "drive.rlog" holds no event with it',
    ],
    [
      'what never changes',
      { field: 'carState.gasPressed' },
      "INVALID_PARAMETER Parameter 'field': carState.gasPressed is 0 in all of its 3",
    ],
    [
      'a time without a change',
      { field: 'carState.brakePressed', time_to: 3 },
      "INVALID_PARAMETER Parameter 'field': carState.brakePressed is 0 in all of its",
    ],
    [
      'times behind the values',
      { field: 'carState.vEgo', time_from: 500 },
      "INVALID_PARAMETER Parameter 'time_from': 08:20.000 is after the last value of carState.vEgo; they go from 00:00.000 to 00:29.990",
    ],
    [
      'intervals that are the whole recording',
      { intervals: '0-1000' },
      "INVALID_PARAMETER Parameter 'intervals': the given intervals is 1 in all of its",
    ],
    [
      'intervals outside',
      { intervals: '100-110' },
      "INVALID_PARAMETER Parameter 'intervals': no frame lies between",
    ],
    [
      'a bus that is not there',
      { field: 'carState.vEgo', buses: '7' },
      'INVALID_PARAMETER Parameter \'buses\': "drive.rlog" holds no such frames; its buses are 0, 1',
    ],
    [
      'an id that is not there',
      { field: 'carState.vEgo', ids: '0x7FF' },
      "INVALID_PARAMETER Parameter 'ids':",
    ],
  ])('refuses %s', async (_, parameters, refusal) => {
    expect(await refusalOf(search(parameters))).toContain(refusal);
  });
});
