import type { CanFrameColumns } from './frame-columns.ts';

/** A message of one bus. */
export interface MessageOfBus {
  readonly bus: number;
  readonly arbitrationId: number;
}

/** Messages of which frames are wanted; all others are dropped before they are copied anywhere. */
export class MessageSelection {
  readonly #idsOfBus: (Set<number> | undefined)[] = [];

  constructor(messages: Iterable<MessageOfBus>) {
    for (const { bus, arbitrationId } of messages)
      (this.#idsOfBus[bus] ??= new Set<number>()).add(arbitrationId);
  }

  /** Drops all frames of other messages; the rest moves up, in its order. */
  keepSelected(frames: CanFrameColumns): void {
    const { bus, arbitrationId, length } = frames;
    let kept = 0;
    for (let row = 0; row < length; row++) {
      if (this.#idsOfBus[bus[row]!]?.has(arbitrationId[row]!) === true) moveFrame(frames, row, kept++);
    }
    frames.length = kept;
  }
}

/** Moves a frame to an earlier row; those between are dropped. */
function moveFrame(frames: CanFrameColumns, from: number, to: number): void {
  const { bus, arbitrationId, monoTimeWords, dataStart, data } = frames;
  const start = dataStart[from]!;
  const end = dataStart[from + 1]!;
  const target = dataStart[to]!;
  bus[to] = bus[from]!;
  arbitrationId[to] = arbitrationId[from]!;
  monoTimeWords[2 * to] = monoTimeWords[2 * from]!;
  monoTimeWords[2 * to + 1] = monoTimeWords[2 * from + 1]!;
  for (let i = start, at = target; i < end; i++, at++) data[at] = data[i]!;
  dataStart[to + 1] = target + end - start;
}
