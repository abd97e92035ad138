import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DbcInfo } from '#protocol';
import { makeDbcInfo, makeMessageInfo, makeSignalInfo } from '../../../../support/dbc-answers.ts';
import { type CtsOutcome, runFakeCts } from '../../../../support/fake-engine.ts';
import { expectGolden } from '../../../../support/golden.ts';

const TALKATIVE = makeDbcInfo({
  version: '1.2',
  comment: 'A car\nof ours',
  nodes: [
    { name: 'ENGINE', comment: null },
    { name: 'DASH', comment: null },
  ],
  attributes: [{ name: 'BusType', value: 'CAN' }],
  checksums: 'TOYOTA',
  madeFrom: ['_base.dbc', 'car_template.dbc'],
  valueTables: [{ name: 'GEARS', labels: [{ value: 0, label: 'P' }] }],
  findings: { errors: 1, warnings: 2 },
  messages: [
    makeMessageInfo({ arbitrationId: 0x18fef100, isExtended: true, name: 'CRUISE', cycleTimeMs: 100 }),
    makeMessageInfo({
      transmitters: ['ENGINE', 'DASH'],
      comment: 'Speeds of\n\u001b[2Jwheels',
      isFd: true,
      cycleTimeMs: 20,
      signals: [
        makeSignalInfo({ name: 'CHECKSUM', startBit: 7, byteOrder: 'big-endian', role: 'checksum' }),
        makeSignalInfo({
          name: 'SPEED',
          startBit: 11,
          length: 12,
          byteOrder: 'big-endian',
          factor: 0.01,
          offset: -5,
          minimum: -5,
          maximum: 35.95,
          unit: 'm/s',
          receivers: ['DASH'],
          comment: 'Of the axle',
        }),
        makeSignalInfo({
          name: 'GEAR',
          startBit: 36,
          length: 3,
          labels: [
            { value: 0, label: 'P' },
            { value: 10, label: 'D' },
          ],
          isSigned: true,
        }),
        makeSignalInfo({ name: 'FLOW', startBit: 32, length: 32, valueType: 'float32' }),
        makeSignalInfo({ name: 'NOTHING', length: 0, isDecodable: false }),
      ],
    }),
    makeMessageInfo({
      arbitrationId: 0x25,
      name: 'PAGES',
      sizeBytes: 2,
      signals: [
        makeSignalInfo({
          name: 'PAGE',
          length: 4,
          multiplexing: { isMultiplexor: true, parent: null, ranges: [] },
        }),
        makeSignalInfo({
          name: 'ONE',
          startBit: 8,
          multiplexing: { isMultiplexor: false, parent: 'PAGE', ranges: [{ first: 1, last: 1 }] },
        }),
        makeSignalInfo({
          name: 'MORE',
          startBit: 8,
          length: 4,
          multiplexing: {
            isMultiplexor: true,
            parent: 'PAGE',
            ranges: [
              { first: 2, last: 2 },
              { first: 4, last: 7 },
            ],
          },
        }),
        makeSignalInfo({
          name: 'DEEP',
          startBit: 12,
          length: 4,
          multiplexing: { isMultiplexor: false, parent: 'MORE', ranges: [{ first: 0, last: 0 }] },
        }),
      ],
    }),
  ],
});

async function info(args: readonly string[], answer: DbcInfo = TALKATIVE): Promise<CtsOutcome> {
  return runFakeCts(['dbc', 'info', ...args], {
    engine: { 'dbc/describe': () => Promise.resolve(answer) },
  });
}

describe('cts dbc info', () => {
  it.each([
    { what: 'a file that says much', args: ['x'], golden: 'dbc-info' },
    { what: 'messages in full', args: ['x', '-m', 'wheels', '-m', '0x25'], golden: 'dbc-info-message' },
  ])('shows $what', async ({ args, golden }) => {
    const { exitCode, stdout, stderr } = await info(args);
    expect(exitCode).toBe(0);
    expectGolden(`cli/${golden}.txt`, `${stdout}--- stderr\n${stderr}`);
  });

  it('tells how to see what is wrong, but not of what no file holds', async () => {
    const faulty = { ...TALKATIVE, madeFrom: [] };
    expect((await info(['x'], faulty)).stderr).toBe('cts dbc lint /dbc/car.dbc tells what is wrong in it.\n');
    expect((await info(['x'], TALKATIVE)).stderr).toBe('');
  });

  it('shows a file that says nothing', async () => {
    expect(await info(['x'], makeDbcInfo())).toEqual({
      exitCode: 0,
      stdout: [
        '/dbc/car.dbc',
        '  holds     0 messages, 0 signals, 0 value tables',
        '  encoding  utf-8',
        '  findings  0 errors, 0 warnings',
        '',
        'The file has no message.',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('keeps hostile names short, and tells of ids that no frame has', async () => {
    const messages = [
      makeMessageInfo({
        arbitrationId: -1,
        name: 'A'.repeat(1e6),
        transmitters: new Array<string>(100).fill('T'),
      }),
      ...Array.from({ length: 2000 }, (_, id) =>
        makeMessageInfo({ arbitrationId: id, name: `M${String(id)}` }),
      ),
    ];
    const { exitCode, stdout } = await info(['x'], makeDbcInfo({ messages }));
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`\n none  ${'A'.repeat(128)}…  `);
    expect(stdout).toContain('T, T and 68 more');
    expect(stdout.length).toBeLessThan(1e6);
  });

  it('shows branches of a multiplexing that is very deep', async () => {
    const signals = Array.from({ length: 3000 }, (_, i) =>
      makeSignalInfo({
        name: `S${String(i)}`,
        multiplexing: {
          isMultiplexor: true,
          parent: i === 0 ? null : `S${String(i - 1)}`,
          ranges: i === 0 ? [] : [{ first: 1, last: 1 }],
        },
      }),
    );
    const { exitCode, stdout } = await info(
      ['x', '-m', 'DEEP'],
      makeDbcInfo({ messages: [makeMessageInfo({ name: 'DEEP', signals })] }),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('\n2,983 selections more\n');
  });

  it('escapes what terminals obey in JSON, too', async () => {
    const answer = makeDbcInfo({ comment: '\u009b31m\u007f' });
    const { stdout } = await info(['x', '--json'], answer);
    expect(stdout).toContain(String.raw`\u009b31m\u007f`);
    expect(JSON.parse(stdout)).toEqual(answer);
  });

  it('gives programs one JSON document', async () => {
    expect(JSON.parse((await info(['x', '--json'])).stdout)).toEqual(TALKATIVE);
    const { stdout } = await info(['x', '--json', '--message', '37']);
    expect((JSON.parse(stdout) as DbcInfo).messages.map(({ name }) => name)).toEqual(['PAGES']);
  });

  it.each([
    { wanted: 'WHEEL', advice: 'There are WHEELS.' },
    { wanted: '0x7FF', advice: 'Leave out --message to list them all.' },
  ])('tells what there is instead of $wanted', async ({ wanted, advice }) => {
    const { exitCode, stdout, stderr } = await info(['x', '--message', wanted]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`No message of /dbc/car.dbc is called ${wanted} or has that id`);
    expect(stderr).toContain(advice);
  });

  it('asks where it is told to look', async () => {
    let asked: unknown;
    await runFakeCts(['dbc', 'info', 'car', '--opendbc', '/o'], {
      engine: {
        'dbc/describe': (params) => {
          asked = params;
          return Promise.resolve(TALKATIVE);
        },
      },
    });
    expect(asked).toEqual({ path: 'car', searchPaths: [resolve('/o')], projectFolder: resolve('.') });
  });
});
