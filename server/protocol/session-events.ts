import * as z from 'zod';
import { seconds, session } from './sessions.ts';
import type { Wire } from './wire.ts';

const from = z.int().min(0).describe('First row, from 0');
const count = z.int().min(0).max(1000).describe('Rows wanted');
const text = z.string().max(500);

/** Which events are rows. */
export const EventFilter = z
  .strictObject({
    services: z.array(z.string()).max(200).exactOptional().describe('Only these; all when left out'),
    excluding: z.array(z.string()).max(200).exactOptional(),
    text: text.exactOptional().describe('Found in the name or text of any field, in any case of letters'),
  })
  .meta({ id: 'EventFilter' });

/** Which events are rows. */
export type EventFilter = Wire<typeof EventFilter>;

/** What `sessions/events` is asked. */
export const EventRowsParams = z
  .strictObject({ session, filter: EventFilter, from, count })
  .meta({ id: 'EventRowsParams' });

/** What `sessions/events` is asked. */
export type EventRowsParams = Wire<typeof EventRowsParams>;

/** One event as a row. */
export const EventRow = z
  .strictObject({
    index: z.int().describe('Place in the file, over all segments, from 0'),
    seconds,
    deltaMs: z.number().nullable().describe('After the row above; null for the first'),
    service: z.string(),
    content: z.string().describe('The first fields on one line, at most 300 characters'),
    sizeBytes: z.int(),
    isReadable: z.boolean(),
  })
  .meta({ id: 'EventRow' });

/** One event as a row. */
export type EventRow = Wire<typeof EventRow>;

/** A window of rows, in the order of time. */
export const EventRows = z
  .strictObject({
    revision: z.int(),
    total: z.int().describe('Rows that pass the filter, as far as searched'),
    searchedSeconds: z.number().nullable().describe('Null when all is searched; a text filter works on'),
    from,
    rows: z.array(EventRow),
  })
  .meta({ id: 'EventRows' });

/** A window of rows, in the order of time. */
export type EventRows = Wire<typeof EventRows>;

/** What `sessions/findEvent` is asked. */
export const FindEventParams = z
  .strictObject({
    session,
    filter: EventFilter,
    atSeconds: seconds.exactOptional().describe('The first row that is later than this'),
    index: z.int().min(0).exactOptional().describe('The row of this event'),
  })
  .meta({ id: 'FindEventParams' });

/** What `sessions/findEvent` is asked. */
export type FindEventParams = Wire<typeof FindEventParams>;

/** A row; as many as there are where nothing is later, -1 where an event does not pass. */
export const RowPlace = z.strictObject({ row: z.int() }).meta({ id: 'RowPlace' });

/** A row. */
export type RowPlace = Wire<typeof RowPlace>;

/** What `sessions/event` is asked. */
export const EventQuery = z.strictObject({ session, index: z.int().min(0) }).meta({ id: 'EventQuery' });

/** What `sessions/event` is asked. */
export type EventQuery = Wire<typeof EventQuery>;

/** One field of an event; children follow their parent, one level deeper. */
export const EventField = z
  .strictObject({
    depth: z.int(),
    name: z.string(),
    path: z
      .string()
      .describe('From the service on, such as carState.wheelSpeeds.fl or pandaStates[0].voltage'),
    value: z.string().describe('Empty for a struct; "List (0)" is a type, "empty" its value'),
    type: z.string(),
    hasChildren: z.boolean(),
    change: z.number().nullable().describe('Against the event of this service before; null: none, no number'),
    isPlottable: z.boolean(),
  })
  .meta({ id: 'EventField' });

/** One field of an event. */
export type EventField = Wire<typeof EventField>;

/** An event with all its fields. */
export const EventTree = z
  .strictObject({
    index: z.int(),
    seconds,
    monoTime: z.string(),
    service: z.string(),
    sizeBytes: z.int(),
    problem: z.string().nullable().describe('Why it cannot be read, or not whole'),
    fields: z.array(EventField).describe('Bytes of a kind that has no layout are shown as hex'),
    omittedFields: z.int().describe('Beyond the 5000 that are listed'),
    previous: z.int().nullable().describe('The event of this service before, by index'),
    next: z.int().nullable(),
    json: z.string().nullable().describe('As cts events writes it; null above 200 kB'),
  })
  .meta({ id: 'EventTree' });

/** An event with all its fields. */
export type EventTree = Wire<typeof EventTree>;

/** Which lines of text are rows. */
export const LogLineFilter = z
  .strictObject({
    levels: z
      .array(z.enum(['debug', 'info', 'warning', 'error']))
      .max(4)
      .exactOptional(),
    sources: z
      .array(z.string().max(200))
      .max(500)
      .exactOptional()
      .describe('Services: logMessage, errorLogMessage, androidLog'),
    text: text.exactOptional(),
  })
  .meta({ id: 'LogLineFilter' });

/** Which lines of text are rows. */
export type LogLineFilter = Wire<typeof LogLineFilter>;

/** What `sessions/logLines` is asked. */
export const LogLinesParams = z
  .strictObject({ session, filter: LogLineFilter, from, count })
  .meta({ id: 'LogLinesParams' });

/** What `sessions/logLines` is asked. */
export type LogLinesParams = Wire<typeof LogLinesParams>;

/** One line of logMessage, errorLogMessage or androidLog. */
export const LogLine = z
  .strictObject({
    index: z.int().describe('Of its event'),
    seconds,
    level: z.enum(['debug', 'info', 'warning', 'error']),
    source: z.string().describe('Its service: logMessage, errorLogMessage or androidLog'),
    where: z
      .string()
      .describe(
        'File and line (lab_17.py:199), tag and process (kernel 2206), else the daemon; may be empty',
      ),
    text: z.string().describe('One line, no control characters, at most 2000 characters'),
    detail: z.string().nullable().describe('Traceback or the rest of several lines; shown on demand'),
  })
  .meta({ id: 'LogLine' });

/** One line of text. */
export type LogLine = Wire<typeof LogLine>;

/** A window of lines, in the order of time. */
export const LogLines = z
  .strictObject({
    revision: z.int(),
    total: z.int(),
    all: z.int().describe('Lines without any filter'),
    byLevel: z.strictObject({ debug: z.int(), info: z.int(), warning: z.int(), error: z.int() }),
    sources: z.array(z.strictObject({ source: z.string(), lines: z.int() })).describe('By lines, most first'),
    from,
    rows: z.array(LogLine),
  })
  .meta({ id: 'LogLines' });

/** A window of lines, in the order of time. */
export type LogLines = Wire<typeof LogLines>;

/** What `sessions/findLogLine` is asked. */
export const FindLogLineParams = z
  .strictObject({
    session,
    filter: LogLineFilter,
    atSeconds: seconds.describe('The first line that is later than this'),
    level: z.enum(['error']).exactOptional().describe('Of this level'),
  })
  .meta({ id: 'FindLogLineParams' });

/** What `sessions/findLogLine` is asked. */
export type FindLogLineParams = Wire<typeof FindLogLineParams>;
