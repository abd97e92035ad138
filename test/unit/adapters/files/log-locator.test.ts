import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileLogLocator } from '../../../../server/adapters/files/log-locator.ts';
import type { LogSource } from '../../../../server/services/logs/log-source.ts';
import { CtsError } from '#protocol';
import { sharedDir } from '../../../support/shared.ts';

const DONGLE = '0123456789abcdef';
const LOG = '00000001--a1b2c3d4e5';
const OTHER = '2024-06-02--12-04-06';
const ROUTE = `${DONGLE}/${LOG}`;

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cts-locator-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

/** Writes small files at paths below the root. */
async function write(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), path);
  }
}

function locate(pathOrRoute: string): Promise<LogSource> {
  return new FileLogLocator({ roots: [root] }).locate(pathOrRoute);
}

/** A source as one line: name, route, then `segment=path` of each segment, with paths relative to the root. */
function summarize({ name, route, segments }: LogSource): string {
  const files = segments.map(({ segment, path }) => `${String(segment)}=${path.slice(root.length + 1)}`);
  return [name, route ?? '-', ...files].join(' ');
}

async function messageOf(pathOrRoute: string): Promise<string> {
  const error: unknown = await locate(pathOrRoute).catch((thrown: unknown) => thrown);
  if (!(error instanceof CtsError))
    throw new Error(`${pathOrRoute} did not fail with a CtsError`, { cause: error });
  expect(error.message).not.toMatch(/\n/);
  return `${error.code} ${error.message.replaceAll(root, 'ROOT')}`;
}

describe('a file', () => {
  it.each([
    { path: 'drive.rlog.zst', name: 'drive', kind: 'rlog' },
    { path: 'rlog', name: 'rlog', kind: 'rlog' },
    { path: 'a.qlog.bz2', name: 'a', kind: 'qlog' },
    { path: 'log.bin', name: 'log.bin', kind: 'unknown' },
    { path: `${LOG}--3/rlog.zst`, name: `${LOG}/3`, kind: 'rlog', route: LOG, segment: 3 },
    { path: `${DONGLE}_${LOG}--12--qlog.zst`, name: `${ROUTE}/12`, kind: 'qlog', route: ROUTE, segment: 12 },
    { path: `${ROUTE}/0/rlog`, name: `${ROUTE}/0`, kind: 'rlog', route: ROUTE, segment: 0 },
  ])('$path is one segment', async ({ path, name, kind, route, segment }) => {
    await write(path);
    const { segments, ...source } = await locate(join(root, path));
    expect(source).toEqual({ name, route, problems: [] });
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({
      segment,
      kind,
      name: path.split('/').at(-1),
      path: join(root, path),
      fileBytes: path.length,
    });
  });

  it('opens as often as asked', async () => {
    await write('drive.rlog');
    const [segment] = (await locate(join(root, 'drive.rlog'))).segments;
    for (const options of [undefined, { maxBytes: 4 }]) {
      const stream = await segment?.open(options);
      const target = new Uint8Array(100);
      const count = await stream?.read(target);
      expect(new TextDecoder().decode(target.subarray(0, count))).toBe(
        'drive.rlog'.slice(0, options?.maxBytes),
      );
      await stream?.close();
    }
  });
});

