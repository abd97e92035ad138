import { CtsError, type Problem } from '#protocol';
import { openLogBytes } from '../../server/adapters/files/log-file.ts';
import type { ByteStream } from '../../server/core/rlog/byte-stream.ts';
import type { LogLocator, LogSegment, LogSource } from '../../server/services/logs/log-source.ts';

/** What one segment does when it is opened: gives these bytes, or fails. */
export type SegmentContent = Uint8Array | CtsError | (() => Promise<ByteStream>);

/** A log whose files lie in memory. */
export interface MemoryLog {
  readonly name?: string;
  readonly route?: string;
  /** By segment number; a file that stands alone is number -1. */
  readonly segments: Readonly<Record<number, SegmentContent>>;
  readonly problems?: readonly Problem[];
}

/** Makes a log of one file that belongs to no route. */
export function fileOf(content: SegmentContent): MemoryLog {
  return { segments: { [-1]: content } };
}

/** A port for logs that lie in memory, by the path to ask for. */
export class MemoryLogs implements LogLocator {
  /** How many streams were opened and not closed. */
  openStreams = 0;
  readonly #logs: Readonly<Record<string, MemoryLog>>;

  constructor(logs: Readonly<Record<string, MemoryLog>>) {
    this.#logs = logs;
  }

  async locate(path: string): Promise<LogSource> {
    const log = this.#logs[path];
    if (log === undefined) throw new CtsError('FILE_NOT_FOUND', `Cannot open ${path}: nothing there`);
    const segments = Object.entries(log.segments)
      .map(([number, content]) => this.#describeSegment(path, Number(number), content))
      .sort((a, b) => (a.segment ?? 0) - (b.segment ?? 0));
    return { name: log.name ?? path, route: log.route, segments, problems: log.problems ?? [] };
  }

  #describeSegment(path: string, number: number, content: SegmentContent): LogSegment {
    return {
      segment: number < 0 ? undefined : number,
      name: 'rlog',
      path: number < 0 ? path : `${path}/${String(number)}/rlog`,
      kind: 'rlog',
      fileBytes: content instanceof Uint8Array ? content.length : 0,
      open: async (options) => this.#countOpen(await openContent(content, options)),
    };
  }

  #countOpen(stream: ByteStream): ByteStream {
    this.openStreams++;
    let isOpen = true;
    const close = stream.close.bind(stream);
    stream.close = async () => {
      if (isOpen) this.openStreams--;
      isOpen = false;
      await close();
    };
    return stream;
  }
}

function openContent(
  content: SegmentContent,
  options: { readonly maxBytes?: number } = {},
): Promise<ByteStream> {
  if (content instanceof CtsError) return Promise.reject(content);
  return content instanceof Uint8Array ? openLogBytes(content, options) : content();
}

/** A file that fails under its reader, behind `bytes`. */
export function failBehind(bytes: Uint8Array, error: unknown): () => Promise<ByteStream> {
  return async () => {
    const stream = await openLogBytes(bytes);
    const read = stream.read.bind(stream);
    stream.read = async (target) => {
      const count = await read(target);
      if (count === 0) throw error;
      return count;
    };
    return stream;
  };
}
