import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PacedStream } from '../../../../../server/transports/http/streams/paced-stream.ts';

const OPEN = { closing: new AbortController().signal };
const PIECE = 'x'.repeat(64 * 1024);

async function readAll(stream: PacedStream): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

describe('a stream that is written as fast as it is read', () => {
  it('hands on every piece, and a last one', async () => {
    const stream = new PacedStream(OPEN);
    void stream.deliver('a');
    void stream.deliver(Buffer.from('b'));
    stream.finish('c');
    stream.finish('never');
    void stream.deliver('never');
    expect(await readAll(stream)).toBe('abc');
  });

  it('holds its writer back until it is read from', async () => {
    const stream = new PacedStream(OPEN);
    let isWanted = false;
    const delivered = Promise.resolve(stream.deliver(PIECE)).then(() => {
      isWanted = true;
    });
    await new Promise(setImmediate);
    expect(isWanted).toBe(false);
    stream.read();
    await delivered;
    expect(isWanted).toBe(true);
  });

  it('lets its writer go when the reader has gone, and takes nothing more', async () => {
    const stream = new PacedStream(OPEN);
    const delivered = stream.deliver(PIECE);
    stream.destroy();
    await delivered;
    await stream.deliver(PIECE);
    expect(stream.signal.aborted).toBe(true);
  });

  it('stops the work, and can still say goodbye, when the service closes', async () => {
    const closing = new AbortController();
    const stream = new PacedStream({ closing: closing.signal });
    closing.abort();
    expect(stream.signal.aborted).toBe(true);
    stream.finish('bye');
    expect(await readAll(stream)).toBe('bye');
    expect(new PacedStream({ closing: closing.signal }).signal.aborted).toBe(true);
  });
});

describe('signs of life', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('come when nothing else did, and only to a reader who reads', async () => {
    const stream = new PacedStream({ ...OPEN, heartbeat: { everyMs: 1000, text: '♥' } });
    vi.advanceTimersByTime(600);
    void stream.deliver('a');
    vi.advanceTimersByTime(600);
    expect(String(stream.read())).toBe('a');
    vi.advanceTimersByTime(400);
    expect(String(stream.read())).toBe('♥');
    void stream.deliver('b');
    vi.advanceTimersByTime(5000);
    expect(String(stream.read())).toBe('b');
    stream.destroy();
    await once(stream, 'close');
    expect(vi.getTimerCount()).toBe(0);
  });
});
