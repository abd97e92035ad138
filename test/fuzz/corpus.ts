import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DriveLog } from '../../tools/sample-log/drive-log.ts';
import { planDrive } from '../../tools/sample-log/drive-plan.ts';
import {
  buildCanEvent,
  buildEvent,
  type CanFrameContent,
  farPointer,
  frameSegments,
  joinBytes,
  listPointer,
  type Placing,
  structPointer,
  text,
} from '../support/message-builder.ts';
import { sharedDir } from '../support/shared.ts';

/** A file that cases are made from. */
export interface FuzzSeed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isPacked: boolean;
}

/** Short seeds make many cases a second; a cut of a longer log is as good. */
const MAX_SEED_BYTES = 24 * 1024;

/** Reads all seeds: those that the repository makes, and the small ones of the shared folder where it is present. */
export function loadCorpus(): readonly FuzzSeed[] {
  const made = [...listBuiltSeeds(), ...listDriveSeeds(), BZIP2_SEED];
  if (sharedDir === undefined) return made;
  return [
    ...made,
    ...readSeeds(join(sharedDir, 'data/adv')),
    ...readSeeds(join(sharedDir, 'vectors/schema/log')),
    ...readSeeds(join(sharedDir, 'data'), /^slice\.rlog$|^zst-(empty|skippable).*zst$/),
  ];
}

function plainSeed(name: string, bytes: Uint8Array): FuzzSeed {
  return { name, bytes, isPacked: false };
}

function readSeeds(folder: string, pattern = /./): FuzzSeed[] {
  const names = readdirSync(folder).filter((name) => pattern.test(name) && !/\.(json|jsonl|md)$/.test(name));
  const files = names.sort().map((name) => join(folder, name));
  return files.filter((path) => statSync(path).isFile()).map(readSeed);
}

function readSeed(path: string): FuzzSeed {
  const bytes = new Uint8Array(readFileSync(path)).slice(0, MAX_SEED_BYTES);
  return { name: basename(path), bytes, isPacked: /\.(?:zst|bz2)$/.test(path) };
}

const PLACINGS: readonly Placing[] = ['together', 'far', 'doubleFar'];

function listBuiltSeeds(): FuzzSeed[] {
  return [
    ...PLACINGS.map((placing) => plainSeed(`can-${placing}`, buildCanLog(placing))),
    ...PLACINGS.map((placing) => plainSeed(`text-${placing}`, buildTextLog(placing))),
    plainSeed('empty-messages', joinBytes(buildCanLog('together'), new Uint8Array(400), buildCanLog('far'))),
    plainSeed('sizeless-lists', joinBytes(...range(6, (i) => buildSizelessEvent(i + 1)))),
    plainSeed('shared-payload', joinBytes(...range(4, () => buildSharedPayload(64)))),
  ];
}

function buildCanLog(placing: Placing): Uint8Array {
  return joinBytes(
    ...range(24, (i) => buildCanEvent(BigInt(i) * 10_000_000n, range(1 + (i % 5), createFrame), placing)),
  );
}

function createFrame(i: number): CanFrameContent {
  return {
    address: 0x100 + 37 * i,
    bus: i === 3 ? 128 : i % 3,
    data: range(i === 4 ? 64 : 8, (byte) => byte * i),
  };
}

/** `logMessage`, `errorLogMessage`: texts, of which some are JSON as openpilot's programs write it. */
function buildTextLog(placing: Placing): Uint8Array {
  const lines = [
    'plain',
    '{"msg": "hello", "levelnum": 40, "ctx": {"daemon": "card"}}',
    '{"msg": {"a": [1]}}',
    '',
  ];
  const [LOG_MESSAGE, ERROR_LOG_MESSAGE] = [17, 83];
  return joinBytes(
    ...range(16, (i) => {
      const tag = i % 3 === 0 ? ERROR_LOG_MESSAGE : LOG_MESSAGE;
      return buildEvent({ monoTime: BigInt(i), tag, content: text(lines[i % 4] ?? '') }, placing);
    }),
  );
}

/** A list of structs that have no size: no bytes stand behind its length. */
function buildSizelessEvent(length: number): Uint8Array {
  return frameSegments([
    structPointer(0, 2, 1),
    BigInt(length),
    4n,
    listPointer(0, 7, 0),
    structPointer(length * 1000, 0, 0),
  ]);
}

