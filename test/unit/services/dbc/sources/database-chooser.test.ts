import { describe, expect, it } from 'vitest';
import { choose, makeChooser, makeDbc, makeDrive, tell } from '../../../../support/dbc-drive.ts';
import { fileOf, MemoryLogs } from '../../../../support/memory-logs.ts';

const { signal } = new AbortController();
const IDS = [100, 101, 102, 103, 104];

describe('which database a bus is read with', () => {
  const files = {
    '/dbc/asked.dbc': makeDbc([1]),
    '/dbc/setting.dbc': makeDbc([1]),
    '/dbc/project.dbc': makeDbc([1]),
    '/dbc/ofcar.dbc': makeDbc([1]),
    '/dbc/subaru_global_2017_generated.dbc': makeDbc(IDS),
    '/dbc/content.dbc': makeDbc([200, 201, 202, 203]),
    '/p/.cts/dbc.json': JSON.stringify({
      buses: { 2: 'project', 3: 'project' },
      fingerprints: { SUBARU_OUTBACK: { buses: { 3: 'ofcar' } } },
    }),
  };
  const drive = {
    car: 'SUBARU_OUTBACK',
    buses: { 0: IDS, 1: IDS, 2: IDS, 3: IDS, 4: IDS, 5: [200, 201, 202, 203] },
  };

  it('is the one that was asked for, of the settings, of the project, of the car, or what fits', async () => {
    const params = { databases: [{ bus: 0, path: 'asked' }], projectFolder: '/p' };
    const choices = [0, 1].map((bus) => ({ bus, path: 'setting' }));
    const { buses } = await choose({ files, choices }, drive, params);
    expect(tell(buses)).toEqual([
      [0, 'asked', 'option'],
      [1, 'setting', 'setting'],
      [2, 'project', 'project'],
      [3, 'ofcar', 'project'],
      [4, 'subaru_global_2017_generated', 'fingerprint'],
      [5, 'content', 'match'],
    ]);
  });

  it('is one for all buses without a choice of their own', async () => {
    const databases = [{ path: 'asked' }, { bus: 1, path: 'content' }];
    const chosen = await choose({ files }, { buses: { 0: [1], 1: [1] } }, { databases });
    expect(tell(chosen.buses)).toEqual([
      [0, 'asked', 'option'],
      [1, 'content', 'option'],
    ]);
    expect(chosen.of(9)?.opened.name).toBe('asked');
  });

  it('is that of the bus from which frames are repeated, unless another was asked for', async () => {
    const databases = [
      { bus: 0, path: 'asked' },
      { bus: 193, path: 'content' },
    ];
    const chosen = await choose({ files }, { buses: { 0: [1], 128: [1], 193: [1] } }, { databases });
    expect([0, 128, 192, 1, 129, 193].map((bus) => chosen.of(bus)?.opened.name)).toEqual([
      'asked',
      'asked',
      'asked',
      undefined,
      undefined,
      'content',
    ]);
  });

  it('is found by an older name of the car', async () => {
    const { buses } = await choose({ files }, { car: 'SUBARU OUTBACK 6TH GEN', buses: { 0: IDS } });
    expect(tell(buses)).toEqual([[0, 'subaru_global_2017_generated', 'fingerprint']]);
  });

  it('is none that knows little, even if it is that of the car', async () => {
    const { buses } = await choose(
      { files },
      { car: 'SUBARU_OUTBACK', buses: { 0: [100, 300, 301, 302, 303] } },
    );
    expect(tell(buses)).toEqual([[0, undefined, undefined]]);
  });

  it('is read from a checkout where there is one', async () => {
    const checkout = {
      '/dbc/opendbc/dbc/generator/x/_nothing.dbc': '',
      '/dbc/opendbc/dbc/own_pt.dbc': makeDbc(IDS),
      '/dbc/opendbc/car/own/values.py': "class CAR(Platforms):\n  OWN_CAR = C([], {Bus.pt: 'own_pt'})\n",
    };
    const { buses } = await choose({ files: checkout }, { car: 'OWN_CAR', buses: { 0: IDS } });
    expect(tell(buses)).toEqual([[0, 'own_pt', 'fingerprint']]);
  });
});

describe('databases that somebody named and that are not there', () => {
  it.each([
    ['the request', {}, { databases: [{ path: 'gone' }] }, /^Cannot find the database gone: (?!.*named by)/],
    ['the settings', { choices: [{ path: 'gone' }] }, {}, /\(named by the setting dbc_files\)$/],
    [
      'the project',
      { files: { '/p/.cts/dbc.json': '{"buses": {"0": "gone"}}' } },
      { projectFolder: '/p' },
      /\(named by \/p\/\.cts\/dbc\.json\)$/,
    ],
  ])('are told of with who named them: %s', async (...row) => {
    const [, setting, params, message] = row;
    await expect(choose(setting, { buses: { 0: [1] } }, params)).rejects.toMatchObject({
      code: 'DATABASE_NOT_FOUND',
      message: expect.stringMatching(message) as string,
    });
  });
});

describe('what else a choice tells', () => {
  it('is the time of the log, its order and its messages', async () => {
    const found = await choose({}, { buses: { 1: [5], 0: [7] } });
    expect(found).toMatchObject({
      startMonoTime: 1_000_000_000n,
      endMonoTime: 1_090_000_000n,
      disorderNs: 0n,
      messages: [
        { bus: 0, arbitrationId: 7, frames: 10 },
        { bus: 1, arbitrationId: 5, frames: 10 },
      ],
    });
  });

  it('is why a log cannot be read, where it cannot', async () => {
    const source = await new MemoryLogs({ log: fileOf(new Uint8Array(0)) }).locate('log');
    await expect(makeChooser({}).chooser.chooseForLog(source, { path: 'log' }, {})).rejects.toMatchObject({
      code: 'FILE_EMPTY',
    });
  });
});

describe('a log that is surveyed again', () => {
  it('is not walked again until one of its files changes', async () => {
    const { chooser, files } = makeChooser({ files: { log: 'as the log stands on the disk' } });
    files.write('log', 'first');
    const logs = new MemoryLogs({ log: fileOf(makeDrive({ buses: { 0: [1] } })) });
    const source = await logs.locate('log');
    let opened = 0;
    const counted = {
      ...source,
      segments: source.segments.map((each) => ({ ...each, open: () => (opened++, each.open()) })),
    };
    const params = { path: 'log' };
    for (const expected of [1, 1]) {
      await chooser.chooseForLog(counted, params, {});
      expect(opened).toBe(expected);
    }
    await chooser.chooseForLog(counted, params, { maxBytes: 1_000_000 });
    expect(opened).toBe(2);
    files.write('log', 'second');
    await chooser.chooseForLog(counted, params, {});
    expect(opened).toBe(3);
  });
});

describe('choosing without a log', () => {
  it('opens what was asked for, and nothing else', async () => {
    const { chooser } = makeChooser({ files: { '/dbc/a.dbc': makeDbc([1]) } });
    const chosen = await chooser.chooseAsAsked([{ bus: 0, path: 'a' }], {}, signal);
    expect([0, 128, 1].map((bus) => chosen.of(bus)?.opened.name)).toEqual(['a', 'a', undefined]);
  });
});
