import * as z from 'zod';
import { ByteBlock } from './byte-block.ts';
import { DbcSignalInfo } from './dbc-files.ts';
import { BusDatabase, bus } from './dbc-choice.ts';
import { seconds, session } from './sessions.ts';
import type { Wire } from './wire.ts';

const arbitrationId = z.int().min(0).max(0x1fff_ffff);
const range = {
  fromSeconds: seconds.exactOptional(),
  toSeconds: seconds.exactOptional(),
};

/** What `sessions/messages` is asked. */
export const MessageTableParams = z
  .strictObject({ session, service: z.enum(['can', 'sendcan']).exactOptional().describe('Default can') })
  .meta({ id: 'MessageTableParams' });

/** What `sessions/messages` is asked. */
export type MessageTableParams = Wire<typeof MessageTableParams>;

/** A message of the CAN table: what does not change with the cursor. */
export const MessageRow = z
  .strictObject({
    bus,
    origin: z.enum(['received', 'sent', 'rejected']).describe('Sent: echoes of what openpilot sent (+128)'),
    carBus: z.int().describe('The bus of the car that it was on'),
    arbitrationId: z.int(),
    name: z.string().nullable(),
    node: z.string().nullable().describe('The first transmitter of the database'),
    frames: z.int(),
    rateHz: z.number().nullable(),
    maxBytes: z.int(),
    changedShare: z.number().describe('Frames that differ from the one before, 0 to 1'),
    signals: z.int(),
  })
  .meta({ id: 'MessageRow' });

/** A message of the CAN table. */
export type MessageRow = Wire<typeof MessageRow>;

/** All messages of a log, by bus and id. */
export const MessageTable = z
  .strictObject({
    revision: z.int(),
    frames: z.int(),
    decodedFrames: z.int(),
    messages: z.array(MessageRow),
    buses: z.array(BusDatabase),
  })
  .meta({ id: 'MessageTable' });

/** All messages of a log. */
export type MessageTable = Wire<typeof MessageTable>;

/** What `sessions/canAt` is asked. */
export const CanAtParams = z
  .strictObject({ session, atSeconds: seconds, service: MessageTableParams.shape.service })
  .meta({ id: 'CanAtParams' });

/** What `sessions/canAt` is asked. */
export type CanAtParams = Wire<typeof CanAtParams>;

/**
 * The last frame of every message at a time, in columns; row n is row n of `sessions/messages` of this revision.
 *
 * Changes: kind in the lower 2 bits (0 none, 1 rising, 2 falling, 3 toggling: both ways and in more than 20 % of the
 * frames within 1.5 s), age above (0: below 0.25 s, 1: below 1 s, 2: below 3 s).
 */
export const CanAt = z
  .strictObject({
    revision: z.int(),
    stride: z.int().describe('Bytes of payload kept per row: 8, or 64 with CAN-FD'),
    sizes: ByteBlock.describe('Uint8 per row: bytes of payload; 255: no frame yet'),
    payloads: ByteBlock.describe('Uint8, stride per row'),
    changes: ByteBlock.describe('Uint8, stride per row: one for each byte of payload'),
    times: ByteBlock.describe('Float64 per row: seconds of the frame, NaN without'),
  })
  .meta({ id: 'CanAt' });

/** The last frame of every message at a time. */
export type CanAt = Wire<typeof CanAt>;

/** Which message is meant. */
export const MessageQuery = z
  .strictObject({ session, bus, arbitrationId, service: MessageTableParams.shape.service })
  .meta({ id: 'MessageQuery' });

/** Which message is meant. */
export type MessageQuery = Wire<typeof MessageQuery>;

/** What `sessions/message` is asked. */
export const MessageDetailParams = z
  .strictObject({
    ...MessageQuery.shape,
    ...range,
    atSeconds: seconds.exactOptional().describe('For the values of signals; the end when left out'),
    sparklineColumns: z.int().min(0).max(400).exactOptional().describe('Default 132'),
  })
  .meta({ id: 'MessageDetailParams' });

/** What `sessions/message` is asked. */
export type MessageDetailParams = Wire<typeof MessageDetailParams>;

/** A message in detail. */
export const MessageDetail = z
  .strictObject({
    revision: z.int(),
    message: MessageRow,
    database: z.string().nullable(),
    comment: z.string().nullable(),
    sizeBytes: z.int().nullable().describe('As the database says'),
    toggles: ByteBlock.describe('Uint32 per bit over the whole log: index 8 * byte + bit, as DBC counts'),
    signals: z.array(
      z.strictObject({
        signal: DbcSignalInfo,
        minimum: z.number().nullable().describe('In the range'),
        maximum: z.number().nullable(),
        isConstant: z.boolean(),
        value: z.number().nullable().describe('At the time'),
        raw: z.string().nullable(),
        label: z.string().nullable(),
        sparkline: ByteBlock.describe('Float32 per column of the range: least, greatest, in turn; NaN: none'),
      }),
    ),
    checksums: z.strictObject({ checked: z.int(), wrong: z.int() }).nullable(),
    counters: z.strictObject({ checked: z.int(), wrong: z.int() }).nullable(),
  })
  .meta({ id: 'MessageDetail' });

/** A message in detail. */
export type MessageDetail = Wire<typeof MessageDetail>;

/** What `sessions/frames` is asked. */
export const FrameRowsParams = z
  .strictObject({
    ...MessageQuery.shape,
    condition: z.string().max(500).exactOptional().describe('Such as ACCEL_NET < 0, or byte2 == 0x24'),
    from: z.int().min(0).describe('First row from the latest frame down: row 0 is the last frame'),
    count: z.int().min(0).max(1000),
  })
  .meta({ id: 'FrameRowsParams' });

/** What `sessions/frames` is asked. */
export type FrameRowsParams = Wire<typeof FrameRowsParams>;

/** Frames of a message, the latest first. */
export const FrameRows = z
  .strictObject({
    revision: z.int(),
    total: z.int().describe('Frames that the condition admits'),
    all: z.int(),
    conditionProblem: z
      .string()
      .nullable()
      .describe('Why the condition is not understood: then it admits all'),
    rows: z.array(
      z.strictObject({
        index: z.int().describe('Of all frames of the message, from 0'),
        seconds,
        deltaMs: z.number().nullable().describe('After the frame before it'),
        dataHex: z.string(),
        changes: z.array(z.enum(['same', 'rising', 'falling'])).describe('Of each byte'),
        text: z.string().describe('Signals that changed, at most 3'),
      }),
    ),
  })
  .meta({ id: 'FrameRows' });

/** Frames of a message. */
export type FrameRows = Wire<typeof FrameRows>;

/** What `sessions/findFrame` is asked. */
export const FindFrameParams = z
  .strictObject({
    ...MessageQuery.shape,
    condition: FrameRowsParams.shape.condition,
    atSeconds: seconds,
    step: z.int().min(-1).max(1).exactOptional().describe('-1 or 1: the frame before or behind. Default 0'),
  })
  .meta({ id: 'FindFrameParams' });

/** What `sessions/findFrame` is asked. */
export type FindFrameParams = Wire<typeof FindFrameParams>;

/** The last frame at or before a time. */
export const FramePlace = z
  .strictObject({
    row: z.int().describe('As sessions/frames counts; -1: none'),
    seconds: z.number().nullable(),
  })
  .meta({ id: 'FramePlace' });

/** The last frame at or before a time. */
export type FramePlace = Wire<typeof FramePlace>;
