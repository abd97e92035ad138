import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { toFileError } from '../../../../server/adapters/files/file-error.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: what the system says\nand more`), { code });
}

describe('toFileError', () => {
  it.each([
    { systemCode: 'ENOENT', code: 'FILE_NOT_FOUND', cause: 'there is no such file' },
    { systemCode: 'ENOTDIR', code: 'FILE_NOT_FOUND', cause: 'a folder of the path is a file' },
    { systemCode: 'EISDIR', code: 'FILE_IS_DIRECTORY', cause: 'it is a directory' },
    { systemCode: 'EACCES', code: 'FILE_UNREADABLE', cause: 'permission denied' },
    { systemCode: 'EPERM', code: 'FILE_UNREADABLE', cause: 'permission denied' },
    { systemCode: 'EIO', code: 'FILE_UNREADABLE', cause: 'the disk reported a read error' },
    { systemCode: 'EMFILE', code: 'FILE_UNREADABLE', cause: 'this process has too many open files' },
    { systemCode: 'ESTALE', code: 'FILE_UNREADABLE', cause: 'ESTALE: what the system says' },
  ])('explains $systemCode in one line and keeps the cause', ({ systemCode, code, cause }) => {
    const failure = systemError(systemCode);
    const error = toFileError('drive.rlog', failure);
    expect(error).toMatchObject({ code, details: { path: 'drive.rlog', systemCode }, cause: failure });
    expect(error.message).toContain(`Cannot read drive.rlog: ${cause}. `);
    expect(error.message).not.toContain('\n');
  });

  it('hands on what is explained already', () => {
    const error = new CtsError('FILE_EMPTY', 'Nothing in it.');
    expect(toFileError('drive.rlog', error)).toBe(error);
  });

  it('survives what is no error at all', () => {
    expect(toFileError('drive.rlog', 'a string')).toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { path: 'drive.rlog', systemCode: 'UNKNOWN' },
    });
  });
});
