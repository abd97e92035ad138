import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Upload } from '#protocol';
import { settle } from '../../../support/fake-clock.ts';
import { MemoryService } from '../../../support/memory-service.ts';

const NEVER = new AbortController().signal;

async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function* piecesOf(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** Sends one piece, then nothing, and never ends. */
async function* hangAfter(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
  await new Promise(() => undefined);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function send(service: MemoryService, { id }: Upload, text: string): Promise<Upload> {
  return service.uploads.receive(id, piecesOf(text), { signal: NEVER });
}

function sendFrom(offset: number, service: MemoryService, text: string): Promise<Upload> {
  return service.uploads.receive('upload-1', piecesOf(text), { offset, signal: NEVER });
}

describe('an upload', () => {
  it('is announced, sent, checked and kept by its content', async () => {
    const service = new MemoryService();
    const sha256 = hash('hello').toUpperCase();
    const upload = await service.uploads.create({ filename: 'A.CSV', sizeBytes: 5, sha256 });
    expect(upload).toMatchObject({
      id: 'upload-1',
      state: 'pending',
      receivedBytes: 0,
      sha256: hash('hello'),
    });
    expect(await send(service, upload, 'hello')).toMatchObject({ state: 'pending', receivedBytes: 5 });
    const completed = await service.uploads.finalize(upload.id);
    expect(completed).toMatchObject({
      state: 'completed',
      sizeBytes: 5,
      receivedBytes: 5,
      sha256: hash('hello'),
    });
    expect([...service.stores.contents.contents.keys()]).toEqual([hash('hello')]);
    expect(await service.uploads.finalize(upload.id)).toEqual(completed);
  });

  it('is completed by the next service when one died in the middle of it', async () => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'a.csv' });
    await send(service, upload, 'hello');
    const change = service.stores.uploads.change.bind(service.stores.uploads);
    service.stores.uploads.change = (id, changed) =>
      changed.state === 'completed' ? Promise.reject(new Error('killed')) : change(id, changed);
    await rejectionOf(service.uploads.finalize(upload.id));
    service.stores.uploads.change = change;
    const next = new MemoryService({ before: service.stores });
    expect(await next.uploads.finalize(upload.id)).toMatchObject({
      ...{ state: 'completed', sizeBytes: 5, receivedBytes: 5, sha256: hash('hello') },
    });
  });

  it('may come in pieces, from where the last one ended', async () => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'a.csv' });
    await send(service, upload, 'hel');
    expect(await service.uploads.get(upload.id)).toMatchObject({ receivedBytes: 3 });
    expect(await rejectionOf(sendFrom(2, service, 'x'))).toMatchObject({
      code: 'UPLOAD_MISMATCH',
      details: { received: 3 },
    });
    await sendFrom(3, service, 'lo');
    expect(await service.uploads.finalize(upload.id)).toMatchObject({ sha256: hash('hello') });
  });

  it('begins anew where nothing else is said', async () => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'a.csv' });
    await send(service, upload, 'wrong');
    await send(service, upload, 'right');
    expect(await service.uploads.finalize(upload.id)).toMatchObject({ sha256: hash('right') });
  });

  it('without content is one when that was declared', async () => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'a.csv', sizeBytes: 0 });
    expect(await service.uploads.finalize(upload.id)).toMatchObject({ sizeBytes: 0, sha256: hash('') });
  });

  it('keeps what came before the sender failed', async () => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'a.csv' });
    const leaving = new AbortController();
    const writing = service.uploads.receive(upload.id, hangAfter('hel'), { signal: leaving.signal });
    await settle();
    leaving.abort();
    await rejectionOf(writing);
    expect(await service.uploads.get(upload.id)).toMatchObject({ receivedBytes: 3 });
  });

  it('has one writer: whoever comes back stops the one that hangs', async () => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'a.csv' });
    const hanging = rejectionOf(service.uploads.receive(upload.id, hangAfter('hel'), { signal: NEVER }));
    await settle();
    await sendFrom(3, service, 'lo');
    expect(await hanging).toMatchObject({ name: 'AbortError' });
    expect(await service.uploads.finalize(upload.id)).toMatchObject({ sha256: hash('hello') });
  });

  it.each([
    { declared: { sizeBytes: 6 }, sent: 'hello', received: 5 },
    { declared: { sha256: 'ab'.repeat(32) }, sent: 'hello', received: 0 },
    { declared: {}, sent: undefined, received: 0 },
  ])('that is not what was declared ($declared) is not completed', async ({ declared, sent, received }) => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'a.csv', ...declared });
    if (sent !== undefined) await send(service, upload, sent);
    expect(await rejectionOf(service.uploads.finalize(upload.id))).toMatchObject({ code: 'UPLOAD_MISMATCH' });
    expect(await service.uploads.get(upload.id)).toMatchObject({ state: 'pending', receivedBytes: received });
  });

  it.each([
    { given: { filename: 'a.exe' }, code: 'UPLOAD_TYPE_REFUSED' },
    { given: { filename: 'a.csv.sh' }, code: 'UPLOAD_TYPE_REFUSED' },
    { given: { filename: 'a.csv', sizeBytes: 101 }, code: 'UPLOAD_TOO_LARGE' },
  ])('of $given is refused before it is sent', async ({ given, code }) => {
    const service = new MemoryService();
    expect(await rejectionOf(service.uploads.create(given))).toMatchObject({ code });
    expect(await service.uploads.list()).toEqual([]);
  });

  it.each([{}, { sizeBytes: 3 }])('that grows beyond what is allowed is stopped: %o', async (declared) => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'rlog', ...declared });
    expect(await rejectionOf(send(service, upload, 'x'.repeat(101)))).toMatchObject({
      code: 'UPLOAD_TOO_LARGE',
    });
  });

  it('that is complete takes no more', async () => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'a.csv' });
    await send(service, upload, 'x');
    await service.uploads.finalize(upload.id);
    expect(await rejectionOf(send(service, upload, 'y'))).toMatchObject({ code: 'UPLOAD_IN_USE' });
  });

  it('can be removed, unless a run needs it', async () => {
    const service = new MemoryService();
    const upload = await service.uploads.create({ filename: 'a.csv' });
    await send(service, upload, 'x');
    await service.uploads.finalize(upload.id);
    await service.start({ input: { type: 'upload', uploadId: upload.id } });
    expect(await rejectionOf(service.uploads.delete(upload.id))).toMatchObject({ code: 'UPLOAD_IN_USE' });
    (await service.executor.next()).finish();
    await settle();
    await service.uploads.delete(upload.id);
    expect(await rejectionOf(service.uploads.get(upload.id))).toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
  });
});
