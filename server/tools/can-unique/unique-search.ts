import { CtsError } from '#protocol';
import { collectSeenBits } from '../../core/can/bits/seen-bits.ts';
import type { TimeSpan } from '../../core/can/message-rows.ts';
import {
  listMessages,
  readInputFrames,
  type InputFrames,
  type RecordedMessage,
} from '../reading/input-frames.ts';
import { excludeRows, requireFrames, selectRows } from '../reading/ranged-rows.ts';
import type { ToolContext } from '../tool.ts';
import { WorkPauses } from '../reading/work-pauses.ts';
import { SeenMessages } from './seen-messages.ts';
import {
  describeNewMessage,
  type DividedMessage,
  findUniqueMessage,
  listUniqueBits,
  type NewMessage,
  type UniqueBit,
  type UniqueMessage,
} from './unique-bits.ts';

/** Parts of the recording; without interesting ones, all that is no background is interesting. */
export interface UniqueRanges {
  readonly interesting: readonly TimeSpan[];
  readonly background: readonly TimeSpan[];
}

/** What the search found, by bus and arbitration id. */
export interface UniqueFindings {
  readonly recording: InputFrames;
  readonly ranges: UniqueRanges;
  readonly interestingFrames: number;
  /** Frames of the background, those of all recordings together. */
  readonly backgroundFrames: number;
  /** Messages with anything new. */
  readonly messages: readonly UniqueMessage[];
  /** Those that are new as a whole. */
  readonly newMessages: readonly NewMessage[];
  /** What is new in the others. */
  readonly bits: readonly UniqueBit[];
}

type SearchContext = Pick<ToolContext<unknown>, 'input' | 'files' | 'signal'>;

/**
 * Reads the recording and the background, and compares them.
 *
 * @throws {CtsError} INVALID_PARAMETER where a range or a file has no frames; CSV_UNREADABLE.
 */
export async function searchUniqueBits(
  context: SearchContext,
  ranges: UniqueRanges,
): Promise<UniqueFindings> {
  const share = 1 / (context.files('background').length + 1);
  const recording = await readInputFrames(context.input, {
    parameter: 'interesting',
    progress: { from: 0, to: share },
  });
  requireFrames(recording, [
    { parameter: 'interesting_times', ranges: ranges.interesting },
    { parameter: 'background_times', ranges: ranges.background },
  ]);
  const background = await readBackground(context, share);
  const pauses = new WorkPauses(context.signal);
  const messages: DividedMessage[] = [];
  for (const recorded of listMessages(recording)) {
    await pauses.pauseWhenDue();
    const message = divideMessage(recorded, recording, ranges);
    background.add({ ...message, rows: message.backgroundRows }, recording);
    messages.push(message);
  }
  const interestingFrames = messages.reduce((sum, { rows }) => sum + rows.length, 0);
  if (interestingFrames === 0) throw createNothingLeft();
  const found = await compareMessages(messages, { recording, background, signal: context.signal });
  return { recording, ranges, interestingFrames, backgroundFrames: background.frames, ...found };
}

/** @param share Which part of the reading one recording is; the first is done. */
async function readBackground({ files, signal }: SearchContext, share: number): Promise<SeenMessages> {
  const background = new SeenMessages();
  const pauses = new WorkPauses(signal);
  for (const [i, file] of files('background').entries()) {
    const progress = { from: share * (i + 1), to: share * (i + 2) };
    const frames = await readInputFrames(file, { parameter: 'background', progress });
    for (const message of listMessages(frames)) {
      background.add(message, frames);
      await pauses.pauseWhenDue();
    }
  }
  return background;
}

/** What is no background is interesting, unless it is said what is. */
function divideMessage(
  { bus, arbitrationId, rows: recordedRows }: RecordedMessage,
  { table }: InputFrames,
  { interesting, background }: UniqueRanges,
): DividedMessage {
  const backgroundRows = selectRows(table, recordedRows, background);
  const rows =
    interesting.length > 0
      ? selectRows(table, recordedRows, interesting)
      : excludeRows(table, recordedRows, background);
  return { bus, arbitrationId, rows, backgroundRows, recordedRows };
}

function createNothingLeft(): CtsError {
  const parameter = 'background_times';
  return new CtsError(
    'INVALID_PARAMETER',
    `Parameter '${parameter}' covers every frame: none is left to look at`,
    {
      details: { parameter },
      actions: ['Leave out the stretches of time in which it happened.'],
    },
  );
}

interface Comparison {
  readonly recording: InputFrames;
  readonly background: SeenMessages;
  readonly signal: AbortSignal;
}

async function compareMessages(
  messages: readonly DividedMessage[],
  { recording, background, signal }: Comparison,
): Promise<Pick<UniqueFindings, 'messages' | 'newMessages' | 'bits'>> {
  const pauses = new WorkPauses(signal);
  const found: UniqueMessage[] = [];
  const bits: UniqueBit[] = [];
  for (const message of messages) {
    await pauses.pauseWhenDue();
    if (message.rows.length === 0) continue;
    const interesting = collectSeenBits(recording.table, message.rows);
    const unique = findUniqueMessage(message, { interesting, background: background.get(message) });
    if (unique === undefined) continue;
    found.push(unique);
    bits.push(...listUniqueBits(unique, recording));
  }
  const newMessages = found.filter(({ isNew }) => isNew).map((each) => describeNewMessage(each, recording));
  return { messages: found, newMessages, bits };
}
