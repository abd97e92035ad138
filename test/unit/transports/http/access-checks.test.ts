import { describe, expect, it } from 'vitest';
import {
  type AccessRules,
  checkHost,
  checkOrigin,
} from '../../../../server/transports/http/access-checks.ts';
import { failureOf } from '../../../support/failure.ts';

const LOOPBACK: AccessRules = { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [] };

function isServed(host: string | undefined, rules: Partial<AccessRules> = {}): boolean {
  try {
    checkHost(host === undefined ? {} : { host }, { ...LOOPBACK, ...rules });
    return true;
  } catch {
    return false;
  }
}

function isAdmitted(
  origin: string,
  host = '127.0.0.1:8080',
  allowedOrigins: readonly string[] = [],
): boolean {
  try {
    checkOrigin({ host, origin }, { ...LOOPBACK, allowedOrigins });
    return true;
  } catch {
    return false;
  }
}

describe('checkHost', () => {
  it.each(['localhost', 'LOCALHOST:8080', '127.0.0.1', '127.0.0.1:1', '[::1]', '[::1]:8080'])(
    'serves %s',
    (host) => {
      expect(isServed(host)).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example#localhost',
    'localhost@evil.example',
    'localhost:8080@evil.example',
    'localhost:evil',
    'localhost:123456',
    'localhost ',
    ' localhost',
    'localhost,evil.example',
    '192.168.1.5',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    '[::1',
    '::1',
    'localhost/',
    'http://localhost',
    'localhost.',
    '127.1',
    '2130706433',
    '0x7f000001',
  ])('refuses %s', (host) => {
    expect(isServed(host)).toBe(false);
  });

  it.each([
    ['its own address', '192.168.1.5:8080', { boundHost: '192.168.1.5' }, true],
    ['another address', '192.168.1.6:8080', { boundHost: '192.168.1.5' }, false],
    ['any address when it listens on all', '192.168.1.6:8080', { boundHost: '0.0.0.0' }, true],
    ['any address of version 6', '[fe80::1]:8080', { boundHost: '::' }, true],
    ['a name when it listens on all', 'evil.example', { boundHost: '0.0.0.0' }, false],
    ['a name that is an address nearly', '1.2.3.4.example', { boundHost: '0.0.0.0' }, false],
    ['a name that is allowed', 'Cts.Example:8080', { allowedHosts: ['cts.example'] }, true],
    ['a name with its port', 'cts.example:8080', { allowedHosts: ['cts.example:8080'] }, true],
    ['the name with another port', 'cts.example:81', { allowedHosts: ['cts.example:8080'] }, false],
    ['a name below an allowed one', 'x.cts.example', { allowedHosts: ['cts.example'] }, false],
  ])('decides about %s', (_what, ...decision) => {
    const [host, rules, expected] = decision as [string, Partial<AccessRules>, boolean];
    expect(isServed(host, rules)).toBe(expected);
  });

  it('says which name it refused, cut to what fits', () => {
    const failure = failureOf(() => {
      checkHost({ host: `a"\n${'x'.repeat(500)}` }, LOOPBACK);
    });
    expect(failure.code).toBe('HOST_REFUSED');
    expect(failure.message).toMatch(/^Refused a request for the host "a\\"\\nx{97}": /);
  });
});

describe('checkOrigin', () => {
  it('admits what has no origin', () => {
    expect(() => {
      checkOrigin({ host: 'localhost' }, LOOPBACK);
    }).not.toThrow();
  });

  it.each([
    ['http://127.0.0.1:8080', true],
    ['https://127.0.0.1:8080', true],
    ['HTTP://127.0.0.1:8080', true],
    ['http://127.0.0.1', false],
    ['http://127.0.0.1:8081', false],
    ['http://localhost:8080', false],
    ['http://evil.example', false],
    ['http://evil.example@127.0.0.1:8080', false],
    ['http://127.0.0.1:8080.evil.example', false],
    ['http://127.0.0.1:8080/', false],
    ['ftp://127.0.0.1:8080', false],
    ['127.0.0.1:8080', false],
    ['null', false],
    ['', false],
    ['file://', false],
    ['vscode-webview://x', false],
  ])('of the same host: %s is %s', (origin, expected) => {
    expect(isAdmitted(origin)).toBe(expected);
  });

  it.each([
    ['https://tools.example', ['https://tools.example'], true],
    ['http://tools.example', ['https://tools.example'], false],
    ['https://tools.example:444', ['https://tools.example'], false],
    ['https://x.tools.example', ['https://tools.example'], false],
    ['https://evil.example', ['*'], false],
    ['null', ['null'], false],
  ])('that is listed: %s with %j is %s', (origin, allowedOrigins, expected) => {
    expect(isAdmitted(origin, 'localhost', allowedOrigins)).toBe(expected);
  });
});