describe('a folder of segments', () => {
  it.each([
    ['device form', LOG, `${LOG}--0/rlog.zst`, `${LOG}--1/rlog.zst`],
    ['download form', ROUTE, `${DONGLE}_${LOG}--0--rlog.zst`, `${DONGLE}_${LOG}--1--rlog.bz2`],
    ['download form in folders', ROUTE, `${DONGLE}_${LOG}--0/rlog.zst`, `${DONGLE}_${LOG}--1/rlog`],
    ['nested form', LOG, `${LOG}/0/rlog.zst`, `${LOG}/1/rlog.zst`],
    ['nested form with device', ROUTE, `${DONGLE}_${LOG}/0/rlog.zst`, `${DONGLE}_${LOG}/1/rlog.zst`],
    ['nested form in the device', ROUTE, `${ROUTE}/0/rlog.zst`, `${ROUTE}/1/rlog.zst`],
    ['forms mixed', ROUTE, `${LOG}--0/rlog.zst`, `${DONGLE}_${LOG}--1--rlog.zst`],
  ])('opens in %s as one route', async (...[, route, first, second]) => {
    await write(first, second, 'notes.txt', `${OTHER}--x/rlog.zst`);
    const source = await locate(root);
    expect(summarize(source)).toBe(`${route} ${route} 0=${first} 1=${second}`);
    expect(source.problems).toEqual([]);
  });

  it('may be the route itself, or one segment', async () => {
    await write(`${DONGLE}_${LOG}/0/rlog`, `${DONGLE}_${LOG}/1/rlog`, 'plain/rlog.zst', 'plain/qlog.zst');
    expect(summarize(await locate(join(root, `${DONGLE}_${LOG}`)))).toMatch(
      new RegExp(`^${ROUTE} ${ROUTE} 0=.* 1=`),
    );
    expect(summarize(await locate(join(root, `${DONGLE}_${LOG}/1`)))).toMatch(
      new RegExp(`^${ROUTE}/1 ${ROUTE} 1=`),
    );
    expect(summarize(await locate(join(root, 'plain')))).toBe('plain - undefined=plain/rlog.zst');
  });

  it('may have any name when its segments are numbered', async () => {
    await write('my drive/0/rlog', 'my drive/2/rlog');
    expect(summarize(await locate(join(root, 'my drive')))).toBe(
      'my drive - 0=my drive/0/rlog 2=my drive/2/rlog',
    );
  });

  it('is sorted by number and tells what is missing', async () => {
    await write(...[11, 2, 10, 5].map((segment) => `${LOG}--${String(segment)}/rlog.zst`));
    const { segments, problems } = await locate(root);
    expect(segments.map(({ segment }) => segment)).toEqual([2, 5, 10, 11]);
    expect(problems).toEqual([
      missing(3, 2, 'segments 3 to 4 are missing: the time line has a gap there'),
      missing(6, 4, 'segments 6 to 9 are missing: the time line has a gap there'),
    ]);
  });

  it('gives the rlog of each segment, or says that there is only a qlog', async () => {
    await write(`${LOG}--0/qlog.zst`, `${LOG}--0/rlog.zst`, `${LOG}--1/qlog.zst`);
    const { segments, problems } = await locate(root);
    expect(segments.map(({ kind }) => kind)).toEqual(['rlog', 'qlog']);
    expect(problems).toEqual([
      decimated(1, 1, 'segment 1 has only a qlog: read instead of the rlog, with fewer events'),
    ]);
    await rm(join(root, `${LOG}--0/rlog.zst`));
    expect((await locate(root)).problems).toEqual([
      decimated(
        0,
        2,
        '2 segments have only a qlog, the first is 0: read instead of the rlog, with fewer events',
      ),
    ]);
  });

  it('takes one of several copies', async () => {
    await write(`${LOG}--0/rlog`, `${LOG}--0/rlog.zst`, `${LOG}--0--rlog.zst`);
    expect(summarize(await locate(root))).toBe(`${LOG}/0 ${LOG} 0=${LOG}--0/rlog`);
  });

  it.skipIf(process.platform === 'win32')(
    'follows links, also in circles, and passes by broken ones',
    async () => {
      await write('elsewhere/rlog.zst');
      await symlink(join(root, 'elsewhere'), join(root, `${LOG}--0`));
      await symlink(join(root, 'nowhere'), join(root, `${LOG}--1`));
      await symlink(root, join(root, `${LOG}--2`));
      expect(summarize(await locate(root))).toBe(`${LOG}/0 ${LOG} 0=${LOG}--0/rlog.zst`);
    },
  );

  it.skipIf(process.getuid?.() === 0)('tells of segments that may not be read', async () => {
    await write(`${LOG}--0/rlog`, `${LOG}--1/rlog`);
    await chmod(join(root, `${LOG}--1`), 0);
    expect((await locate(root)).problems).toMatchObject([{ code: 'SEGMENT_UNREADABLE', segment: 1 }]);
    await chmod(join(root, `${LOG}--1`), 0o700);
  });
});

