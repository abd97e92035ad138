import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { hideToken, readCommaToken, redactToken } from '../../../../server/adapters/comma/comma-token.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

describe('readCommaToken', () => {
  const home = useTemporaryFolder();

  function save(text: string): void {
    mkdirSync(join(home.path, '.comma'));
    writeFileSync(join(home.path, '.comma/auth.json'), text);
  }

  function read(token?: string): Promise<string> {
    return readCommaToken({ environment: { COMMA_JWT: token }, homeFolder: home.path });
  }

  it('takes the environment before the file', async () => {
    save('{"access_token":"saved"}');
    expect(await read(' from-environment\n')).toBe('from-environment');
    expect(await read()).toBe('saved');
    expect(await read('  ')).toBe('saved');
  });

  it.each(['', 'no JSON', 'null', '[]', '{}', '{"access_token":5}', '{"access_token":" "}'])(
    'names both places when the file holds %j',
    async (text) => {
      save(text);
      await expect(read()).rejects.toMatchObject({
        code: 'COMMA_TOKEN_MISSING',
        message:
          'No comma JWT found. Set COMMA_JWT environment variable or run openpilot/tools/lib/auth.py to create ~/.comma/auth.json',
      });
    },
  );

  it('names both places when there is no file', async () => {
    await expect(read()).rejects.toMatchObject({ code: 'COMMA_TOKEN_MISSING' });
  });

  it.each(['two words', 'line\nHost: x', 'é', 'x'.repeat(16_385)])(
    'refuses a token that fits no header',
    async (token) => {
      const failure: unknown = await read(token).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'COMMA_TOKEN_MISSING' });
      expect((failure as CtsError).message).not.toContain(token);
    },
  );
});

describe('redactToken', () => {
  it.each([
    ['eyJhbGciOiJIUzI1NiJ9.body.sign', undefined, 'eyJh...sign'],
    ['123456789', undefined, '1234...6789'],
    ['12345678', undefined, '********'],
    ['abcdefghij', 2, 'ab...ij'],
    ['', undefined, ''],
  ])('shows of %j with %j characters %j', (token, shown, text) => {
    expect(redactToken(token, shown)).toBe(text);
  });
});

describe('hideToken', () => {
  const token = 'Secret.Token.Value';

  it('takes every spelling of the token out of a message', () => {
    const error = new CtsError('COMMA_UNREACHABLE', `a ${token} b ${token.toLowerCase()} c`, {
      cause: token,
      actions: ['x'],
    });
    const hidden = hideToken(error, token) as CtsError;
    expect(hidden.message).toBe('a Secr...alue b Secr...alue c');
    expect([hidden.code, hidden.actions, hidden.cause]).toEqual(['COMMA_UNREACHABLE', ['x'], undefined]);
  });

  it('leaves other failures as they are', () => {
    const error = new CtsError('COMMA_UNREACHABLE', 'no secret');
    expect(hideToken(error, token)).toBe(error);
    expect(hideToken(error, undefined)).toBe(error);
  });
});
