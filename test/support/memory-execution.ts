import { CtsError, type Progress } from '#protocol';
import { viewAsSource } from '../../server/adapters/files/byte-source.ts';
import { PlainStream } from '../../server/adapters/files/plain-stream.ts';
import type { ByteStream } from '../../server/core/rlog/byte-stream.ts';
import type {
  FileStamp,
  InputFiles,
  RunVoice,
  TextFiles,
} from '../../server/services/execution/execution-ports.ts';
import type { InputFile, RunLine } from '../../server/services/runs/run-executor.ts';

/** Remembers what a run says. */
export class RecordedVoice implements RunVoice {
  readonly lines: Pick<RunLine, 'level' | 'message'>[] = [];
  readonly progressed: Progress[] = [];
  starts = 0;

  get messages(): readonly string[] {
    return this.lines.map(({ message }) => message);
  }

  started(): void {
    this.starts++;
  }

  progress(progress: Progress): void {
    this.progressed.push(progress);
  }

  line(line: Pick<RunLine, 'level' | 'message'>): void {
    this.lines.push(line);
  }
}

/** A port for input files that are nowhere: each path has a stamp, which a test may change. */
export class MemoryInputs implements InputFiles {
  /** Paths that cannot be read. */
  readonly lost = new Set<string>();
  #modifiedMs = 0;

  /** As if every file were written to now. */
  touch(): void {
    this.#modifiedMs++;
  }

  stamp(path: string): Promise<FileStamp | undefined> {
    const stamp = { sizeBytes: path.length, modifiedMs: this.#modifiedMs };
    return Promise.resolve(this.lost.has(path) ? undefined : stamp);
  }

  digest(path: string): Promise<Omit<InputFile, 'name'> | undefined> {
    const digest = { path, sizeBytes: path.length, sha256: 'ab'.repeat(32) };
    return Promise.resolve(this.lost.has(path) ? undefined : digest);
  }
}

/** A port for text files that lie in memory, by path. Nothing else is text. */
export class MemoryTexts implements TextFiles {
  /** How many were opened and not closed. */
  openStreams = 0;
  readonly #texts: Readonly<Record<string, string>>;

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.#texts = texts;
  }

  recognize(path: string): Promise<'text' | 'empty' | 'other'> {
    const text = this.#texts[path];
    return Promise.resolve(text === undefined ? 'other' : text === '' ? 'empty' : 'text');
  }

  open(path: string): Promise<ByteStream> {
    const text = this.#texts[path];
    if (text === undefined) return Promise.reject(new CtsError('FILE_NOT_FOUND', `Cannot open ${path}`));
    this.openStreams++;
    const stream = new PlainStream(viewAsSource(Buffer.from(text), path));
    const close = stream.close.bind(stream);
    stream.close = async () => {
      this.openStreams--;
      await close();
    };
    return Promise.resolve(stream);
  }
}
