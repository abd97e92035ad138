import { describe, expect, it } from 'vitest';
import { makeHarmless } from '../../../../cli/render/harmless-text.ts';
import { locateInput } from '../../../../cli/runs/run-input.ts';
import { makeSafeName } from '../../../../cli/transfer/safe-name.ts';
import { toWriteFailure } from '../../../../cli/transfer/write-failure.ts';

describe('a safe name', () => {
  it.each([
    ['report.html', 'report.html'],
    ['subdir/../report.html', 'report.html'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\windows\\x.csv', 'x.csv'],
    ['a:b.csv', 'a_b.csv'],
    ['', 'artifact'],
    ['.', 'artifact'],
    ['..', 'artifact'],
    ['a/', 'artifact'],
    ['x. . ', 'x'],
    ['CON', '_CON'],
    ['com1.txt', '_com1.txt'],
    ['console.txt', 'console.txt'],
    ['a\0b\nc\u001b.csv', 'a_b_c_.csv'],
    ['\u202egnp.exe', '_gnp.exe'],
    ['.hidden', '.hidden'],
    ['ä ö.csv', 'ä ö.csv'],
  ])('%j becomes %j', (name, safe) => {
    expect(makeSafeName(name)).toBe(safe);
  });

  it('is short enough for every disk, and keeps its ending', () => {
    const name = makeSafeName(`${'🚗'.repeat(200)}.csv`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    expect(name).toMatch(/^(🚗)+\.csv$/u);
  });
});

describe('harmless text', () => {
  it('shows control characters instead of obeying them', () => {
    expect(makeHarmless('\u202e\u2066\u2028x')).toBe(String.raw`\u202e\u2066\u2028x`);
    expect(makeHarmless('a\tb\u001b[2J\n\r\u0000\u007f\u0085ä')).toBe('a\tb\\x1b[2J\\n\\r\\x00\\x7f\\x85ä');
  });
});

describe('the place of an input', () => {
  const HERE = { isOnThisMachine: true };

  it.each([
    { path: 'package.json', service: HERE, place: `${process.cwd()}/package.json` },
    { path: '/data/x', service: HERE, place: '/data/x' },
    { path: 'a/b', service: HERE, place: `${process.cwd()}/a/b` },
    { path: 'https://connect.comma.ai/a/b', service: HERE, place: 'https://connect.comma.ai/a/b' },
    { path: 'package.json', service: { isOnThisMachine: false }, place: 'package.json' },
    { path: 'a\0b', service: HERE, place: 'a\0b' },
    { path: '', service: HERE, place: '' },
  ])('$path', ({ path, service, place }) => {
    expect(locateInput(path, service)).toBe(place);
  });
});

describe('a failure to write', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EACCES', 'OUTPUT_NOT_WRITABLE'],
    ['EIO', 'OUTPUT_NOT_WRITABLE'],
  ])('%s is %s', (code, expected) => {
    expect(toWriteFailure('x', Object.assign(new Error('why'), { code }))).toMatchObject({ code: expected });
  });

  it('of another kind stays what it is', () => {
    const abort = Object.assign(new Error('stop'), { code: 'ABORT_ERR' });
    expect(toWriteFailure('x', abort)).toBe(abort);
  });
});
