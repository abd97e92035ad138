import * as z from 'zod';
import { LoadReport } from './load-report.ts';
import { LogReading } from './logs.ts';
import type { Wire } from './wire.ts';

const path = z.string().min(1).max(4096);
const bus = z.int().min(0).max(255).describe('Panda bus number as logged');
const arbitrationId = z.int().min(0).max(0x1fff_ffff);
const name = z.string().min(1).max(1000);
const seconds = z.number().describe('From second 0 of the log');

/** Where something stands in a text. */
export const TextPlace = z
  .strictObject({
    start: z.strictObject({ line: z.number(), character: z.number() }),
    end: z.strictObject({ line: z.number(), character: z.number() }),
  })
  .describe('Lines and characters (UTF-16 code units) from 0; the end is not included')
  .meta({ id: 'TextPlace' });

/** Where something stands in a text. */
export type TextPlace = Wire<typeof TextPlace>;

/** Whose eyes a DBC file is looked at with. */
export const LintProfile = z.enum(['opendbc', 'candb++', 'cantools']);

/** Whose eyes a DBC file is looked at with. */
export type LintProfile = Wire<typeof LintProfile>;

/** What `dbc/lint` is asked. */
export const LintParams = z
  .strictObject({
    path,
    profile: LintProfile.exactOptional().describe(
      'Whose rules count: opendbc (default), candb++ for Vector tools, cantools',
    ),
    fix: z.boolean().exactOptional().describe('Whether to hand back the file with every safe fix applied'),
  })
  .meta({ id: 'LintParams' });

/** What `dbc/lint` is asked. */
export type LintParams = Wire<typeof LintParams>;

/** Something that is wrong in a DBC file, or read differently by different readers. */
export const DbcFinding = z
  .strictObject({
    code: z.string().describe('Stable; all are listed in docs/DBC.md'),
    severity: z.enum(['error', 'warning', 'information', 'hint']),
    message: z.string(),
    place: TextPlace,
    related: z.array(z.strictObject({ message: z.string(), place: TextPlace })),
    fix: z
      .strictObject({
        title: z.string(),
        edits: z.array(z.strictObject({ place: TextPlace, text: z.string() })),
      })
      .nullable()
      .describe('What mends it; null where no change is safe'),
  })
  .meta({ id: 'DbcFinding' });

/** Something that is wrong in a DBC file, or read differently by different readers. */
export type DbcFinding = Wire<typeof DbcFinding>;

/** What `dbc/lint` found. */
export const LintResult = z
  .strictObject({
    path: z.string(),
    encoding: z.enum(['ascii', 'utf-8', 'utf-16', 'cp1252']),
    messages: z.number(),
    signals: z.number(),
    findings: z.array(DbcFinding).describe('By place'),
    omitted: z.number().describe('Findings beyond the most that are handed out'),
    fixed: z
      .strictObject({
        contentBase64: z.string().describe('The whole file as it should be'),
        applied: z.number().describe('Fixes applied'),
      })
      .nullable()
      .describe('Null where nothing was to be fixed, or nobody asked'),
  })
  .meta({ id: 'LintResult' });

/** What `dbc/lint` found. */
export type LintResult = Wire<typeof LintResult>;

/** What `dbc/rules` is asked. */
export const LintRulesParams = z
  .strictObject({
    profile: LintProfile.exactOptional().describe('Whose severities are told. Default opendbc'),
  })
  .meta({ id: 'LintRulesParams' });

/** What `dbc/rules` is asked. */
export type LintRulesParams = Wire<typeof LintRulesParams>;

/** Something that `dbc/lint` looks for. */
export const LintRuleInfo = z
  .strictObject({
    code: z.string().describe('Stable'),
    summary: z.string(),
    help: z.string().describe('What each engine does with it, a line each'),
    severity: DbcFinding.shape.severity
      .nullable()
      .describe('In the profile that was asked for; null where nobody who uses it is concerned'),
  })
  .meta({ id: 'LintRuleInfo' });

/** Something that `dbc/lint` looks for. */
export type LintRuleInfo = Wire<typeof LintRuleInfo>;

/** Everything that `dbc/lint` looks for. */
export const LintRules = z
  .strictObject({ rules: z.array(LintRuleInfo).describe('By code') })
  .meta({ id: 'LintRules' });

/** Everything that `dbc/lint` looks for. */
export type LintRules = Wire<typeof LintRules>;

