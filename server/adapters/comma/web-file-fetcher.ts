import type { IncomingMessage } from 'node:http';
import { CtsError } from '#protocol';
import type { Clock } from '../../services/clock.ts';
import type {
  FetchContext,
  FetchedFile,
  FileFetcher,
  FileToFetch,
} from '../../services/downloads/file-fetcher.ts';
import { waitFor } from './abortable-wait.ts';
import type { Reach } from './address-check.ts';
import { readLength, readRest, readTotal, type ByteRange } from './byte-range.ts';
import type { FolderOfDownloads } from './folder-of-downloads.ts';
import { measureFile, PartFile, readStrongEtag } from './part-file.ts';
import { PathTurns } from './path-turns.ts';
import { hostOf, readRetryAfter, toWebError, WebClient } from './web-client.ts';

/** How files are fetched. */
export interface FetcherOptions {
  readonly clock: Clock;
  readonly folder: FolderOfDownloads;
  /** Servers on this machine may be asked only where comma's API is on it, as in tests. */
  readonly reach: Reach;
  /** Longest time without a byte; 30 s where left out. */
  readonly timeoutMs?: number;
  /** Wait before the second attempt; twice as long before each one after it. 1 s where left out. */
  readonly retryDelayMs?: number;
  /** A file that is larger is none of comma's; 16 GiB where left out. */
  readonly maxFileBytes?: number;
}

const ATTEMPTS = 4;
const LONGEST_RETRY_DELAY_MS = 60_000;
const PROGRESS_INTERVAL_MS = 200;
const TRY_AGAIN: readonly (number | undefined)[] = [408, 425, 429, 500, 502, 503, 504];

/** One file on its way to its place. */
interface Transfer extends FetchContext {
  readonly url: string;
  readonly path: string;
}

/** Fetches files by HTTP, going on with what an earlier attempt received. */
export class WebFileFetcher implements FileFetcher {
  readonly #options: Required<FetcherOptions>;
  readonly #web: WebClient;
  readonly #turns = new PathTurns();

  constructor(options: FetcherOptions) {
    this.#options = { timeoutMs: 30_000, retryDelayMs: 1000, maxFileBytes: 16 * 2 ** 30, ...options };
    this.#web = new WebClient({ reach: options.reach, timeoutMs: this.#options.timeoutMs });
  }

