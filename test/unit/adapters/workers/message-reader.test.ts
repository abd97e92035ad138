import { describe, expect, it } from 'vitest';
import { readMessages } from '../../../../server/adapters/workers/message-reader.ts';
import {
  MAX_MESSAGE_BYTES,
  type WorkerMessage,
} from '../../../../server/adapters/workers/worker-messages.ts';

async function read(...pieces: readonly string[]): Promise<readonly WorkerMessage[]> {
  async function* deliver(): AsyncGenerator<Buffer, void, undefined> {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const messages: WorkerMessage[] = [];
  for await (const message of readMessages(deliver())) messages.push(message);
  return messages;
}

const ACCEPTED = '{"kind":"accepted"}\n';
const LINE: WorkerMessage = { kind: 'line', line: { level: 'INFO', message: 'ä\n' } };

function outcome(change: object): string {
  const finished = { kind: 'finished', files: [], inputs: [], report: null, ...change };
  return JSON.stringify({ kind: 'outcome', outcome: finished });
}

function file(change: object): object {
  return { name: 'a', mediaType: 'b', sizeBytes: 1, sha256: 'ab'.repeat(32), rows: null, ...change };
}

describe('messages', () => {
  it('are read one after the other', async () => {
    expect(await read(ACCEPTED + JSON.stringify(LINE), `\n${ACCEPTED}`)).toEqual([
      { kind: 'accepted' },
      LINE,
      { kind: 'accepted' },
    ]);
  });

  it('may be cut anywhere', async () => {
    const text = `${JSON.stringify(LINE)}\n`;
    for (let at = 0; at < text.length; at++)
      expect(await read(text.slice(0, at), text.slice(at))).toEqual([LINE]);
  });

  it('that are cut off by a death are none', async () => {
    expect(await read(ACCEPTED, '{"kind":"sta')).toEqual([{ kind: 'accepted' }]);
  });

  it.each([
    '',
    'x',
    '{"kind":"accepted"',
    'null',
    '[]',
    '{}',
    '{"kind":"rejected"}',
    '{"kind":"accepted","more":1}',
    '{"kind":"line","line":{"level":"LOUD","message":""}}',
    '{"kind":"line","line":{"level":"INFO","message":1}}',
    `{"kind":"line","line":{"level":"INFO","message":"${'x'.repeat(10_001)}"}}`,
    '{"kind":"line","line":{"level":"INFO","message":"","source":"service"}}',
    '{"kind":"progress","progress":{"fraction":2,"message":""}}',
    '{"kind":"progress","progress":{"fraction":"NaN","message":""}}',
    '{"kind":"outcome","outcome":{"kind":"failed","failure":{"code":"NO_SUCH","message":"","details":{},"actions":[]}}}',
    '{"kind":"outcome","outcome":{"kind":"failed","failure":{"code":"toString","message":"","details":{},"actions":[]}}}',
    '{"kind":"outcome","outcome":{"kind":"failed","failure":{"code":"DISK_FULL","message":"","details":{"a":{}},"actions":[]}}}',
    outcome({ files: [file({ sizeBytes: -1 })] }),
    outcome({ files: [file({ sha256: 'AB' })] }),
    outcome({ files: [file({ path: '/etc/passwd' })] }),
    outcome({ report: { name: 'x' } }),
  ])('do not look like %s', async (text) => {
    await expect(read(`${text}\n`)).rejects.toThrow();
  });

  it('are not longer than the limit, whether they end or not', async () => {
    const long = 'x'.repeat(MAX_MESSAGE_BYTES / 2);
    await expect(read('"', long, long)).rejects.toThrow(`more than ${MAX_MESSAGE_BYTES} bytes`);
    await expect(read('"', long, `${long}"\n`)).rejects.toThrow();
  });

  it.each([outcome({ files: [file({})] }), outcome({}), '{"kind":"outcome","outcome":{"kind":"stopped"}}'])(
    'may be %s',
    async (text) => {
      expect(await read(`${text}\n`)).toEqual([JSON.parse(text)]);
    },
  );
});
