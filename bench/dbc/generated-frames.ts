import { SeededRandom } from '../../tools/sample-log/seeded-random.ts';
import { FrameTable } from '../../server/core/can/frame-table.ts';
import type { Database } from '../../server/core/dbc/model/database.ts';

const SECONDS = 60;
/** Three buses of a busy car. */
const MESSAGES = 120;
const PERIODS_MS = [10, 10, 20, 20, 50, 100] as const;
const STEP_MS = 10;

/** Makes the frames of a minute of driving: messages of a database at the rates of a car, payloads of any bits. */
export function generateFrames({ messages }: Database): FrameTable {
  const table = new FrameTable();
  const numbers = new SeededRandom(60);
  const sent = messages.slice(0, MESSAGES).map((message, i) => ({
    message,
    bus: i % 3,
    periodMs: PERIODS_MS[i % PERIODS_MS.length] ?? STEP_MS,
    payload: new Uint8Array(message.size),
  }));
  for (let time = 0; time < 1000 * SECONDS; time += STEP_MS)
    for (const { message, bus, periodMs, payload } of sent) {
      if (time % periodMs !== 0) continue;
      for (let i = 0; i < payload.length; i++) payload[i] = numbers.below(256);
      const { arbitrationId } = message;
      table.push({ seconds: time / 1000, bus, arbitrationId }, payload, [0, payload.length]);
    }
  return table;
}
