import { describe, expect, it, onTestFinished } from 'vitest';
import { CtsError, type RequestHandlers } from '#protocol';
import { seededRandom } from '../support/random.ts';
import { RawRpcClient } from '../support/rpc-client.ts';
import { openStreamServer, type StreamServer } from '../support/stream-server.ts';

const PING: Partial<RequestHandlers> = {
  'tools/list': () => Promise.resolve([]),
  'runs/get': ({ runId }) => Promise.reject(new CtsError('RUN_NOT_FOUND', `No run with id ${runId}`)),
};

/** Fails the test when a promise is rejected and nobody hears of it. */
function watchRejections(): readonly unknown[] {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => {
    rejections.push(reason);
  };
  process.on('unhandledRejection', note);
  onTestFinished(() => {
    process.off('unhandledRejection', note);
  });
  return rejections;
}

async function serve(): Promise<{ readonly server: StreamServer; readonly client: RawRpcClient }> {
  const server = await openStreamServer({ handlers: PING });
  return { server, client: await RawRpcClient.connect(server.url) };
}

const INVALID_JSON = { id: null, error: { code: -32700 } };
const INVALID_REQUEST = { id: null, error: { code: -32600 } };

describe('malformed messages', () => {
  it.each([
    { what: 'nothing', message: '', expected: INVALID_JSON },
    { what: 'half of a message', message: '{"jsonrpc":"2.0","id":1,', expected: INVALID_JSON },
    {
      what: 'a frame with the header of streams',
      message: 'Content-Length: 2\r\n\r\n{}',
      expected: INVALID_JSON,
    },
    { what: 'null', message: 'null', expected: INVALID_REQUEST },
    { what: 'a number', message: '42', expected: INVALID_REQUEST },
    { what: 'an empty object', message: '{}', expected: INVALID_REQUEST },
    {
      what: 'a batch',
      message: '[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]',
      expected: INVALID_REQUEST,
    },
    {
      what: 'another version',
      message: '{"jsonrpc":"1.0","id":7,"method":"tools/list"}',
      expected: { id: 7, error: { code: -32600 } },
    },
    {
      what: 'an object as id',
      message: '{"jsonrpc":"2.0","id":{},"method":"tools/list"}',
      expected: INVALID_REQUEST,
    },
    {
      what: 'null as id',
      message: '{"jsonrpc":"2.0","id":null,"method":"tools/list"}',
      expected: INVALID_REQUEST,
    },
    {
      what: 'a number as method',
      message: '{"jsonrpc":"2.0","id":8,"method":1}',
      expected: { id: 8, error: { code: -32600 } },
    },
    {
      what: 'a list as parameters',
      message: '{"jsonrpc":"2.0","id":9,"method":"tools/list","params":[1]}',
      expected: { id: 9, error: { code: -32600 } },
    },
    { what: 'an answer to nothing', message: '{"jsonrpc":"2.0","id":1,"result":1}', expected: undefined },
    {
      what: 'a cancel without id',
      message: '{"jsonrpc":"2.0","method":"$/cancelRequest"}',
      expected: undefined,
    },
    {
      what: 'a cancel of nothing',
      message: '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":5}}',
      expected: undefined,
    },
    { what: 'an unknown notification', message: '{"jsonrpc":"2.0","method":"x"}', expected: undefined },
    { what: 'nested lists', message: '['.repeat(100_000), expected: INVALID_JSON },
  ])('$what: is answered or passed over, and the next request is answered', async ({ message, expected }) => {
    const { server, client } = await serve();
    client.send(message);
    client.request('next', 'tools/list');
    expect(await client.answerTo('next')).toEqual({ jsonrpc: '2.0', id: 'next', result: [] });
    expect(client.messages.slice(0, -1)).toMatchObject(expected === undefined ? [] : [expected]);
    expect(server.failures).toEqual([]);
  });

  it('reads bytes as text', async () => {
    const { client } = await serve();
    client.socket.send(Buffer.from('{"jsonrpc":"2.0","id":1,"method":"tools/list"}'));
    expect(await client.answerTo(1)).toMatchObject({ result: [] });
  });

  it('tells who uses an id twice at once', async () => {
    const { client } = await serve();
    client.request(1, 'tools/list');
    client.request(1, 'tools/list');
    expect(await client.answerTo(null)).toMatchObject({ error: { code: -32600 } });
    expect(await client.answerTo(1)).toMatchObject({ result: [] });
  });

  it('takes 1 and "1" for two ids', async () => {
    const { client } = await serve();
    client.request(1, 'tools/list');
    client.request('1', 'tools/list');
    expect(await client.answerTo(1)).toMatchObject({ result: [] });
    expect(await client.answerTo('1')).toMatchObject({ result: [] });
  });
});

describe('a hundred thousand random messages', () => {
  it('do no harm', { timeout: 120_000 }, async () => {
    const rejections = watchRejections();
    const { server, client } = await serve();
    const random = seededRandom(23);
    for (let round = 0; round < 100; round++) {
      for (let message = 0; message < 1000; message++) client.send(mutate(random));
      const id = `round ${round}`;
      client.request(id, 'tools/list');
      // With a hundred requests in flight, also this one may be told to wait: then it was answered.
      expect(await client.answerTo(id)).toHaveProperty('id', id);
      client.messages.length = 0;
    }
    client.request('last', 'tools/list');
    expect(await client.answerTo('last')).toMatchObject({ result: [] });
    expect(server.failures).toEqual([]);
    expect(rejections).toEqual([]);
  });
});

const SEEDS = [
  '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}',
  '{"jsonrpc":"2.0","id":"a","method":"runs/get","params":{"runId":"x"}}',
  '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}',
  '{"jsonrpc":"2.0","id":2,"result":null}',
  '{"jsonrpc":"2.0","id":3,"error":{"code":1,"message":"x"}}',
  '[{"jsonrpc":"2.0","id":4,"method":"tools/list"}]',
];
const PIECES = [
  'null',
  '-1',
  '1e999',
  '"__proto__"',
  '{}',
  '[]',
  '"id"',
  '"method"',
  '\\ud800',
  '\u0000',
  '{"',
  '}',
  ',',
];

/** A good message with one to four things done to it. */
function mutate(random: () => number): string {
  let text = choose(SEEDS, random);
  for (let change = 0; change <= random() * 4; change++) {
    const at = Math.floor(random() * text.length);
    const length = Math.floor(random() * 8);
    text = text.slice(0, at) + (random() < 0.5 ? choose(PIECES, random) : '') + text.slice(at + length);
  }
  return text;
}

function choose(from: readonly string[], random: () => number): string {
  return from[Math.floor(random() * from.length)] ?? '';
}