  async fetch(file: FileToFetch, context: FetchContext): Promise<FetchedFile> {
    const path = await this.#options.folder.prepare(file);
    return this.#turns.take(path, context.signal, () =>
      this.#fetchPatiently(file, { ...context, url: file.url, path }),
    );
  }

  /** Closes connections that are kept for later. */
  close(): void {
    this.#web.close();
  }

  async #fetchPatiently(file: FileToFetch, transfer: Transfer): Promise<FetchedFile> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#fetchOnce(transfer, attempt === 1 && !file.resume ? 'anew' : 'go on');
      } catch (error) {
        const mayHelp = error instanceof CtsError && error.code === 'COMMA_UNREACHABLE';
        if (!mayHelp || attempt === ATTEMPTS) throw error;
        const backOffMs = this.#options.retryDelayMs * 2 ** (attempt - 1);
        const askedMs = Number(error.details['retryAfterMs'] ?? 0);
        const delayMs = Math.min(Math.max(backOffMs, askedMs), LONGEST_RETRY_DELAY_MS);
        await waitFor(this.#options.clock, delayMs, transfer.signal);
      }
    }
  }

  async #fetchOnce(transfer: Transfer, start: 'go on' | 'anew'): Promise<FetchedFile> {
    const present = await measureFile(transfer.path);
    if (present !== undefined && present === (await this.#askSize(transfer)))
      return { outcome: 'skipped', sizeBytes: present };
    const part = await PartFile.open(transfer.path, start);
    try {
      await this.#receive(transfer, part);
      transfer.signal.throwIfAborted();
      await part.finish();
      return { outcome: 'written', sizeBytes: part.sizeBytes };
    } finally {
      await part.close();
    }
  }

  async #receive(transfer: Transfer, part: PartFile): Promise<void> {
    if (part.sizeBytes > 0) {
      const answer = await this.#send(transfer, rangeHeaders(part));
      if (answer.statusCode === 416 && readTotal(answer) === part.sizeBytes) return void answer.destroy();
      const rest =
        answer.statusCode === 206 ? readRest(answer, { start: part.sizeBytes, etag: part.etag }) : undefined;
      if (rest !== undefined) return this.#copy(transfer, { answer, part, rest });
      if (answer.statusCode === 200) return this.#receiveWhole(transfer, answer, part);
      answer.destroy();
      if (answer.statusCode !== 206 && answer.statusCode !== 416) throw this.#explainStatus(transfer, answer);
    }
    await this.#receiveWhole(transfer, await this.#send(transfer, {}), part);
  }

  async #receiveWhole(transfer: Transfer, answer: IncomingMessage, part: PartFile): Promise<void> {
    if (answer.statusCode !== 200) {
      answer.destroy();
      throw this.#explainStatus(transfer, answer);
    }
    await part.restart(readStrongEtag(answer.headers.etag));
    await this.#copy(transfer, { answer, part, rest: { start: 0, totalBytes: readLength(answer) } });
  }

  async #copy(
    transfer: Transfer,
    {
      answer,
      part,
      rest,
    }: { readonly answer: IncomingMessage; readonly part: PartFile; readonly rest: ByteRange },
  ): Promise<void> {
    const { totalBytes } = rest;
    const most = Math.min(totalBytes ?? Infinity, this.#options.maxFileBytes);
    try {
      if (totalBytes !== undefined && totalBytes > most) throw createTooLarge(transfer.url, totalBytes);
      const tell = this.#createTeller(transfer, totalBytes);
      tell(part.sizeBytes);
      for await (const piece of answer as AsyncIterable<Buffer>) {
        if (part.sizeBytes + piece.length > most)
          throw createTooLarge(transfer.url, part.sizeBytes + piece.length);
        await part.append(piece);
        tell(part.sizeBytes);
      }
    } catch (error) {
      throw toWebError(error, hostOf(transfer.url), transfer.signal);
    } finally {
      answer.destroy();
    }
    if (totalBytes !== undefined && part.sizeBytes !== totalBytes)
      throw createCut(transfer.url, part.sizeBytes, totalBytes);
  }

  /** HEAD, or one byte where a signed address is good for GET only; undefined where the server does not tell. */
  async #askSize({ url, signal }: Transfer): Promise<number | undefined> {
    const head = await this.#web.send({ method: 'HEAD', url, headersFor: () => ({}), signal });
    head.resume();
    if (head.statusCode === 200) return readLength(head);
    const first = await this.#send({ url, signal }, { Range: 'bytes=0-0' });
    first.destroy();
    if (first.statusCode === 200) return readLength(first);
    return first.statusCode === 206 || first.statusCode === 416 ? readTotal(first) : undefined;
  }

  #send(
    { url, signal }: Pick<Transfer, 'url' | 'signal'>,
    headers: Readonly<Record<string, string>>,
  ): Promise<IncomingMessage> {
    return this.#web.send({ method: 'GET', url, headersFor: () => headers, signal });
  }

  #createTeller({ onProgress }: Transfer, totalBytes: number | undefined): (receivedBytes: number) => void {
    const { clock } = this.#options;
    let toldAtMs = -Infinity;
    return (receivedBytes) => {
      if (clock.monotonicMs() - toldAtMs < PROGRESS_INTERVAL_MS) return;
      toldAtMs = clock.monotonicMs();
      onProgress({ receivedBytes, totalBytes });
    };
  }

  #explainStatus({ url }: Transfer, answer: IncomingMessage): CtsError {
    const status = answer.statusCode ?? 0;
    const message = `${hostOf(url)} answered HTTP ${status}`;
    if (!TRY_AGAIN.includes(status)) return new CtsError('DOWNLOAD_FAILED', message, { details: { status } });
    const retryAfterMs = readRetryAfter(answer, Date.parse(this.#options.clock.now())) ?? 0;
    return new CtsError('COMMA_UNREACHABLE', message, { details: { status, retryAfterMs } });
  }
}

/** The rest, but only of the version that the bytes before are from: the whole file otherwise (RFC 9110, 13.1.5). */
function rangeHeaders({ sizeBytes, etag }: PartFile): Readonly<Record<string, string>> {
  return { Range: `bytes=${sizeBytes}-`, ...(etag === undefined ? {} : { 'If-Range': etag }) };
}

function createTooLarge(url: string, bytes: number): CtsError {
  return new CtsError(
    'DOWNLOAD_FAILED',
    `${hostOf(url)} sends more than the file can be: ${bytes} bytes or more`,
  );
}

function createCut(url: string, received: number, total: number): CtsError {
  const message = `${hostOf(url)} sent ${received} of ${total} bytes and closed the connection`;
  return new CtsError('COMMA_UNREACHABLE', message);
}
