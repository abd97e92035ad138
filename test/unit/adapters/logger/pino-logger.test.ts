import { inspect, stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { createLogger, type LoggerOptions } from '../../../../server/adapters/logger/pino-logger.ts';

const TOKEN = 'p8Zb2-secret-token-of-the-service_Q';

function openLog(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'DEBUG',
    format: 'json',
    secrets: [TOKEN],
    write: (line) => lines.push(line),
    ...options,
  });
  const parse = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, parse };
}

describe('a line of the log', () => {
  it('is one JSON object with level, time and message', () => {
    const { logger, lines, parse } = openLog();
    logger.debug('One\ntwo 100%s');
    logger.info('Three', { ms: 1.5, empty: null });
    logger.warning('Four');
    logger.error('Five');
    expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
    expect(parse()).toEqual([
      { level: 'DEBUG', time, msg: 'One\ntwo 100%s' },
      { level: 'INFO', time, msg: 'Three', ms: 1.5, empty: null },
      { level: 'WARNING', time, msg: 'Four' },
      { level: 'ERROR', time, msg: 'Five' },
    ]);
  });

  it.each([
    ['DEBUG', ['DEBUG', 'INFO', 'WARNING', 'ERROR']],
    ['INFO', ['INFO', 'WARNING', 'ERROR']],
    ['WARNING', ['WARNING', 'ERROR']],
    ['ERROR', ['ERROR']],
  ] as const)('is written at level %s for %o', (level, expected) => {
    const { logger, parse } = openLog({ level });
    logger.debug('x');
    logger.info('x');
    logger.warning('x');
    logger.error('x');
    expect(parse().map((line) => line['level'])).toEqual(expected);
  });

  it('carries the fields of its logger, in snake case', () => {
    const { logger, parse } = openLog();
    logger.child({ requestId: 'r1' }).child({ runId: 'u1' }).info('x', { toolId: 't', request_path: '/v1' });
    expect(parse()[0]).toMatchObject({ request_id: 'r1', run_id: 'u1', tool_id: 't', request_path: '/v1' });
  });

  it('keeps its own members when a field has the same name', () => {
    const { logger, parse } = openLog();
    logger.info('x', { level: 3, msg: 'y' });
    expect(parse()[0]).toMatchObject({ level: 'INFO', msg: 'x', level_field: 3, msg_field: 'y' });
  });

  it('tells an error whole, with its cause', () => {
    const { logger, parse } = openLog();
    const cause = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    logger.error('x', {
      error: new CtsError('DISK_FULL', 'Could not write', { details: { path: '/d' }, cause }),
    });
    expect(parse()[0]).toMatchObject({
      error: {
        type: 'CtsError',
        code: 'DISK_FULL',
        message: 'Could not write',
        details: { path: '/d' },
        cause: { type: 'Error', code: 'ENOSPC', message: 'no space' },
      },
    });
  });

  it('is bounded, whatever is logged', () => {
    const { logger, lines } = openLog();
    const endless: Record<string, unknown> = { list: Array.from({ length: 10_000 }, () => 'x') };
    endless['self'] = endless;
    logger.info('y'.repeat(1_000_000), { endless, bytes: new Uint8Array(5), big: 5n, call: () => 1 });
    expect(lines[0]?.length).toBeLessThan(30_000);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ bytes: '5 bytes', big: '5' });
  });
});

describe('secrets', () => {
  const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

  it.each([
    ['a message', (): [string] => [`Token is ${TOKEN}`]],
    ['a Bearer header', (): [string] => ['Got Bearer abc.DEF-123']],
    ['a JWT header', (): [string] => ['Got jwt abc.DEF-123']],
    ['the signature of a link', (): [string] => ['GET https://x/rlog?se=1&sig=abc.DEF-123%3D&sp=r']],
    ['a token in a query', (): [string] => ['GET /v1/runs?access_token=abc.DEF-123']],
    ['a token in a link in a link', (): [string] => ['next=%2Fv1%3Ftoken%3Dabc.DEF-123']],
    ['a name and password in a link', (): [string] => ['proxy http://me:abc.DEF-123@host/']],
    ['JSON in a text', (): [string] => ['Body {"a":1,"api_key": "abc.DEF-123"}']],
    ['a web token by its looks', (): [string] => [`Refused ${JWT}`]],
    ['a field', (): [string, object] => ['x', { authorization: 'abc.DEF-123' }]],
    [
      'a field in a field',
      (): [string, object] => ['x', { request: { headers: [{ 'X-Api-Key': 'abc.DEF-123' }] } }],
    ],
    ['a field that holds more', (): [string, object] => ['x', { cookies: { a: 'abc.DEF-123' } }]],
    ['a text in a field', (): [string, object] => ['x', { list: [{ text: `see ${TOKEN}.` }] }]],
    ['an error', (): [string, object] => ['x', { error: new Error('Bearer abc.DEF-123') }]],
    [
      'the cause of an error',
      (): [string, object] => ['x', { error: new Error('y', { cause: new Error(JWT) }) }],
    ],
  ])('never appear in %s', (_, line) => {
    for (const format of ['json', 'pretty'] as const) {
      const { logger, lines } = openLog({ format });
      const [message, fields] = line();
      logger.info(message, { ...fields });
      logger.child({ ...fields }).error(message);
      expect(lines).toHaveLength(2);
      const written = lines.join('');
      for (const secret of [TOKEN, 'abc.DEF-123', JWT, 'c2lnbmF0dXJl']) expect(written).not.toContain(secret);
    }
  });

  it('never appear, wherever a known one stands', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.jsonValue({ maxDepth: 3 }), (before, after, value) => {
        const { logger, lines } = openLog();
        logger.info(before + TOKEN + after, { value, text: before + TOKEN + after });
        expect(lines.join('')).not.toContain(TOKEN);
      }),
    );
  });

  it('leave other texts as they are', () => {
    const { logger, parse } = openLog();
    const fields = { key_count: 3, path: '/v1/runs?limit=3', idempotency: 'abc', monkey: 'x' };
    logger.info('Answered GET /v1/runs in 3 ms', fields);
    expect(parse()[0]).toMatchObject({ msg: 'Answered GET /v1/runs in 3 ms', ...fields });
  });
});

describe('lines for a terminal', () => {
  it('are one line each, without what moves the cursor', () => {
    const { logger, lines } = openLog({ format: 'pretty' });
    logger.warning('One\r\ntwo\u001B[2J', { runId: 'u1', text: 'a b\n' });
    expect(lines).toHaveLength(1);
    expect(stripVTControlCharacters(lines[0] ?? '')).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} WARNING One {2}two run_id=u1 text="a b\\n"\n$/,
    );
    expect(inspect(lines[0])).not.toContain('[2J');
  });
});
