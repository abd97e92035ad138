import { describe, expect, test } from 'vitest';
import { createLatestRequest } from '../../../../../webviews/log/rows/latest-request.ts';

function makeRequest() {
  const asked: {
    question: number;
    answer: (value: string) => void;
    fail: () => void;
    signal: AbortSignal;
  }[] = [];
  const taken: string[] = [];
  const failures: unknown[] = [];
  const request = createLatestRequest<number, string>({
    ask: (question, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ question, answer: resolve, fail: () => reject(new Error('broken')), signal });
      }),
    take: (answer, question) => taken.push(`${String(question)} ${answer}`),
    onFailure: (error) => failures.push(error),
  });
  return { request, asked, taken, failures };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
}

describe('the latest of several questions', () => {
  test('is asked when the one before is answered; those between are not', async () => {
    const { request, asked, taken } = makeRequest();
    request.ask(1);
    request.ask(2);
    request.ask(3);
    expect(asked.map(({ question }) => question)).toEqual([1]);
    asked[0]?.answer('one');
    await settle();
    expect(asked.map(({ question }) => question)).toEqual([1, 3]);
    asked[1]?.answer('three');
    await settle();
    expect(taken).toEqual(['1 one', '3 three']);
  });

  test('is asked also when the one before failed', async () => {
    const { request, asked, failures } = makeRequest();
    request.ask(1);
    request.ask(2);
    asked[0]?.fail();
    await settle();
    expect(failures).toHaveLength(1);
    expect(asked.map(({ question }) => question)).toEqual([1, 2]);
  });

  test('is forgotten when it is taken back', async () => {
    const { request, asked, taken } = makeRequest();
    request.ask(1);
    request.ask(2);
    request.cancel();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer('late');
    await settle();
    expect(taken).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});
