import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../../server/transports/rpc/rpc-message.ts';

describe('a message as it came', () => {
  it('is a request with a method, an id, and parameters if any', () => {
    expect(readMessage('{"jsonrpc":"2.0","id":"a","method":"m","params":{"x":1}}')).toEqual({
      kind: 'request',
      message: { jsonrpc: '2.0', id: 'a', method: 'm', params: { x: 1 } },
    });
    expect(readMessage('{"jsonrpc":"2.0","id":1.5,"method":"m"}')).toMatchObject({ message: { id: 1.5 } });
  });

  it('takes a request back', () => {
    expect(readMessage('{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}')).toEqual({
      kind: 'cancel',
      id: 7,
    });
  });

  it.each([
    '{"jsonrpc":"2.0","id":1,"error":{}}',
    '{"id":1,"result":null}',
    '{"jsonrpc":"2.0","method":"$/x"}',
  ])('is passed over when nobody listens to it: %s', (text) => {
    expect(readMessage(text)).toEqual({ kind: 'ignored' });
  });

  it.each([
    ['{"jsonrpc":"2.0","id":5,"method":1}', 5, 'INVALID_REQUEST'],
    ['{"jsonrpc":"2.0","id":[5],"method":"m"}', null, 'INVALID_REQUEST'],
    ['{"jsonrpc":"2.0","id":1e999,"method":"m"}', null, 'INVALID_REQUEST'],
    [`{"jsonrpc":"2.0","id":"${'x'.repeat(101)}","method":"m"}`, null, 'INVALID_REQUEST'],
    ['[]', null, 'INVALID_REQUEST'],
    ['nope', null, 'INVALID_JSON'],
  ])('is refused: %s', (text, id, code) => {
    expect(readMessage(text)).toMatchObject({ kind: 'refused', id, error: { code } });
  });

  it('is never too odd to be read', () => {
    const kinds = ['request', 'cancel', 'ignored', 'refused'];
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => kinds.includes(readMessage(text).kind)),
      { seed: 23, numRuns: 2000 },
    );
  });
});
