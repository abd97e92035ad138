import { describe, expect, it } from 'vitest';
import {
  explainFailures,
  toStoreFileFailure,
} from '../../../../server/adapters/data-folder/store-file-failure.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: told by the system`), { code, syscall: 'open' });
}

describe('toStoreFileFailure', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL', 'full'],
    ['EDQUOT', 'DISK_FULL', 'full'],
    ['EACCES', 'STORE_UNAVAILABLE', 'permission'],
    ['EROFS', 'STORE_UNAVAILABLE', 'read-only'],
    ['EIO', 'STORE_UNAVAILABLE', 'disk'],
    ['EMFILE', 'STORE_UNAVAILABLE', 'too many'],
    ['ESTALE', 'STORE_UNAVAILABLE', 'ESTALE'],
  ])('says what %s means: %s', (systemCode, code, word) => {
    const cause = systemError(systemCode);
    expect(toStoreFileFailure(cause, '/data/x')).toMatchObject({
      code,
      message: expect.stringContaining(word) as unknown,
      details: { path: '/data/x', systemCode },
      actions: expect.arrayContaining([expect.any(String)]) as unknown,
      cause,
    });
  });

  it.each([
    new TypeError('a mistake'),
    'text',
    Object.assign(new Error('ours'), { code: 'UPLOAD_TOO_LARGE' }),
  ])('hands back what the system did not say: %s', (error) => {
    expect(toStoreFileFailure(error, '/data/x')).toBe(error);
  });

  it('is said of whatever a piece of work throws', async () => {
    expect(await explainFailures('/data/x', () => Promise.resolve(7))).toBe(7);
    await expect(explainFailures('/data/x', () => Promise.reject(systemError('EIO')))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
  });
});
