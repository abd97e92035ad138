import { FrameTable } from '../../server/core/can/frame-table.ts';
import { FrameLines, type FrameLinesOptions } from '../../server/core/dbc/lines/frame-lines.ts';
import { createJsonForm } from '../../server/core/dbc/lines/json-lines.ts';
import { createTextForm } from '../../server/core/dbc/lines/text-lines.ts';
import { type NameWishes, WantedNames } from '../../server/core/dbc/lines/wanted-names.ts';
import type { DatabaseMessage } from '../../server/core/dbc/model/database.ts';
import { makeMessage, makeSignal } from './dbc-signals.ts';
import { openMessages } from './fixed-databases.ts';

/** Payload in hexadecimal. */
export type Frame = readonly [seconds: number, bus: number, arbitrationId: number, hex: string];

/** Puts frames into a table. */
export function tableOf(frames: readonly Frame[]): FrameTable {
  const table = new FrameTable(1);
  for (const [seconds, bus, arbitrationId, hex] of frames) {
    const data = Buffer.from(hex, 'hex');
    table.push({ seconds, bus, arbitrationId }, data, [0, data.length]);
  }
  return table;
}

/** How frames become lines. */
export interface ReadOptions extends Partial<FrameLinesOptions>, NameWishes {
  readonly name?: string;
  readonly text?: boolean;
  readonly labels?: boolean;
}

/** Makes lines of frames of some messages, on all buses but 2. */
export function createLines(messages: readonly DatabaseMessage[], options: ReadOptions = {}): FrameLines {
  const { name = 'some_car', text = false, labels = true, messages: wished, signals } = options;
  const opened = openMessages(name, messages);
  return new FrameLines({
    databaseOf: (bus) => (bus === 2 ? undefined : opened),
    wanted: new WantedNames({ ...(wished && { messages: wished }), ...(signals && { signals }) }),
    form: text ? createTextForm({ labels }) : createJsonForm({ labels }),
    ...options,
  });
}

/** Lines of frames, in one table. */
export function readLines(
  frames: readonly Frame[],
  messages: readonly DatabaseMessage[],
  options: ReadOptions = {},
): readonly string[] {
  return [...createLines(messages, options).read(tableOf(frames))].flat();
}

const speed = makeSignal('SPEED', { startBit: 0, length: 8, factor: 0.1, offset: -1, unit: 'kph' });
/** The gear of it, with a text. */
export const gear = makeSignal('GEAR', { startBit: 8, length: 8, labels: new Map([[4, 'D']]) });
/** A message with a speed and a gear. */
export const drive = makeMessage('DRIVE', [speed, gear], { arbitrationId: 0x25, size: 2 });
