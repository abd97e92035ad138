import { MAX_MESSAGE_BYTES, WorkerMessage } from './worker-messages.ts';

/** A worker sent what is no message. */
export class MessageViolation extends Error {}

/**
 * Reads the messages of a worker; whatever it sends, memory is bounded.
 *
 * @throws {MessageViolation} when it sends something else.
 */
export async function* readMessages(
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<WorkerMessage, void, undefined> {
  for await (const text of readTexts(pieces)) yield parseMessage(text);
}

async function* readTexts(pieces: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let to = piece.indexOf('\n'); to >= 0; to = piece.indexOf('\n', from)) {
      yield Buffer.concat([...held, piece.subarray(from, to)]).toString();
      held = [];
      heldBytes = 0;
      from = to + 1;
    }
    held.push(piece.subarray(from));
    heldBytes += piece.length - from;
    if (heldBytes > MAX_MESSAGE_BYTES) throw new MessageViolation(`more than ${MAX_MESSAGE_BYTES} bytes`);
  }
}

function parseMessage(text: string): WorkerMessage {
  const result = WorkerMessage.safeParse(parseJson(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new MessageViolation(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MessageViolation('no JSON');
  }
}
