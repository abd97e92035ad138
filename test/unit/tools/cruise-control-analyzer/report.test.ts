import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import type { Report, ReportSection, Text } from '../../../../server/core/report/report.ts';
import { analyzeCruise } from '../../../../server/tools/cruise-control-analyzer/analysis/cruise-analysis.ts';
import {
  cruiseParameters,
  toCruiseOptions,
} from '../../../../server/tools/cruise-control-analyzer/cruise-parameters.ts';
import { describeFindings } from '../../../../server/tools/cruise-control-analyzer/report/cruise-report.ts';
import {
  groupFrames,
  packBits,
  packSpeed,
  packStatus,
  type SubaruFrame,
} from '../../../support/subaru-frames.ts';

type Findings = Omit<Report, 'provenance'>;

function report(
  list: readonly SubaruFrame[],
  values: ParameterValues = {},
  car = 'SUBARU_OUTBACK',
): Findings {
  const parameters = cruiseParameters.parse(values);
  const { frames, groups } = groupFrames(list);
  const analysis = analyzeCruise(frames, groups, toCruiseOptions(parameters, 100));
  const log = {
    frames,
    events: list.length,
    leftOutEvents: 0,
    canEvents: list.length,
    zeroSeconds: 100,
    endSeconds: 120,
    car,
  };
  return describeFindings({ analysis, log, parameters, inputName: 'drive.rlog', files: [] });
}

/** Running text without its marks; times in brackets. */
function plain(text: Text): string {
  return text
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      if ('strong' in inline) return inline.strong;
      return 'code' in inline ? inline.code : `[${inline.time.toFixed(1)}]`;
    })
    .join('')
    .replaceAll('\u00a0', ' ');
}

function section({ sections }: Findings, title: string): ReportSection | undefined {
  return sections.find((each) => each.title === title);
}

function rowsOf(findings: Findings, title: string): readonly (readonly unknown[])[] {
  const content = section(findings, title)?.content;
  return content?.kind === 'table' ? content.rows : [];
}

/** Frames of a message, each with the time it comes at. */
function say(
  arbitrationId: number,
  ...moments: readonly (readonly [seconds: number, payload: string])[]
): SubaruFrame[] {
  return moments.map(([seconds, payload]) => [100 + seconds, arbitrationId, payload]);
}

const speed = (...moments: readonly (readonly [seconds: number, mph: number])[]): SubaruFrame[] =>
  say(0x13a, ...moments.map(([seconds, mph]) => [seconds, packSpeed(mph)] as const));
const buttons = (...moments: readonly (readonly [seconds: number, ...bits: number[]])[]): SubaruFrame[] =>
  say(0x146, ...moments.map(([seconds, ...bits]) => [seconds, packBits(...bits)] as const));
const status = (
  ...moments: readonly (readonly [seconds: number, setSpeed: number, ...bits: number[]])[]
): SubaruFrame[] =>
  say(
    0x241,
    ...moments.map(([seconds, setSpeed, ...bits]) => [seconds, packStatus(setSpeed, ...bits)] as const),
  );
const brake = (...moments: readonly (readonly [seconds: number, ...bits: number[]])[]): SubaruFrame[] =>
  say(0x139, ...moments.map(([seconds, ...bits]) => [seconds, packBits(...bits)] as const));
const blinkers = (...moments: readonly (readonly [seconds: number, ...bits: number[]])[]): SubaruFrame[] =>
  say(0x390, ...moments.map(([seconds, ...bits]) => [seconds, packBits(...bits)] as const));

const STEADY = speed([0, 55.5], [1, 55.5], [2, 55.5], [3, 55.5], [4, 50]);
const ONE_PRESS = buttons([0], [1, 43], [1.5]);