describe('a route by name', () => {
  beforeEach(async () => {
    const numbers = [0, 1, 3, 4];
    await write(
      ...numbers.flatMap((segment) => [`${LOG}--${String(segment)}/rlog`, `${LOG}--${String(segment)}/qlog`]),
      `${OTHER}--0/rlog`,
      `${DONGLE}_${OTHER}--1--rlog`,
      `${'f'.repeat(16)}/${LOG}/2/rlog`,
    );
  });

  it.each([
    [ROUTE, [0, 1, 3, 4], 'rlog'],
    [`${DONGLE}|${LOG}--3`, [3], 'rlog'],
    [`${ROUTE}/0:2`, [0, 1], 'rlog'],
    [`${ROUTE}/-1`, [4], 'rlog'],
    [`${ROUTE}/-2:/q`, [3, 4], 'qlog'],
    [`${ROUTE}/q`, [0, 1, 3, 4], 'qlog'],
    [`https://connect.comma.ai/${ROUTE}/70/200`, [1, 3], 'rlog'],
    [`https://useradmin.comma.ai/?onebox=${DONGLE}%7C${LOG}`, [0, 1, 3, 4], 'rlog'],
    [`${DONGLE}_${LOG}--3--rlog.zst`, [3], 'rlog'],
  ])('%s is found below the roots', async (text, numbers, kind) => {
    const { route, segments } = await locate(text);
    expect(route).toBe(ROUTE);
    expect(segments.map(({ segment }) => segment)).toEqual(numbers);
    expect(new Set(segments.map((segment) => segment.kind))).toEqual(new Set([kind]));
  });

  it('may stand behind a folder', async () => {
    expect(summarize(await locate(join(root, OTHER)))).toBe(
      `${DONGLE}/${OTHER} ${DONGLE}/${OTHER} 0=${OTHER}--0/rlog 1=${DONGLE}_${OTHER}--1--rlog`,
    );
    expect(summarize(await locate(`${join(root, ROUTE)}/0:2/q`))).toBe(
      `${ROUTE} ${ROUTE} 0=${LOG}--0/qlog 1=${LOG}--1/qlog`,
    );
  });

  it('is looked for in each root, in order', async () => {
    const locator = new FileLogLocator({ roots: [join(root, `${OTHER}--0`), root] });
    expect((await locator.locate(`${OTHER}/0`)).segments).toHaveLength(1);
  });

  it('tells which of the wanted segments are missing', async () => {
    expect((await locate(`${ROUTE}/1:7`)).problems).toEqual([
      missing(2, 1, 'segment 2 is missing: the time line has a gap there'),
      missing(5, 2, 'segments 5 to 6 are missing: the time line has a gap there'),
    ]);
    expect((await locate(`${ROUTE}/0:999999999`)).problems).toHaveLength(2);
  });
});

