import { describe, expect, it } from 'vitest';
import {
  createSafeLookup,
  isLoopback,
  readSafeUrl,
} from '../../../../server/adapters/comma/address-check.ts';
import { failureOf } from '../../../support/failure.ts';

describe('readSafeUrl', () => {
  it.each([
    'https://api.comma.ai/v1/x?y=z',
    'https://commadata2.blob.core.windows.net:8443/a/0/rlog.zst?sig=x',
    'https://8.8.8.8/0/rlog.zst',
    'https://[2606:4700::1111]/',
  ])('accepts %s', (text) => {
    expect(readSafeUrl(text, undefined, 'public').href).toBe(text);
  });

  it.each([
    ['http://api.comma.ai/', 'not https'],
    ['ftp://api.comma.ai/', 'not https'],
    ['file:///etc/passwd', 'not https'],
    ['data:text/plain,x', 'not https'],
    ['https://user:pass@api.comma.ai/', 'user name'],
    ['https://127.0.0.1/', 'not a public address'],
    ['https://0x7f.1/', 'not a public address'],
    ['https://2130706433/', 'not a public address'],
    ['https://0/', 'not a public address'],
    ['https://10.1.2.3/', 'not a public address'],
    ['https://100.64.0.1/', 'not a public address'],
    ['https://169.254.169.254/latest/meta-data', 'not a public address'],
    ['https://172.31.255.255/', 'not a public address'],
    ['https://192.168.0.1/', 'not a public address'],
    ['https://224.0.0.1/', 'not a public address'],
    ['https://255.255.255.255/', 'not a public address'],
    ['https://[::1]/', 'not a public address'],
    ['https://[::]/', 'not a public address'],
    ['https://[::ffff:10.0.0.1]/', 'not a public address'],
    ['https://[::ffff:7f00:1]/', 'not a public address'],
    ['https://[64:ff9b::7f00:1]/', 'not a public address'],
    ['https://[2002:7f00:1::]/', 'not a public address'],
    ['https://[fd00::1]/', 'not a public address'],
    ['https://[fe80::1]/', 'not a public address'],
    ['rlog.zst', 'none'],
    [`https://h/${'x'.repeat(9000)}`, 'none'],
  ])('refuses %s', (text, reason) => {
    const { code, message } = failureOf(() => readSafeUrl(text, undefined, 'public'));
    expect(code).toBe('DOWNLOAD_FAILED');
    expect(message).toContain(reason);
    expect(message).not.toContain('pass@');
  });

  it('reads an address by the one that led to it', () => {
    const base = new URL('https://api.comma.ai/v1/route');
    expect(readSafeUrl('../files', base, 'public').href).toBe('https://api.comma.ai/files');
    expect(() => readSafeUrl('//127.0.0.1/', base, 'public')).toThrow('not a public address');
  });

  it('lets this machine be asked where the API is on it, and no other private one', () => {
    for (const text of ['http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]/', 'https://127.0.0.1/'])
      expect(readSafeUrl(text, undefined, 'public-and-loopback').href).toBe(text);
    for (const text of [
      'http://10.0.0.1/',
      'https://10.0.0.1/',
      'http://api.comma.ai/',
      'https://169.254.169.254/',
    ])
      expect(() => readSafeUrl(text, undefined, 'public-and-loopback')).toThrow('Refused');
  });
});

describe('createSafeLookup', () => {
  function find(reach: 'public' | 'public-and-loopback', all: boolean): Promise<unknown> {
    return new Promise((resolve, reject) => {
      createSafeLookup(reach)('localhost', { all }, (error, found) => {
        if (error === null) resolve(found);
        else reject(error);
      });
    });
  }

  it('refuses a name that leads to this machine', async () => {
    await expect(find('public', true)).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
    await expect(find('public', false)).rejects.toThrow('Refused to ask localhost, which is at ');
  });

  it('finds it where it may be asked', async () => {
    const all = (await find('public-and-loopback', true)) as readonly { readonly address: string }[];
    expect(all.every(({ address }) => isLoopback(address))).toBe(true);
    expect(isLoopback((await find('public-and-loopback', false)) as string)).toBe(true);
  });

  it('hands on that a name is not known', async () => {
    const unknown = new Promise((resolve) => {
      createSafeLookup('public')(`${'x'.repeat(64)}.invalid`, { all: true }, (error) => resolve(error?.code));
    });
    expect(await unknown).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });
});
