import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { findRoute } from '../../../../server/services/downloads/route-search.ts';
import { ScriptedComma } from './scripted-comma.ts';

const DONGLE = '0123456789abcdef';
const COUNTED = '00000008--0696c823fa';
const DATED = '2024-04-19--12-33-20';
const FILES = { logs: ['https://h/0/rlog.zst'] };
const WINDOW = { fromMs: 0, toMs: 1000 };
const STRANGER = new CtsError('COMMA_TOKEN_MISSING', 'not to strangers');

async function find(comma: ScriptedComma, { logId = COUNTED, isLink = true } = {}): Promise<unknown> {
  const request = { name: { dongleId: DONGLE, logId }, isLink, window: WINDOW };
  return findRoute(comma, request, new AbortController().signal);
}

describe('findRoute', () => {
  it('takes a name as it is, with the token', async () => {
    const comma = new ScriptedComma();
    comma.files.set(`${DONGLE}|${DATED}`, FILES);
    expect(await find(comma, { logId: DATED, isLink: false })).toEqual({
      dongleId: DONGLE,
      logId: DATED,
      files: FILES,
    });
    expect(comma.calls).toEqual([['files', 'token', `${DONGLE}|${DATED}`]]);
  });

  it('takes the name in a link when comma has its files, without a token', async () => {
    const comma = new ScriptedComma();
    comma.files.set(`${DONGLE}|${COUNTED}`, FILES);
    expect(await find(comma)).toEqual({ dongleId: DONGLE, logId: COUNTED, files: FILES });
    expect(comma.calls).toEqual([['files', 'anonymous', `${DONGLE}|${COUNTED}`]]);
  });

  it.each([
    ['not found', undefined],
    ['empty', {}],
    ['without any address', { logs: [], qlogs: [] }],
  ])('searches the segments when the files are %s, and takes the earliest start', async (_, files) => {
    const comma = new ScriptedComma();
    if (files !== undefined) comma.files.set(`${DONGLE}|${COUNTED}`, files);
    comma.files.set(`${DONGLE}|${DATED}`, FILES);
    const startMs = Date.parse('2024-04-19T12:33:20.750Z');
    comma.segments = [
      { url: `https://h/${DONGLE}/00000007--ffffffffff/0`, startMs: startMs - 1e6 },
      { url: `https://h/${DONGLE}/${COUNTED}/2`, startMs: undefined },
      { url: `https://h/${DONGLE}/${COUNTED.toUpperCase()}/1`, startMs: startMs + 60_000 },
      { url: `https://h/${DONGLE}/${COUNTED}/0`, startMs },
    ];
    expect(await find(comma)).toEqual({ dongleId: DONGLE, logId: DATED, files: FILES });
    expect(comma.calls.slice(1)).toEqual([
      ['segments', 'anonymous', DONGLE, 1000],
      ['files', 'anonymous', `${DONGLE}|${DATED}`],
    ]);
  });

  it('uses the token when comma answers nothing to strangers', async () => {
    const comma = new ScriptedComma();
    comma.refusals.set('anonymous', STRANGER);
    comma.files.set(`${DONGLE}|${COUNTED}`, FILES);
    expect(await find(comma)).toMatchObject({ logId: COUNTED });
    expect(comma.calls.map(([what, access]) => [what, access])).toEqual([
      ['files', 'anonymous'],
      ['files', 'token'],
    ]);
  });

  it('says that there is no token when one is needed', async () => {
    const comma = new ScriptedComma();
    comma.refusals
      .set('anonymous', STRANGER)
      .set('token', new CtsError('COMMA_TOKEN_MISSING', 'Set COMMA_JWT'));
    await expect(find(comma)).rejects.toMatchObject({
      code: 'COMMA_TOKEN_MISSING',
      message: 'Set COMMA_JWT',
    });
  });

  it.each([
    ['no segment of it', [{ url: 'https://h/another/0', startMs: 5 }]],
    ['segments without a time', [{ url: `https://h/${COUNTED}/0`, startMs: undefined }]],
    ['no segments', []],
  ])('says that there is %s in the window', async (_, segments) => {
    const comma = new ScriptedComma();
    comma.segments = segments;
    const failure: unknown = await find(comma).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    expect((failure as CtsError).message).toContain('between 1970-01-01 and 1970-01-01');
    expect((failure as CtsError).actions.join()).toContain('--days');
  });

  it('says that a route has no files', async () => {
    const comma = new ScriptedComma();
    comma.files.set(`${DONGLE}|${DATED}`, { logs: [] });
    const found = find(comma, { logId: DATED, isLink: false });
    await expect(found).rejects.toMatchObject({
      code: 'ROUTE_NOT_FOUND',
      details: { route: `${DONGLE}|${DATED}` },
    });
  });

  it.each(['COMMA_UNREACHABLE', 'COMMA_TOKEN_REFUSED', 'DOWNLOAD_FAILED'] as const)(
    'hands on %s',
    async (code) => {
      const comma = new ScriptedComma();
      comma.files.set(`${DONGLE}|${COUNTED}`, new CtsError(code, 'so it is'));
      await expect(find(comma)).rejects.toMatchObject({ code, message: 'so it is' });
      expect(comma.calls).toHaveLength(1);
    },
  );
});
