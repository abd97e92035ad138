import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createAccessChecks } from '../../../../server/transports/http/access-checks.ts';
import {
  type AuthenticationRules,
  readAuthenticationRules,
  readCredential,
} from '../../../../server/transports/http/authentication.ts';
import { CtsError } from '#protocol';
import { FakeClock } from '../../../support/fake-clock.ts';
import { TEST_SETTINGS } from '../../../support/http-server.ts';

const SECRET = 'a secret of at least thirty-two bytes';
const NOW = Date.parse('2026-01-02T03:04:05.000Z') / 1000;
const CLAIMS = { iss: 'cts', aud: 'cts-api', exp: NOW + 60 };
const JWT_RULES: AuthenticationRules = {
  keys: ['key-one', 'key-two'],
  jwt: { secret: SECRET, issuer: 'cts', audience: 'cts-api' },
  isRequired: true,
};

function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** Signs a token as whoever has the secret does. */
function signToken(claims: object, header: object = { alg: 'HS256', typ: 'JWT' }, secret = SECRET): string {
  const content = `${encode(header)}.${encode(claims)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

/** Signs with a private key, for a service that might take the secret for a public one. */
function signByKeyPair(claims: object): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const content = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
}

function openDoor(authentication: AuthenticationRules = JWT_RULES, clock = new FakeClock()) {
  const checks = createAccessChecks({
    rules: { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [] },
    authentication,
    maxFailedAuthentications: 10,
    clock,
  });
  return async (headers: IncomingHttpHeaders, remoteAddress = '10.0.0.1') => {
    const request = { headers, socket: { remoteAddress } } as IncomingMessage;
    const failure = await checks.authenticate(request).catch((error: unknown) => error);
    if (failure === undefined) return 'in';
    if (failure instanceof CtsError) return failure;
    throw new Error('Failed otherwise', { cause: failure });
  };
}

async function tryToken(token: string): Promise<string> {
  const answer = await openDoor()({ authorization: `Bearer ${token}` });
  return typeof answer === 'string' ? answer : answer.code;
}

describe('tokens that are let in', () => {
  it.each([
    ['a JWT', signToken(CLAIMS)],
    ['one for several audiences', signToken({ ...CLAIMS, aud: ['other', 'cts-api'] })],
    ['one that ended a moment ago, by another clock', signToken({ ...CLAIMS, exp: NOW - 3 })],
    ['a key', 'key-one'],
    ['another key', 'key-two'],
  ])('%s', async (_what, token) => {
    expect(await tryToken(token)).toBe('in');
  });
});

describe('tokens that are forged', () => {
  const valid = signToken(CLAIMS);
  const [header = '', claims = '', signature = ''] = valid.split('.');
  it.each([
    ['without a signature', `${encode({ alg: 'none' })}.${claims}.`],
    ['without an algorithm, signed', signToken(CLAIMS, { alg: 'none' })],
    [
      'signed with another secret',
      signToken(CLAIMS, { alg: 'HS256' }, 'another secret of thirty-two bytes!'),
    ],
    ['expired', signToken({ ...CLAIMS, exp: NOW - 10 })],
    ['not valid yet', signToken({ ...CLAIMS, nbf: NOW + 10 })],
    ['without an end', signToken({ iss: CLAIMS.iss, aud: CLAIMS.aud })],
    ['of another issuer', signToken({ ...CLAIMS, iss: 'evil' })],
    ['for another audience', signToken({ ...CLAIMS, aud: 'evil' })],
    ['signed by a key pair', signByKeyPair(CLAIMS)],
    ['that names a key file', signToken(CLAIMS, { alg: 'HS256', kid: '../../dev/null' }, '')],
    [
      'that brings its own key',
      signToken(CLAIMS, { alg: 'HS256', jwk: { kty: 'oct', k: encode('x') } }, 'x'),
    ],
    ['whose claims were changed', `${header}.${encode({ ...CLAIMS, exp: NOW + 6000 })}.${signature}`],
    ['whose signature was cut', `${header}.${claims}.${signature.slice(0, -2)}`],
    ['of another algorithm of the same secret', signToken(CLAIMS, { alg: 'HS512' })],
    ['with an unknown critical header', signToken(CLAIMS, { alg: 'HS256', crit: ['x'], x: 1 })],
    ['that is huge', `${header}.${'a'.repeat(20_000)}.${signature}`],
    ['that is huge and signed', signToken({ ...CLAIMS, more: 'a'.repeat(20_000) })],
    ['that is none', 'a.b.c'],
    ['that is empty', '..'],
    ['that ends as a number too large', signToken({ ...CLAIMS, exp: '9999999999' })],
    ['that is nearly a key', 'key-onE'],
    ['that begins like a key', 'key-one2'],
  ])('%s', async (_what, token) => {
    expect(await tryToken(token)).toBe('UNAUTHENTICATED');
  });

  it('is answered like no token at all: nothing tells what was wrong', async () => {
    const knock = openDoor();
    const answers = await Promise.all([
      knock({}),
      knock({ authorization: 'Bearer nope' }),
      knock({ authorization: `Bearer ${signToken({ ...CLAIMS, exp: NOW - 10 })}` }),
      knock({ authorization: 'Basic a2V5LW9uZQ==' }),
    ]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('is not let in by a key where only JWTs are set up, nor the other way round', async () => {
    const jwtOnly = openDoor({ ...JWT_RULES, keys: [] });
    expect(await jwtOnly({ authorization: 'Bearer key-one' })).toBeInstanceOf(CtsError);
    const keysOnly = openDoor({ ...JWT_RULES, jwt: undefined });
    expect(await keysOnly({ authorization: `Bearer ${signToken(CLAIMS)}` })).toBeInstanceOf(CtsError);
  });
});

describe('readCredential', () => {
  it.each([
    [{ authorization: 'Bearer k' }, 'k'],
    [{ authorization: 'bearer  k ' }, 'k'],
    [{ authorization: 'JWT k' }, 'k'],
    [{ authorization: 'Basic k' }, undefined],
    [{ authorization: 'Bearer' }, undefined],
    [{ authorization: 'Bearer a b' }, undefined],
    [{ authorization: 'k' }, undefined],
    [{ 'x-api-key': 'k' }, 'k'],
    [{ 'x-api-key': '' }, undefined],
    [{ 'sec-websocket-protocol': 'cts.rpc, cts.token.k' }, 'k'],
    [{ 'sec-websocket-protocol': 'cts.token.a%2Fb%3D' }, 'a/b='],
    [{ 'sec-websocket-protocol': 'cts.token.%zz' }, '%zz'],
    [{ 'sec-websocket-protocol': 'cts.rpc' }, undefined],
    [{ 'sec-websocket-protocol': 'cts.token.' }, undefined],
    [{}, undefined],
  ])('reads %j as %s', (headers, expected) => {
    expect(readCredential(headers)).toBe(expected);
  });
});

describe('readAuthenticationRules', () => {
  it('lets everybody in where nothing is set up', () => {
    expect(readAuthenticationRules(TEST_SETTINGS)).toEqual({ keys: [], jwt: undefined, isRequired: false });
  });

  it.each([
    ['a key', { apiKeys: ['k'] }, undefined],
    ['a secret', { jwtSecret: SECRET }, undefined],
    ['a token', {}, 't'],
    ['the wish alone', { isAuthenticationRequired: true }, undefined],
  ])('asks for credentials with %s', (_what, settings, token) => {
    expect(readAuthenticationRules({ ...TEST_SETTINGS, ...settings }, token).isRequired).toBe(true);
  });

  it('takes no empty secret for one', () => {
    const rules = readAuthenticationRules({ ...TEST_SETTINGS, apiKeys: [''], jwtSecret: '' }, '');
    expect(rules).toEqual({ keys: [], jwt: undefined, isRequired: false });
  });

  it('lets nobody in where credentials are asked for and none are set up', async () => {
    const knock = openDoor({ keys: [], jwt: undefined, isRequired: true });
    expect(await knock({ authorization: 'Bearer ' })).toBeInstanceOf(CtsError);
    expect(await knock({ 'x-api-key': 'undefined' })).toBeInstanceOf(CtsError);
  });
});

describe('guessing', () => {
  it('is stopped after ten tries a minute, for that address alone', async () => {
    const clock = new FakeClock();
    const knock = openDoor(JWT_RULES, clock);
    const guesses = Array.from({ length: 1000 }, (_value, index) => knock({ 'x-api-key': `guess-${index}` }));
    const codes = (await Promise.all(guesses)).map((answer) =>
      typeof answer === 'string' ? answer : answer.code,
    );
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(990);
    expect(await knock({ 'x-api-key': 'key-one' })).toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterSeconds: 60 },
    });
    expect(await knock({ 'x-api-key': 'key-one' }, '10.0.0.2')).toBe('in');
    clock.advance(60_000);
    expect(await knock({ 'x-api-key': 'key-one' })).toBe('in');
  });

  it('is not what a caller without credentials does', async () => {
    const knock = openDoor();
    for (let count = 0; count < 50; count += 1)
      expect(await knock({})).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await knock({ 'x-api-key': 'key-one' })).toBe('in');
  });
});