describe('the lead', () => {
  it.each<[name: string, frames: readonly SubaruFrame[], words: string]>([
    ['nothing at all', [], 'This log has no CAN frames, so nothing can be said of cruise control.'],
    [
      'another car',
      say(0x25, [0, '00']),
      'The log has 1 CAN frame; none is a message of Subaru’s cruise control.',
    ],
    [
      'no press',
      [...STEADY, ...buttons([0], [4])],
      'SET was not pressed. The car held the target for 4.0 s in 1 span. No blinker marker window was found.',
    ],
    [
      'a press that is answered',
      [
        ...STEADY,
        ...ONE_PRESS,
        ...status([0, 0, 54], [1.02, 56, 54, 55], [3, 0, 54]),
        ...brake([0], [2.9, 34]),
      ],
      'SET was pressed once, inside the target of 55–56 mph, and cruise control became active within 20 ms. ' +
        'The car held the target for 4.0 s in 1 span. Cruise control was active for 2.0 s in 1 stretch, which braking ' +
        'ended. No blinker marker window was found.',
    ],
    [
      'a press that is not answered, too slow',
      [...speed([0, 40], [1, 40], [2, 44]), ...ONE_PRESS],
      'SET was pressed once, outside of the target of 55–56 mph; cruise control did not become active. ' +
        'The car was never at 55–56 mph: its speed was 40.0 to 44.0 mph. No blinker marker window was found.',
    ],
    [
      'two presses, one answered, one inside',
      [
        ...speed([0, 55.5], [5, 55.5], [6, 50], [12, 50]),
        ...buttons([0], [1, 43], [1.5], [12, 43], [12.5]),
        ...status([0, 0], [12.1, 50, 55]),
      ],
      'SET was pressed twice, once inside the target of 55–56 mph; cruise control became active after one of them, ' +
        'within 100 ms. The car held the target for 6.0 s in 1 span. Cruise control was active for 0.0 s in 1 stretch. ' +
        'No blinker marker window was found.',
    ],
  ])('%s', (_, frames, words) => {
    expect(plain(report(frames).lead)).toBe(words);
  });

  it('leads to the marker window and to the bit that toggled in it only', () => {
    const frames = [
      ...blinkers([0], [5, 50], [6], [8, 51], [9]),
      ...say(0x27, [0, packBits()], [6, packBits(46)], [7, packBits()], [19, packBits()]),
    ];
    expect(plain(report(frames).lead)).toBe(
      'One blinker marker window was found, [3.5] to [9.5]. One bit toggled in it and never else: 0x027 B5b1 = bit 46 on bus 0, twice.',
    );
    // The lamps themselves are no news.
    expect(rowsOf(report(frames), 'Bits that toggle in a marker window only')).toEqual([
      [1, '0x027', 0, 46, 'Byte5 bit6', 'B5b1', 2],
    ]);
  });

  it('says nothing of markers that are switched off', () => {
    expect(plain(report([...STEADY, ...buttons([0])], { marker_type: 'none' }).lead)).not.toContain('marker');
  });
});

describe('notices', () => {
  const titles = (findings: Findings): string[] =>
    findings.notices.map(({ level, title }) => `${level}: ${title.replaceAll('\u00a0', ' ')}`);

  const cases: readonly (readonly [
    name: string,
    frames: readonly SubaruFrame[],
    values: ParameterValues,
    expected: readonly string[],
  ])[] = [
    ['no frames', [], {}, ['warning: This log has no CAN frames.']],
    ['no message', say(0x25, [0, '00']), {}, ['warning: No message of cruise control is in this log.']],
    [
      'nothing happened',
      [...speed([0, 40]), ...buttons([0])],
      {},
      [
        'info: The speed was never 55–56 mph.',
        'info: SET was not pressed.',
        'info: No marker window was found.',
      ],
    ],
    ['no speeds', ONE_PRESS, { marker_type: 'none' }, ['warning: The log has no wheel speeds.']],
    [
      'an engaged bit that is not there',
      [...STEADY, ...ONE_PRESS],
      { marker_type: 'none', engaged_bit: '0x555:b1' },
      ['warning: The engaged bit is not in this log.'],
    ],
    [
      'an engaged bit that is never 1',
      [...STEADY, ...ONE_PRESS],
      { marker_type: 'none', engaged_bit: '0x146:b1' },
      ['info: There is no engaged interval.'],
    ],
    [
      'wheels far apart',
      [...STEADY, ...ONE_PRESS, ...say(0x13a, [5, '000000000000b080'])],
      { marker_type: 'none' },
      ['warning: 1 sample of wheel speeds on bus 0 is doubtful.'],
    ],
  ];

  it.each(cases.map(([name, frames, values, expected]) => ({ name, frames, values, expected })))(
    '$name',
    ({ frames, values, expected }) => {
      expect(titles(report(frames, values))).toEqual(expected);
    },
  );

  it('warn where the car is no Subaru', () => {
    const findings = report([...STEADY, ...ONE_PRESS], { marker_type: 'none' }, 'TOYOTA_RAV4');
    expect(titles(findings)).toEqual(['warning: This log is of a TOYOTA_RAV4, not of a Subaru.']);
  });

  it('say what a filter does without intervals', () => {
    const values = { engaged_bit: '0x146:b1', engaged_mode: 'filter' };
    const notice = report([...STEADY, ...ONE_PRESS], values).notices.at(-1);
    expect(notice?.text).toBe(
      '0x146 Cruise_Buttons B0b6 = bit 1 on bus 0 is 0 in all of its 3 frames. With engaged_mode filter, no edge, run ' +
        'or moment is left.',
    );
  });
});