/** Frames in a segment of their own whose payloads are all the same bytes. */
function buildSharedPayload(frames: number, payloadWords = 64): Uint8Array {
  const payloadAt = 2 + 2 * frames;
  const elements = range(frames, (i) => [BigInt(i), listPointer(payloadAt - 4 - 2 * i, 2, 8 * payloadWords)]);
  return frameSegments(
    [structPointer(0, 2, 1), 5n, 4n, farPointer(1, 0)],
    [
      listPointer(0, 7, 2 * frames),
      structPointer(frames, 1, 1),
      ...elements.flat(),
      ...range(payloadWords, (i) => BigInt(i) * 0x0101_0101_0101_0101n),
    ],
  );
}

/** The start of a synthetic drive: every service that the sample log has, with its real structures. */
function listDriveSeeds(): FuzzSeed[] {
  return (['subaru', 'canfd'] as const).map((kind) => {
    const drive = new DriveLog(planDrive({ kind, seed: 64, durationSeconds: 60 }));
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (const batch of drive.generateSegment(0)) {
      pieces.push(...batch);
      size += batch.reduce((sum, event) => sum + event.length, 0);
      if (size > MAX_SEED_BYTES) break;
    }
    return plainSeed(`drive-${kind}`, joinBytes(...pieces).slice(0, MAX_SEED_BYTES));
  });
}

// Node has no bzip2: these are `buildCanLog('together')` and `buildTextLog('together')`, each a stream of its own.
const BZIP2_SEED: FuzzSeed = {
  name: 'two-streams.bz2',
  bytes: new Uint8Array(
    Buffer.from(
      'QlpoMTFBWSZTWaNxUDkAAB3/////9u5mzmTMVNRM1lRExMRG5U9ERERGVNxkZERkTMZVQAKcAAAOAAAAaAAAAaAGgA' +
        'BoAAGgAAAA4AAABoAAABoAaAAGgAAaAAAADgAAAGgAAAGgBoAAaAABoAAAACpJBExFNBhpAMTQD1Mh6RoNDT1HqaaN' +
        'Mnkg2oB6nqAA02JKiGW7Pky6MufRn09PRa1r782bRo8DhNKOJFxmhxJI2qSWEziaWLktDir169evql6/IkZNBaNYip' +
        'I0oxjv440cgwkRmKhI1YpHKiiPMio50VHqGpFjTkLI40asasXRaM8eLHLMI5EcowjAuMkaSSioZoUWEshEqpJFVFVC' +
        'RSkKoqKE4thKkWkkUShOSkqQOPCpExMIskmEUjZi6LBRdFi0XFouKLiiQUSkc1HYKhrpNbe2IYwnMkmlFQskkeJJNQ' +
        'tw9PExEvkjTkKgbVBL5Coc/eseDWNJGSQxSWODYsnNkNvLIWSZIcvd1pDIb/vWhLkmQ7N0acXw5m7x0n/bPOjLG3Ua' +
        '6TzYZDo7uCPTioqFVCooqGpFR6sKNc6MWhRUdAwiw3/XLHn5zA7vsmAnP6Rk6HtGHlnudMuj3Stg98sgbJUfAUkz9Q' +
        '+E6nVMDq/EZLvOOl1jrfIdcx7BUPlNozbZ8xgk+cqTTwi3oGl2j6Nw3MT6isv2dc3D7T7jD7z8DdPxM27vG9+Rl/Mx' +
        'zY/odk/b9z+DH+T+z/D/TP2zuHb3y/ucBn7RwcJbul//i7kinChIUbioHIBCWmgxMUFZJlNZYHCUmgAAAHuRf/+gAF' +
        'AEdBAICi7n30oQABAAMAEsAGqe1SZBmhlDCMJgIYTTGMhkNBoNGgDQANDAqmpImnqDTTIGQDRoaaGanGYLCIEREARO' +
        'UHAgkgkgk3gGF5T0K1c1siUtmfeL+UuVVVYlQ0nAsLqVRCFTKEWqipJKJIQkqEUrkDAsFgiqVlzySSxUIVcQiniaiE' +
        'IG07TYbT2LHAwPMQgg+TWaz3NhmMhiFZnTKuNhiLzcfRcP0huMDOcRvGMuN5Y/hjMCxcOBqMY0mgvLDKai8wNAyDYM' +
        'DnLh/i7kinChIMDhKTQ=',
      'base64',
    ),
  ),
  isPacked: true,
};

function range<T>(length: number, create: (index: number) => T): T[] {
  return Array.from({ length }, (_, i) => create(i));
}
