import { CtsError, type DecodeTextParams, type DecodeTextResult } from '#protocol';
import type { CommandContext } from '../../context.ts';
import { EXIT_DONE } from '../../exit-codes.ts';
import { formatShare } from '../../render/bus-databases.ts';
import { makeHarmless } from '../../render/harmless-text.ts';
import { formatCount, formatPlural } from '../../render/quantities.ts';
import { type LinePiece, readWholeLines } from '../../transfer/whole-lines.ts';
import type { TextInput } from './candump-text.ts';
import { type DecodeOptions, nameWanted } from './decode-options.ts';
import { requestHere } from './engine-here.ts';

/** How many lines that cannot be read are told one by one. */
const TOLD_UNREADABLE = 20;

type Wanted = Omit<DecodeTextParams, 'text' | 'firstLine' | 'interfaces'>;

/** Decodes text of candump as it comes, with bounded memory. */
export async function decodeText(
  context: CommandContext,
  { name, pieces }: TextInput,
  options: DecodeOptions,
): Promise<number> {
  refuseWhatNeedsLog(options);
  const { databases, ...rest } = nameWanted(context, options);
  if (databases === undefined) throw createDatabaseMissing(name);
  const decoding = new TextDecoding(context, { ...rest, databases }, options.limit ?? Infinity);
  for await (const piece of readWholeLines(pieces)) {
    context.signal.throwIfAborted();
    if (await decoding.take(piece)) break;
  }
  decoding.tellEnd();
  return EXIT_DONE;
}

function refuseWhatNeedsLog({ from, to, changes }: DecodeOptions): void {
  const named = [
    ...(from === undefined ? [] : ['--from']),
    ...(to === undefined ? [] : ['--to']),
    ...(changes === undefined ? [] : ['--changes']),
  ];
  if (named.length === 0) return;
  throw new CtsError('INVALID_PARAMETER', `${named.join(' and ')} work on logs, not on text of candump`, {
    actions: ['Leave them out, or name a log.'],
  });
}

function createDatabaseMissing(name: string): CtsError {
  return new CtsError('INVALID_PARAMETER', `Text names no car, so no database can be chosen for ${name}`, {
    actions: ['Say which database to use: --dbc FILE, or --dbc BUS=FILE for one bus.'],
  });
}

/** What one text comes to, piece by piece. */
class TextDecoding {
  readonly #context: CommandContext;
  readonly #wanted: Wanted;
  readonly #limit: number;
  /** Buses keep their numbers from piece to piece. */
  #interfaces: readonly string[] = [];
  #delivered = 0;
  #frames = 0;
  #decodedFrames = 0;
  #unreadable = 0;

  constructor(context: CommandContext, wanted: Wanted, limit: number) {
    this.#context = context;
    this.#wanted = wanted;
    this.#limit = limit;
  }

  /** Decodes a piece. @returns Whether as many lines were delivered as are wanted. */
  async take({ text, firstLine }: LinePiece): Promise<boolean> {
    const params = { ...this.#wanted, text, firstLine, interfaces: this.#interfaces };
    const result = await requestHere(this.#context, 'dbc/decodeText', { params });
    const lines = result.lines.slice(0, this.#limit - this.#delivered);
    if (lines.length > 0) await this.#context.output.print(lines.join('\n'));
    this.#delivered += lines.length;
    this.#interfaces = result.interfaces;
    this.#count(result);
    return this.#delivered >= this.#limit;
  }

  #count({ frames, decodedFrames, unreadable }: DecodeTextResult): void {
    this.#frames += frames;
    this.#decodedFrames += decodedFrames;
    const { output } = this.#context;
    for (const { line, reason } of unreadable.slice(0, Math.max(0, TOLD_UNREADABLE - this.#unreadable)))
      output.warn(`line ${formatCount(line)}: ${makeHarmless(reason)}`);
    this.#unreadable += unreadable.length;
  }

  /** Tells how much was decoded, and what was not. */
  tellEnd(): void {
    const { output } = this.#context;
    if (this.#unreadable > TOLD_UNREADABLE)
      output.warn(`${formatPlural(this.#unreadable, 'line')} in all could not be read`);
    if (this.#delivered >= this.#limit) {
      output.note(`Stopped at ${formatPlural(this.#limit, 'frame')}, as asked for.`);
      return;
    }
    const share = this.#frames === 0 ? '' : `, ${formatShare(this.#decodedFrames, this.#frames)}`;
    const frames = formatPlural(this.#frames, 'frame');
    output.note(`${formatCount(this.#decodedFrames)} of ${frames} decoded${share}`);
  }
}
