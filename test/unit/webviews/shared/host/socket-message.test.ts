import { describe, expect, test } from 'vitest';
import { readSocketMessage, takeBlocks } from '../../../../../webviews/shared/host/socket-message.ts';

describe('readSocketMessage', () => {
  test('reads answers, and makes bytes of blocks', () => {
    const message = readSocketMessage('{"jsonrpc":"2.0","id":3,"result":{"a":[{"base64":"AQID"}],"n":null}}');
    expect(message).toMatchObject({ kind: 'answer', id: 3 });
    const { result } = message as unknown as { result: { a: { bytes: ArrayBuffer }[]; n: null } };
    expect([...new Uint8Array(result.a[0]?.bytes ?? new ArrayBuffer(0))]).toEqual([1, 2, 3]);
    expect(result.n).toBeNull();
  });

  test('reads failures', () => {
    const text =
      '{"id":1,"error":{"code":-31430,"message":"No run","data":{"code":"RUN_NOT_FOUND","actions":["x",5],"details":{"a":1}}}}';
    expect(readSocketMessage(text)).toEqual({
      kind: 'failure',
      id: 1,
      error: { code: 'RUN_NOT_FOUND', message: 'No run', actions: ['x'], details: { a: 1 } },
    });
  });

  test('reads news without the id that they carry', () => {
    const text = '{"method":"sessions/changed","params":{"requestId":4,"state":{"events":2}}}';
    expect(readSocketMessage(text)).toEqual({
      kind: 'news',
      id: 4,
      method: 'sessions/changed',
      params: { state: { events: 2 } },
    });
  });

  test.each(['', 'x', '[]', '5', '{}', '{"id":"a","result":1}', '{"method":"a","params":{}}', '{"id":1}'])(
    'passes over %j',
    (text) => {
      expect(readSocketMessage(text)).toBeUndefined();
    },
  );
});

test('an object that has more than base64 is no block', () => {
  expect(takeBlocks({ base64: 'AQID', name: 'x' })).toEqual({ base64: 'AQID', name: 'x' });
});