describe('tables', () => {
  const frames = [
    ...STEADY,
    ...ONE_PRESS,
    ...status([0, 0, 54], [0.99, 56, 54, 55], [3, 0, 54]),
    ...blinkers([0], [1, 50], [2], [3, 51], [4]),
    ...say(0x27, [0, packBits()], [2, packBits(46)], [3, packBits()]),
    ...say(0x146, [0, packBits()]).map(([seconds, id, payload]): SubaruFrame => [seconds, id, payload, 2]),
  ];
  const findings = report(frames);
  const rounded = (title: string): unknown[] =>
    rowsOf(findings, title).map((row) =>
      row.map((cell) => (typeof cell === 'number' ? Math.round(100 * cell) / 100 : cell)),
    );

  it('list presses, spans, set speeds and markers in seconds of the log', () => {
    expect(rounded('SET presses')).toEqual([[1, 1, 55.5, 'inside', -10, null]]);
    expect(rounded('Spans at target speed')).toEqual([[1, 0, 4, 4]]);
    expect(rounded('Set speed as the car shows it')).toEqual([
      [1, 0.99, 56, 55.5, '0x241 Cruise_Status, bus 0'],
    ]);
    expect(rounded('Marker windows')).toEqual([[1, -0.5, 4.5, 'left 0:01.000, right 0:03.000']]);
  });

  it('list messages on each bus, and which one tells the story', () => {
    expect(rowsOf(findings, 'Messages of cruise control')).toEqual([
      ['Wheel_Speeds', '0x13A', 0, 5, null, 0, 'yes'],
      ['Cruise_Buttons', '0x146', 0, 3, 2, 0, 'yes'],
      ['Cruise_Buttons', '0x146', 2, 1, 0, 0, ''],
      ['Cruise_Status', '0x241', 0, 3, 2, 0, 'yes'],
      ['Dashlights', '0x390', 0, 5, 4, 0, 'yes'],
    ]);
  });

  it('explain a delay that is negative', () => {
    expect(plain(findings.notes[0] ?? [])).toBe(
      'Press 1: the status frame came 10 ms before the button frame, so the delay is negative.',
    );
  });

  it('offer what to do next', () => {
    const content = section(findings, 'Next steps')?.content;
    expect(content?.kind === 'code' && content.code).toMatch(
      /cts run can-bitwatch --path LOG -p marker=blinkers -p watch=0:0x027:B5b1/,
    );
  });

  it('name the log, its car and what it holds', () => {
    expect(findings.facts.map((fact) => fact.replaceAll('\u00a0', ' '))).toEqual([
      'drive.rlog',
      'SUBARU OUTBACK',
      '4.0 s of CAN',
      '20 CAN frames',
    ]);
  });

  it('show all that was chosen', () => {
    expect(rowsOf(findings, 'Configuration')).toContainEqual(['marker_type', 'blinkers']);
    expect(rowsOf(findings, 'Configuration')).toContainEqual(['speed_max', '56']);
  });
});