describe('what cannot be opened', () => {
  it('is told with its name and what to do', async () => {
    await mkdir(join(root, 'empty'));
    await write('logs/b.rlog', 'logs/a.qlog.zst');
    expect(await messageOf(join(root, 'empty'))).toBe(
      'NO_SEGMENTS Cannot open ROOT/empty: this folder holds no log. ' +
        'Open a folder with segments such as <log>--0/rlog.zst, or a log file.',
    );
    expect(await messageOf(join(root, 'logs'))).toBe(
      'NO_SEGMENTS Cannot open ROOT/logs: this folder holds logs, but no segments of a route: a.qlog.zst, b.rlog. ' +
        'Open one of the files.',
    );
    expect(await messageOf(join(root, 'nothing.rlog'))).toBe(
      'FILE_NOT_FOUND Cannot open ROOT/nothing.rlog: there is no such file or folder, and it is not the name of a ' +
        'route. Check the path, or name a route as DONGLE/LOG.',
    );
    expect(await messageOf(ROUTE)).toBe(
      `FILE_NOT_FOUND Cannot open ${ROUTE}: no segment of this route is below ROOT. ` +
        'Change to the folder that holds it, or give the path of its folder.',
    );
    expect(await messageOf(join(root, LOG))).toMatch(/^FILE_NOT_FOUND .* below ROOT\./);
    expect(await messageOf(`${DONGLE}|nonsense`)).toMatch(
      /^INVALID_ROUTE_NAME "0123456789abcdef\|nonsense" is not/,
    );
  });

  it.each(['', 'a\0b', 'a\nb', 'x'.repeat(10_000), `drive/rlog.zst/${LOG}/x`])(
    'includes the path %j',
    async (path) => {
      expect(await messageOf(path)).toMatch(/^FILE_NOT_FOUND /);
    },
  );

  it('includes a folder of several routes', async () => {
    await write(`${LOG}--0/rlog`, `${OTHER}--0/rlog`, `${DONGLE}_${OTHER}--1--rlog`);
    expect(await messageOf(root)).toBe(
      `SEVERAL_ROUTES Cannot open ROOT: 2 routes are here: ${LOG}, ${DONGLE}/${OTHER}. ` +
        `Name one of them, as in ROOT/${LOG}`,
    );
    expect((await locate(join(root, LOG))).route).toBe(LOG);
  });

  it('includes one log id on two devices', async () => {
    await write(`${DONGLE}_${LOG}--0/rlog`, `${'f'.repeat(16)}_${LOG}--1/rlog`, `${LOG}--2/rlog`);
    expect(await messageOf(root)).toContain(`3 routes are here: ${LOG}, ${ROUTE}, ${'f'.repeat(16)}/${LOG}.`);
  });

  it('includes segments of which none is wanted', async () => {
    await write(`${LOG}--2/rlog`, `${LOG}--4/rlog`, `${OTHER}--0/rlog`, 'plain/rlog');
    expect(await messageOf(`${LOG}/7:9`)).toBe(
      `NO_SEGMENTS Cannot open ${LOG}: no segment 7:9 is there, but rlog of segment 2 to 4. Ask for one of these.`,
    );
    expect(await messageOf(`${LOG}/q`)).toMatch(
      /no segment with a qlog is there, but rlog of segment 2 to 4/,
    );
    expect(await messageOf(`${OTHER}/3/q`)).toMatch(
      /no segment 3 with a qlog is there, but rlog of segment 0\./,
    );
    expect(await messageOf(`${LOG}/4:2`)).toMatch(/no segment 4:2 is there/);
  });
});

describe.runIf(sharedDir !== undefined)('the shared route', () => {
  const folder = join(sharedDir ?? '', 'data/route');

  it('opens whole and in part', async () => {
    const { route, segments, problems } = await locate(folder);
    expect(route).toBe('0000000000000000/00000001--a1b2c3d4e5');
    expect(segments.map(({ segment, kind }) => `${String(segment)} ${kind}`)).toEqual([
      '0 rlog',
      '1 rlog',
      '2 rlog',
      '3 rlog',
      '4 rlog',
    ]);
    expect(problems).toEqual([]);
    const part = await new FileLogLocator({ roots: [folder] }).locate(`${route ?? ''}/-1/q`);
    expect(part.segments.map(({ segment, kind }) => `${String(segment)} ${kind}`)).toEqual(['4 qlog']);
  });
});

function decimated(segment: number, count: number, message: string): object {
  return { code: 'SEGMENT_DECIMATED', segment, count, message };
}

function missing(segment: number, count: number, message: string): object {
  return { code: 'SEGMENT_MISSING', segment, count, message };
}
