import type { CanAt } from '#protocol';
import { ByteChangeFinder } from '../../../core/can/byte-changes.ts';
import { LONGEST_PAYLOAD } from '../../../core/can/frame-bits.ts';
import { countUpTo } from '../../../core/can/message-index.ts';
import type { LogMessages } from './log-messages.ts';

const CLASSIC_BYTES = 8;
const NO_FRAME = 255;

/** How blocks of an answer are written. */
export type EncodeBase64 = (bytes: Uint8Array) => string;

/** Finds the last frame of every message at a time, in the order of the table of messages. */
export function findCanAt(
  messages: LogMessages,
  atSeconds: number,
  encode: EncodeBase64,
): Omit<CanAt, 'revision'> {
  const listed = messages.listByBus();
  const { index, table } = messages;
  const isLong = listed.some((message) => messages.countChanges(message).maxBytes > CLASSIC_BYTES);
  const stride = isLong ? LONGEST_PAYLOAD : CLASSIC_BYTES;
  const sizes = new Uint8Array(listed.length).fill(NO_FRAME);
  const payloads = new Uint8Array(stride * listed.length);
  const changes = new Uint8Array(stride * listed.length);
  const times = new Float64Array(listed.length).fill(NaN);
  const finder = new ByteChangeFinder();
  for (const [place, message] of listed.entries()) {
    const rows = index.borrowRows(message);
    const end = countUpTo(table.seconds, rows, atSeconds);
    const row = rows[end - 1];
    if (row === undefined) continue;
    const [start = 0, length = 0] = [table.dataStart[row], table.dataLength[row]];
    const bytes = Math.min(stride, length);
    sizes[place] = bytes;
    times[place] = table.seconds[row] ?? NaN;
    payloads.set(table.data.subarray(start, start + bytes), stride * place);
    const into = changes.subarray(stride * place, stride * place + bytes);
    finder.find(table, rows, { end, atSeconds, into });
  }
  return {
    stride,
    sizes: { base64: encode(sizes) },
    payloads: { base64: encode(payloads) },
    changes: { base64: encode(changes) },
    times: { base64: encode(new Uint8Array(times.buffer)) },
  };
}
