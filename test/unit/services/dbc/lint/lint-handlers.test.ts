import { describe, expect, it } from 'vitest';
import { CtsError, type LintParams, type LintResult, type RequestContext } from '#protocol';
import { buildDatabase } from '../../../../../server/core/dbc/model/build-database.ts';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';
import { createLintHandlers } from '../../../../../server/services/dbc/lint/lint-handlers.ts';

const CONTEXT: RequestContext = { signal: new AbortController().signal, notify: () => undefined };

const FAULTY = [
  'VERSION ""',
  'BS_:',
  'BU_: ENGINE',
  'BO_ 256 A: 8 ENGINE',
  ' SG_ S1 : 0|8@1+ (1,0) [0|0] "" ENGINE',
  ' SG_ S2 : 4|8@1+ (1,0) [0|0] "" ENGINE',
  'BO_ 419361278 LONG: 8 ENGINE',
  ' SG_ S1 : 60|8@1+ (1,0) [0|0] "" ENGINE',
  '',
].join('\n');

function createHandlers(
  bytes: Uint8Array,
  name = 'car',
  madeFrom = ['_base.dbc'],
): ReturnType<typeof createLintHandlers> {
  const path = `/dbc/${name}.dbc`;
  return createLintHandlers({
    files: {
      read: (asked) =>
        asked === path
          ? Promise.resolve({ path, bytes })
          : Promise.reject(new CtsError('FILE_NOT_FOUND', `${asked} is not there`)),
    },
    library: {
      open: (asked) => {
        expect(asked).toBe(name);
        const tree = parseDbc(Buffer.from(bytes).toString());
        const database = buildDatabase(tree);
        return Promise.resolve({ name, path, encoding: 'ascii', madeFrom, tree, database });
      },
    },
    encodeBase64: (content) => Buffer.from(content).toString('base64'),
  });
}

function lint(text: string | Uint8Array, params: Partial<LintParams> = {}): Promise<LintResult> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return createHandlers(bytes)['dbc/lint']({ path: '/dbc/car.dbc', ...params }, CONTEXT);
}