/** A signal of a DBC message. */
export const DbcSignalInfo = z
  .strictObject({
    name: z.string(),
    startBit: z.number().describe('As DBC counts: bit 0 is the least significant of byte 0'),
    length: z.number(),
    byteOrder: z.enum(['little-endian', 'big-endian']),
    isSigned: z.boolean(),
    valueType: z.enum(['integer', 'float16', 'float32', 'float64']),
    factor: z.number(),
    offset: z.number(),
    minimum: z.number().nullable(),
    maximum: z.number().nullable(),
    unit: z.string(),
    labels: z.array(z.strictObject({ value: z.number(), label: z.string() })).describe('Texts of raw values'),
    comment: z.string().nullable(),
    receivers: z.array(z.string()),
    multiplexing: z
      .strictObject({
        isMultiplexor: z.boolean(),
        parent: z.string().nullable(),
        ranges: z.array(z.strictObject({ first: z.number(), last: z.number() })),
      })
      .nullable()
      .describe('Null for a signal that is always there and selects none'),
    isDecodable: z
      .boolean()
      .describe('False where no frame can be read with it: its place, length or factor makes no sense'),
    role: z.enum(['checksum', 'counter']).nullable().describe('What the brand of the file makes of it'),
  })
  .meta({ id: 'DbcSignalInfo' });

/** A signal of a DBC message. */
export type DbcSignalInfo = Wire<typeof DbcSignalInfo>;

/** A message of a DBC file. */
export const DbcMessageInfo = z
  .strictObject({
    arbitrationId: z.number(),
    isExtended: z.boolean().describe('Whether the id has 29 bits'),
    name: z.string(),
    sizeBytes: z.number(),
    transmitters: z.array(z.string()),
    cycleTimeMs: z.number().nullable(),
    isFd: z.boolean(),
    comment: z.string().nullable(),
    signals: z.array(DbcSignalInfo),
  })
  .meta({ id: 'DbcMessageInfo' });

/** A message of a DBC file. */
export type DbcMessageInfo = Wire<typeof DbcMessageInfo>;

/** Which DBC file is meant, by path or by the name that a search path has for it. */
export const DbcQuery = z
  .strictObject({
    path: path.describe('A DBC file, or the name of a database below one of the search paths'),
    searchPaths: z
      .array(path)
      .max(50)
      .exactOptional()
      .describe('Folders or opendbc checkouts; those of the settings when left out'),
    projectFolder: path.exactOptional().describe('Where .cts/dbc.json is looked for, upwards'),
  })
  .meta({ id: 'DbcQuery' });

/** Which DBC file is meant. */
export type DbcQuery = Wire<typeof DbcQuery>;

/** What a DBC file says. */
export const DbcInfo = z
  .strictObject({
    path: z.string(),
    encoding: z.enum(['ascii', 'utf-8', 'utf-16', 'cp1252']),
    version: z.string().nullable(),
    comment: z.string().nullable(),
    madeFrom: z.array(z.string()).describe('Templates and included files of a generated database'),
    checksums: z.string().nullable().describe('Checksum algorithm of the brand, by the name of the file'),
    nodes: z.array(z.strictObject({ name: z.string(), comment: z.string().nullable() })),
    attributes: z.array(z.strictObject({ name: z.string(), value: z.union([z.string(), z.number()]) })),
    valueTables: z.array(
      z.strictObject({
        name: z.string(),
        labels: z.array(z.strictObject({ value: z.number(), label: z.string() })),
      }),
    ),
    findings: z.strictObject({ errors: z.number(), warnings: z.number() }),
    messages: z.array(DbcMessageInfo),
  })
  .meta({ id: 'DbcInfo' });

/** What a DBC file says. */
export type DbcInfo = Wire<typeof DbcInfo>;

/** What `dbc/list` is asked. */
export const ListDbcParams = z
  .strictObject({ searchPaths: DbcQuery.shape.searchPaths, projectFolder: DbcQuery.shape.projectFolder })
  .meta({ id: 'ListDbcParams' });

/** What `dbc/list` is asked. */
export type ListDbcParams = Wire<typeof ListDbcParams>;

/** A database that can be used. */
export const DbcEntry = z
  .strictObject({
    name: z.string().describe('File name without .dbc: what names it everywhere'),
    path: z.string().describe('The file, or the template or script it is made from'),
    kind: z
      .enum(['file', 'template', 'scripted'])
      .describe('As it lies there; expanded from IMPORT lines; or made by a generator of ours'),
  })
  .meta({ id: 'DbcEntry' });

/** A database that can be used. */
export type DbcEntry = Wire<typeof DbcEntry>;

/** What `dbc/list` found. */
export const DbcList = z
  .strictObject({
    searchPaths: z.array(
      z.strictObject({ path: z.string(), databases: z.number(), problem: z.string().nullable() }),
    ),
    databases: z.array(DbcEntry).describe('By name'),
    notMade: z
      .array(z.strictObject({ name: z.string(), reason: z.string() }))
      .describe('Databases of the checkout that only its own scripts make'),
  })
  .meta({ id: 'DbcList' });

