import { describe, expect, test } from 'vitest';
import { describeRefusal } from '../../../../../webviews/log/states/log-refusal.ts';
import { makeSessionState } from '../../../../support/fake-log.ts';

const path = '/logs/x.rlog.zst';

function refuse(code: string, firstBytesHex: string | null = null) {
  const failure = { code, message: 'The file says no.', firstBytesHex };
  const state = makeSessionState({ phase: 'failed', events: 0, failure });
  return describeRefusal({ path, state, failure: null });
}

function write(refusal: ReturnType<typeof describeRefusal>): string {
  const parts = refusal?.text ?? [];
  return parts.map((part) => (typeof part === 'string' ? part : part.code)).join('');
}

describe('a file that is no log', () => {
  test('packed by gzip', () => {
    const refusal = refuse('NOT_A_LOG', '1f 8b 08 00 00');
    expect(refusal?.title).toBe('This file is not an openpilot log');
    expect(write(refusal)).toBe(
      'It begins with 1F 8B, the mark of gzip. CTS reads zstd, bz2 and plain rlog files. ' +
        'Unpack it first, then open the file inside.',
    );
    expect(refusal?.buttons.map(({ label }) => label)).toEqual(['Open Another Log…', 'Open as Text']);
  });

  test('of text: nothing to unpack', () => {
    expect(write(refuse('NOT_A_LOG', '48656C6C6F'))).toBe(
      'It begins with 48 65 6C 6C, plain text. CTS reads zstd, bz2 and plain rlog files.',
    );
  });

  test('of bytes that nobody knows', () => {
    expect(write(refuse('UNSUPPORTED_CONTAINER', 'DEADBEEF00'))).toBe(
      'It begins with DE AD BE EF. CTS reads zstd, bz2 and plain rlog files.',
    );
  });

  test('whose first bytes are not told', () => {
    expect(write(refuse('NOT_A_LOG'))).toBe('The file says no. CTS reads zstd, bz2 and plain rlog files.');
  });
});

test('an empty file', () => {
  const refusal = refuse('FILE_EMPTY');
  expect(refusal?.title).toBe('This log is empty: 0 bytes');
  expect(write(refusal)).toBe('The device created it and wrote nothing.');
});

test('a file that is gone, also where it could not even be opened', () => {
  const failure = { code: 'FILE_NOT_FOUND', message: 'No file', actions: [], details: {} };
  const refusal = describeRefusal({ path, state: null, failure });
  expect(refusal?.title).toBe('This log is not there any more');
  expect(write(refusal)).toContain(path);
  expect(refusal?.buttons.map(({ label }) => label)).toEqual(['Open Another Log…', 'Try Again']);
});

test('what can be shown is no refusal', () => {
  expect(describeRefusal({ path, state: makeSessionState(), failure: null })).toBeNull();
  const failure = { code: 'FILE_NOT_FOUND', message: 'gone', firstBytesHex: null };
  expect(
    describeRefusal({ path, state: makeSessionState({ phase: 'failed', failure }), failure: null }),
  ).toBeNull();
  expect(describeRefusal({ path, state: null, failure: null })).toBeNull();
});