describe('dbc/lint', () => {
  it('tells what is wrong, and where', async () => {
    const result = await lint(FAULTY);
    expect(result).toMatchObject({
      path: '/dbc/car.dbc',
      encoding: 'ascii',
      messages: 2,
      signals: 3,
      omitted: 0,
      fixed: null,
    });
    const places = result.findings.map(({ code, place }) => [code, place.start.line]);
    expect(places).toContainEqual(['overlap', 5]);
    expect(places).toContainEqual(['exceeds-dlc', 7]);
    expect(places).toContainEqual(['id-range', 6]);
  });

  it('hands back the file with safe fixes, and changes nothing else of it', async () => {
    const { fixed, findings } = await lint(FAULTY, { profile: 'cantools', fix: true });
    const mended = Buffer.from(fixed?.contentBase64 ?? '', 'base64').toString();
    expect(mended).toBe(FAULTY.replace('419361278', '2566844926'));
    expect(fixed?.applied).toBeGreaterThan(0);
    expect(findings.find(({ code }) => code === 'id-range')?.fix?.edits).toEqual([
      {
        place: { start: { line: 6, character: 4 }, end: { line: 6, character: 13 } },
        text: '2566844926',
      },
    ]);
    expect((await lint(mended, { profile: 'cantools', fix: true })).fixed).toBeNull();
  });

  it('keeps encoding, byte order mark and line ends', async () => {
    const text = Buffer.from(`\ufeff${FAULTY.replaceAll('\n', '\r\n')}CM_ "\u8eca";\r\n`);
    const { fixed, encoding } = await lint(text, { profile: 'cantools', fix: true });
    expect(encoding).toBe('utf-8');
    const mended = Buffer.from(fixed?.contentBase64 ?? '', 'base64').toString();
    expect(mended).toBe(text.toString().replace('419361278', '2566844926'));
  });

  it.each(['', '\0\0\0', 'no DBC at all', 'BA_', 'SG_ :', Uint8Array.of(0xff, 0xfe, 0x80)])(
    'takes anything: %j',
    async (text) => {
      expect(await lint(text, { fix: true })).toMatchObject({ messages: 0, signals: 0 });
    },
  );

  it('hands out the gravest of very many findings, by place', async () => {
    const lines = Array.from(
      { length: 12_000 },
      (_, i) => `BO_ ${String(i % 2000)} M${String(i)}: 8 NOBODY\n`,
    );
    const { findings, omitted } = await lint(`BU_:\n${lines.join('')}`);
    expect(findings.length).toBeLessThanOrEqual(10_000);
    expect(findings.length + omitted).toBeGreaterThanOrEqual(findings.length);
    const order = findings.map(({ place }) => place.start.line);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('reads as the profile does', async () => {
    const text = 'BU_:\nBO_ 1 A: 8 Vector__XXX\n SG_ 1S : 0|8@1+ (.5,0) [0|0] "" Vector__XXX\n';
    const severityOf = async (profile: LintParams['profile']): Promise<string | undefined> =>
      (await lint(text, profile === undefined ? {} : { profile })).findings.find(
        ({ code }) => code === 'name-start',
      )?.severity;
    expect(await severityOf('cantools')).toBe('error');
    expect(await severityOf('opendbc')).not.toBe('error');
    expect(await severityOf(undefined)).toBe(await severityOf('opendbc'));
  });

  it('passes on what reading the file throws', async () => {
    const handlers = createHandlers(new Uint8Array());
    await expect(handlers['dbc/lint']({ path: '/gone.dbc' }, CONTEXT)).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });
});

describe('dbc/rules', () => {
  it('lists everything that is looked for, by code', async () => {
    const { rules } = await createHandlers(new Uint8Array())['dbc/rules']({ profile: 'cantools' }, CONTEXT);
    const codes = rules.map(({ code }) => code);
    expect(codes).toEqual(codes.toSorted());
    expect(codes.length).toBeGreaterThanOrEqual(43);
    expect(rules.find(({ code }) => code === 'id-range')).toMatchObject({ severity: 'error' });
    expect(rules.every(({ summary, help }) => summary !== '' && help.includes('cantools: '))).toBe(true);
  });
});

describe('dbc/describe', () => {
  it('tells what a database says, and what its brand makes of it', async () => {
    const text = Buffer.from(
      'BU_: X\nBO_ 37 STEER: 8 X\n SG_ CHECKSUM : 63|8@0+ (1,0) [0|255] "" X\n' +
        ' SG_ COUNTER : 7|4@0+ (1,0) [0|15] "" X\n SG_ ANGLE : 19|12@0- (1.5,0) [-500|500] "deg" X\n',
    );
    const info = await createHandlers(text, 'toyota_car')['dbc/describe']({ path: 'toyota_car' }, CONTEXT);
    expect(info).toMatchObject({
      path: '/dbc/toyota_car.dbc',
      encoding: 'ascii',
      madeFrom: ['_base.dbc'],
      checksums: 'TOYOTA',
      nodes: [{ name: 'X', comment: null }],
      findings: { errors: 0 },
      messages: [{ arbitrationId: 37, name: 'STEER', sizeBytes: 8, transmitters: ['X'] }],
    });
    expect(info.messages[0]?.signals.map(({ name, role }) => [name, role])).toEqual([
      ['CHECKSUM', 'checksum'],
      ['COUNTER', 'counter'],
      ['ANGLE', null],
    ]);
  });

  it('finds no checksum where no brand is known', async () => {
    const text = Buffer.from('BO_ 37 A: 8 X\n SG_ CHECKSUM : 0|8@1+ (1,0) [0|0] "" X\n');
    const info = await createHandlers(text)['dbc/describe']({ path: 'car' }, CONTEXT);
    expect(info).toMatchObject({ checksums: null, messages: [{ signals: [{ role: null }] }] });
  });
});

describe('dbc/text', () => {
  const bytes = Buffer.from('VERSION ""\r\nBO_ 1 A: 8 X\n', 'latin1');

  it.each([
    ['a file byte for byte', [], Buffer.concat([bytes, Buffer.of(0xff)])],
    ['what is generated as its text', ['_base.dbc'], bytes],
  ])('hands out %s', async (_, madeFrom, content) => {
    const handlers = createHandlers(content, 'car', madeFrom);
    const text = await handlers['dbc/text']({ path: 'car' }, CONTEXT);
    expect(text).toEqual({
      path: '/dbc/car.dbc',
      name: 'car',
      madeFrom,
      contentBase64: content.toString('base64'),
    });
  });
});