/** What `dbc/list` found. */
export type DbcList = Wire<typeof DbcList>;

/** A DBC file for one bus, or for all that have no other. */
export const DbcChoice = z
  .strictObject({
    bus: bus.exactOptional().describe('All buses without a choice of their own when left out'),
    path,
  })
  .meta({ id: 'DbcChoice' });

/** A DBC file for one bus, or for all that have no other. */
export type DbcChoice = Wire<typeof DbcChoice>;

/** Who chose a database for a bus. */
export const DbcSource = z
  .enum(['option', 'setting', 'project', 'fingerprint', 'match'])
  .describe('Asked for; by a setting; by .cts/dbc.json; by the car the log names; by what is on the bus');

/** Who chose a database for a bus. */
export type DbcSource = Wire<typeof DbcSource>;

/** How much of a bus a database explains. */
export const DbcCoverage = z
  .strictObject({
    frames: z.number().describe('Frames on the bus'),
    decodedFrames: z.number().describe('Of messages that the database has'),
    messages: z.number().describe('Different ids on the bus'),
    decodedMessages: z.number(),
    otherSize: z
      .number()
      .describe('Of the decoded messages: with frames of another size than the database says'),
    checkedFrames: z.number().describe('With a checksum that can be checked'),
    wrongChecksums: z.number(),
  })
  .meta({ id: 'DbcCoverage' });

/** How much of a bus a database explains. */
export type DbcCoverage = Wire<typeof DbcCoverage>;

/** Which database is used for a bus, and what it explains. */
export const BusDatabase = z
  .strictObject({
    bus,
    database: z
      .strictObject({ name: z.string(), path: z.string(), source: DbcSource })
      .nullable()
      .describe('Null where none was named and none fits'),
    coverage: DbcCoverage,
    advice: z.string().nullable().describe('What to do where little is explained; null where all is well'),
  })
  .meta({ id: 'BusDatabase' });

/** Which database is used for a bus, and what it explains. */
export type BusDatabase = Wire<typeof BusDatabase>;

const onLog = {
  ...LogReading.shape,
  databases: z
    .array(DbcChoice)
    .max(256)
    .exactOptional()
    .describe('Databases by bus. Chosen by settings, project file, car and content when left out'),
  searchPaths: DbcQuery.shape.searchPaths,
  projectFolder: DbcQuery.shape.projectFolder,
};

/** A log, and the databases that it is read with. */
export const DbcOnLog = z.strictObject(onLog).meta({ id: 'DbcOnLog' });

/** A log, and the databases that it is read with. */
export type DbcOnLog = Wire<typeof DbcOnLog>;

/** What `dbc/match` is asked. */
export const MatchDbcParams = z
  .strictObject({
    ...LogReading.shape,
    searchPaths: DbcQuery.shape.searchPaths,
    projectFolder: DbcQuery.shape.projectFolder,
    limit: z.int().min(1).max(100).exactOptional().describe('Most databases to list for a bus. Default 5'),
  })
  .meta({ id: 'MatchDbcParams' });

/** What `dbc/match` is asked. */
export type MatchDbcParams = Wire<typeof MatchDbcParams>;

/** Which databases fit the buses of a log. */
export const DbcMatches = z
  .strictObject({
    fingerprint: z.string().nullable().describe('The car that the log names'),
    named: z.array(z.string()).describe('Databases that opendbc uses for this car'),
    buses: z.array(
      z.strictObject({
        chosen: BusDatabase,
        candidates: z
          .array(z.strictObject({ name: z.string(), path: z.string(), coverage: DbcCoverage }))
          .describe('Best first'),
      }),
    ),
    searched: z.number().describe('Databases compared'),
    report: LoadReport,
  })
  .meta({ id: 'DbcMatches' });

/** Which databases fit the buses of a log. */
export type DbcMatches = Wire<typeof DbcMatches>;

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
    text: z.string().max(4 * 1024 * 1024),
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

/** A message as it was recorded, with its name. */
export const LogMessage = z
  .strictObject({
    bus,
    arbitrationId: z.number(),
    name: z.string().nullable().describe('Null where no database has it'),
    transmitters: z.array(z.string()),
    comment: z.string().nullable(),
    frames: z.number(),
    rateHz: z.number().nullable().describe('Null with fewer than two frames'),
    cycleTimeMs: z.number().nullable().describe('As the database says'),
    sizes: z.array(z.number()).describe('Bytes of payload that occurred'),
    sizeBytes: z.number().nullable().describe('As the database says'),
    signals: z.number(),
    checksums: z.strictObject({ checked: z.number(), wrong: z.number() }).nullable(),
    counters: z.strictObject({ checked: z.number(), wrong: z.number() }).nullable(),
  })
  .meta({ id: 'LogMessage' });

