import * as z from 'zod';
import { BusDatabase, DbcChoice, onLog } from './dbc-choice.ts';
import { DbcQuery } from './dbc-files.ts';
import { LoadReport } from './load-report.ts';
import type { Wire } from './wire.ts';

const name = z.string().min(1).max(1000);

const messagesAndSignals = {
  messages: z
    .array(name)
    .max(2000)
    .exactOptional()
    .describe('Messages to keep: a name, an id such as 0x25, or a pattern with *; all when left out'),
  signals: z
    .array(name)
    .max(2000)
    .exactOptional()
    .describe('Signals to keep: SIGNAL, MESSAGE.SIGNAL, or a pattern with *; all when left out'),
};

const lineForm = {
  form: z
    .enum(['text', 'json'])
    .exactOptional()
    .describe('Lines for people, or one JSON object a line. Default json'),
  labels: z.boolean().exactOptional().describe('Whether values with a text are told by it. Default true'),
};

/** What `dbc/decode` is asked. */
export const DecodeLogParams = z
  .strictObject({
    ...onLog,
    ...messagesAndSignals,
    ...lineForm,
    fromSeconds: z
      .number()
      .exactOptional()
      .describe('From second 0 of the log; both ends belong to the range'),
    toSeconds: z.number().exactOptional().describe('From second 0 of the log'),
    changesOnly: z
      .boolean()
      .exactOptional()
      .describe('Only frames that differ from the last of their message'),
    limit: z.int().min(1).exactOptional().describe('Most frames to deliver'),
  })
  .meta({ id: 'DecodeLogParams' });

/** What `dbc/decode` is asked. */
export type DecodeLogParams = Wire<typeof DecodeLogParams>;

/** What `dbc/decode` comes to, when the lines have been delivered. */
export const DecodeLogResult = z
  .strictObject({ delivered: z.number(), buses: z.array(BusDatabase), report: LoadReport })
  .meta({ id: 'DecodeLogResult' });

/** What `dbc/decode` comes to, when the lines have been delivered. */
export type DecodeLogResult = Wire<typeof DecodeLogResult>;

/** Decoded frames, one line each. */
export const FramesDecoded = z.strictObject({ lines: z.array(z.string()) }).meta({ id: 'FramesDecoded' });

/** Decoded frames, one line each. */
export type FramesDecoded = Wire<typeof FramesDecoded>;

/** What `dbc/decodeText` is asked: whole lines of candump, of any of its forms. */
export const DecodeTextParams = z
  .strictObject({
    text: z
      .string()
      .max(512 * 1024)
      .describe('A message of JSON-RPC has up to 1 MiB'),
    firstLine: z
      .int()
      .min(1)
      .exactOptional()
      .describe('Number of the first line, for what cannot be read. Default 1'),
    interfaces: z
      .array(z.string().max(1000))
      .max(256)
      .exactOptional()
      .describe('Interfaces that earlier parts of the text named, in order: their buses keep their numbers'),
    databases: z.array(DbcChoice).min(1).max(256),
    searchPaths: DbcQuery.shape.searchPaths,
    projectFolder: DbcQuery.shape.projectFolder,
    ...messagesAndSignals,
    ...lineForm,
  })
  .meta({ id: 'DecodeTextParams' });

/** What `dbc/decodeText` is asked. */
export type DecodeTextParams = Wire<typeof DecodeTextParams>;

/** Frames of a text, decoded. */
export const DecodeTextResult = z
  .strictObject({
    lines: z.array(z.string()),
    frames: z.number(),
    decodedFrames: z.number(),
    interfaces: z.array(z.string()).describe('Those of the request, and those that came first in this text'),
    unreadable: z.array(z.strictObject({ line: z.number(), reason: z.string() })),
  })
  .meta({ id: 'DecodeTextResult' });

/** Frames of a text, decoded. */
export type DecodeTextResult = Wire<typeof DecodeTextResult>;
