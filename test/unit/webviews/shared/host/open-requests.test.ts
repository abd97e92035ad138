import { expect, test, vi } from 'vitest';
import { OpenRequests } from '../../../../../webviews/shared/host/open-requests.ts';
import { RequestFailure } from '../../../../../webviews/shared/host/request-failure.ts';

function begin(requests: OpenRequests, signal?: AbortSignal) {
  const sent: number[] = [];
  const takenBack: number[] = [];
  const onNews = vi.fn();
  const promise = requests.begin({
    send: (id) => sent.push(id),
    takeBack: (id) => takenBack.push(id),
    signal,
    onNews,
  });
  return { promise, sent, takenBack, onNews };
}

test('answers belong to their requests', async () => {
  const requests = new OpenRequests();
  const [a, b] = [begin(requests), begin(requests)];
  requests.answer(b.sent[0] ?? 0, 'b');
  requests.answer(a.sent[0] ?? 0, 'a');
  requests.answer(99, 'nobody');
  await expect(a.promise).resolves.toBe('a');
  await expect(b.promise).resolves.toBe('b');
});

test('a request that is taken back ends at once', async () => {
  const requests = new OpenRequests();
  const stop = new AbortController();
  const { promise, sent, takenBack } = begin(requests, stop.signal);
  stop.abort();
  await expect(promise).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(takenBack).toEqual(sent);
  requests.answer(sent[0] ?? 0, 'late');
});

test('a request that was answered is not taken back later', async () => {
  const requests = new OpenRequests();
  const stop = new AbortController();
  const { promise, sent, takenBack } = begin(requests, stop.signal);
  requests.answer(sent[0] ?? 0, 1);
  await promise;
  stop.abort();
  expect(takenBack).toEqual([]);
});

test('what was taken back before it began is never sent', async () => {
  const requests = new OpenRequests();
  const { promise, sent } = begin(requests, AbortSignal.abort());
  await expect(promise).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(sent).toEqual([]);
});

test('failures carry code, message and advice', async () => {
  const requests = new OpenRequests();
  const { promise, sent } = begin(requests);
  requests.fail(sent[0] ?? 0, { code: 'FILE_EMPTY', message: 'empty', actions: ['Look.'], details: {} });
  await expect(promise).rejects.toBeInstanceOf(RequestFailure);
  await expect(promise).rejects.toMatchObject({ code: 'FILE_EMPTY', actions: ['Look.'] });
});

test('news reach the request they belong to, until it is answered', () => {
  const requests = new OpenRequests();
  const { sent, onNews } = begin(requests);
  const news = { method: 'work/progressed', params: { fraction: 0.5, message: '' } } as const;
  requests.tell(sent[0] ?? 0, news);
  requests.answer(sent[0] ?? 0, null);
  requests.tell(sent[0] ?? 0, news);
  expect(onNews).toHaveBeenCalledTimes(1);
});