/** A message as it was recorded, with its name. */
export type LogMessage = Wire<typeof LogMessage>;

/** Messages of a log. */
export const LogMessages = z
  .strictObject({
    startMonoTime: z.string().nullable(),
    buses: z.array(BusDatabase),
    messages: z.array(LogMessage).describe('By bus and id'),
    report: LoadReport,
  })
  .meta({ id: 'LogMessages' });

/** Messages of a log. */
export type LogMessages = Wire<typeof LogMessages>;

/** What `dbc/signals` is asked. */
export const ListSignalsParams = z
  .strictObject({
    ...onLog,
    bus: bus.exactOptional(),
    arbitrationId: arbitrationId.exactOptional(),
    search: z.string().max(200).exactOptional().describe('Part of the name of a signal or message'),
    limit: z.int().min(1).max(10_000).exactOptional().describe('Most to list. Default 1000'),
  })
  .meta({ id: 'ListSignalsParams' });

/** What `dbc/signals` is asked. */
export type ListSignalsParams = Wire<typeof ListSignalsParams>;

/** Signals that occur in a log. */
export const LogSignals = z
  .strictObject({
    signals: z.array(
      z.strictObject({
        bus,
        arbitrationId: z.number(),
        message: z.string(),
        frames: z.number(),
        signal: DbcSignalInfo,
      }),
    ),
    omitted: z.number(),
  })
  .meta({ id: 'LogSignals' });

/** Signals that occur in a log. */
export type LogSignals = Wire<typeof LogSignals>;

/** One signal on one bus. */
export const SignalQuery = z.strictObject({ bus, arbitrationId, signal: name }).meta({ id: 'SignalQuery' });

/** One signal on one bus. */
export type SignalQuery = Wire<typeof SignalQuery>;

/** What `dbc/series` is asked. */
export const SignalSeriesParams = z
  .strictObject({
    ...onLog,
    signals: z.array(SignalQuery).min(1).max(200),
    fromSeconds: seconds.exactOptional(),
    toSeconds: seconds.exactOptional(),
    columns: z.int().min(1).max(20_000).exactOptional().describe('Pixels to draw into. Default 920'),
  })
  .meta({ id: 'SignalSeriesParams' });

/** What `dbc/series` is asked. */
export type SignalSeriesParams = Wire<typeof SignalSeriesParams>;

/** Signals over time, as many points as can be seen. */
export const SignalSeries = z
  .strictObject({
    startMonoTime: z.string().nullable(),
    fromSeconds: seconds,
    toSeconds: seconds,
    series: z.array(
      z.strictObject({
        ...SignalQuery.shape,
        unit: z.string(),
        labels: DbcSignalInfo.shape.labels,
        isStepped: z.boolean().describe('Whether a value holds until the next'),
        samples: z.number().describe('Values in the range of time'),
        minimum: z.number().nullable().describe('Of all samples in the range; null without one'),
        maximum: z.number().nullable(),
        seconds: z.array(z.number()),
        values: z
          .array(z.number().nullable())
          .describe('Of each pixel the first, least, greatest and last; null: a gap'),
      }),
    ),
    report: LoadReport,
  })
  .meta({ id: 'SignalSeries' });

/** Signals over time, as many points as can be seen. */
export type SignalSeries = Wire<typeof SignalSeries>;

/** What `dbc/values` is asked. */
export const SignalValuesParams = z
  .strictObject({
    ...onLog,
    atSeconds: seconds,
    messages: z.array(z.strictObject({ bus, arbitrationId })).max(5000).exactOptional(),
  })
  .meta({ id: 'SignalValuesParams' });

/** What `dbc/values` is asked. */
export type SignalValuesParams = Wire<typeof SignalValuesParams>;

/** The last frame of each message at a time, decoded. */
export const SignalValues = z
  .strictObject({
    startMonoTime: z.string().nullable(),
    messages: z.array(
      z.strictObject({
        bus,
        arbitrationId: z.number(),
        name: z.string().nullable(),
        seconds: seconds.describe('When that frame came'),
        dataHex: z.string(),
        isChecksumRight: z.boolean().nullable().describe('Null where there is none to check'),
        signals: z.array(
          z.strictObject({
            name: z.string(),
            raw: z.string().nullable().describe('As decimal text; null where the frame does not hold it'),
            value: z.number().nullable(),
            label: z.string().nullable(),
            unit: z.string(),
          }),
        ),
      }),
    ),
    report: LoadReport,
  })
  .meta({ id: 'SignalValues' });

/** The last frame of each message at a time, decoded. */
export type SignalValues = Wire<typeof SignalValues>;
