import { isDeepStrictEqual } from 'node:util';
import { CtsError, type Problem } from '#protocol';
import { openLogBytes } from '../../server/adapters/files/log-file.ts';
import type { ByteStream } from '../../server/core/rlog/byte-stream.ts';
import { scanEventBatches, streamEventBatches } from '../../server/core/rlog/event-batches.ts';
import { MessageScanner } from '../../server/core/rlog/message-scanner.ts';
import { compileFieldPath } from '../../server/core/schema/field-path.ts';
import { listNumericFields } from '../../server/core/schema/numeric-fields.ts';
import { listSchemas, openSchema } from '../../server/core/schema/schema-choice.ts';
import type { LogSchema } from '../../server/core/schema/log-schema.ts';
import { SeededRandom } from '../../tools/sample-log/seeded-random.ts';
import { hashBytes } from './case-hash.ts';
import { expectThat, Finding } from './finding.ts';
import { type ByteSpan, type DigestOptions, type LogDigest, LogDigester } from './log-digest.ts';

/** Most decompressed bytes of a case: enough for every honest one, and little enough to be quick. */
const MAX_LOG_BYTES = 16 * 1024 * 1024;
/** Garbage after which searching for messages may be given up. */
const HOPELESS_BYTES = 4 * 1024 * 1024;
const FIELDS_PER_CASE = 8;
/** A code of problems is told so often; then only counted. */
const TOLD_PER_CODE = 20;

/** What became of a case. */
export interface CaseOutcome {
  /** As `zstd`, or why the file was refused. */
  readonly container: string;
  readonly problems: readonly string[];
  readonly events: number;
}

/**
 * Reads a file the whole way from its container to values, in two ways, and compares them.
 *
 * @throws {Finding} When the reader does what it must not. Any other error is a finding too.
 */
export async function readCase(bytes: Uint8Array): Promise<CaseOutcome> {
  const random = new SeededRandom(hashBytes(bytes));
  const unpacked = await unpack(bytes, 'auto');
  if (unpacked instanceof CtsError) return { container: `refused ${unpacked.code}`, problems: [], events: 0 };
  await compareEngines(bytes, unpacked);
  const digest = await readLog(unpacked.log, random);
  const problems = [...unpacked.problems, ...digest.problems].map(({ code }) => code);
  return { container: unpacked.format, problems: [...new Set(problems)], events: digest.events };
}

interface Unpacked {
  readonly format: string;
  readonly log: Uint8Array;
  readonly problems: readonly Problem[];
}

async function unpack(bytes: Uint8Array, zstd: 'auto' | 'node:zlib'): Promise<Unpacked | CtsError> {
  const stream = await openOrRefuse(bytes, zstd);
  if (stream instanceof CtsError) return stream;
  const pieces: Uint8Array[] = [];
  const target = new Uint8Array(64 * 1024);
  for (;;) {
    const count = await stream.read(target);
    expectThat(count >= 0 && count <= target.length, 'a read returns how many bytes it wrote');
    if (count === 0) break;
    pieces.push(target.slice(0, count));
  }
  expectThat((await stream.read(target)) === 0, 'the end of a stream stays its end');
  expectThat(stream.fileBytesRead <= bytes.length, 'no more is read than the file has');
  const { format, problems } = stream;
  await stream.close();
  await stream.close();
  return { format, problems, log: new Uint8Array(Buffer.concat(pieces)) };
}

async function openOrRefuse(bytes: Uint8Array, zstd: 'auto' | 'node:zlib'): Promise<ByteStream | CtsError> {
  try {
    return await openLogBytes(bytes, { zstd, maxBytes: MAX_LOG_BYTES });
  } catch (error) {
    if (error instanceof CtsError) return error;
    throw error;
  }
}

async function compareEngines(bytes: Uint8Array, unpacked: Unpacked): Promise<void> {
  if (unpacked.format !== 'zstd') return;
  const other = await unpack(bytes, 'node:zlib');
  expectThat(!(other instanceof CtsError), 'both zstd decoders take what one takes');
  expectThat(Buffer.compare(other.log, unpacked.log) === 0, 'both zstd decoders give the same bytes');
  expectSame({ problems: JSON.stringify(other.problems) }, { problems: JSON.stringify(unpacked.problems) });
}

async function readLog(
  log: Uint8Array,
  random: SeededRandom,
): Promise<{ readonly events: number; readonly problems: readonly Problem[] }> {
  const options = chooseDigestOptions(random);
  const whole = new LogDigester(options);
  const scanner = new MessageScanner(false);
  for (const batch of scanEventBatches(log, scanner)) whole.add(batch);
  checkCounts(log, scanner, whole.eventSpans);

  const windowBytes = random.pick([8, 24, 64, 256, 1024, 8192, 65_536]);
  const streamed = new LogDigester(options);
  const batches = streamEventBatches(createStream(log, random), { windowBytes });
  for await (const batch of batches) streamed.add(batch);
  expectSame(streamed.finish(batches.counts), whole.finish(scanner));
  return { events: scanner.events, problems: scanner.listProblems() };
}

/** A stream over memory that gives what it has in pieces of any size. */
function createStream(log: Uint8Array, random: SeededRandom): ByteStream {
  const largest = random.pick([1, 7, 100, 5000, 1_000_000]);
  let at = 0;
  return {
    format: 'plain',
    fileBytes: log.length,
    fileBytesRead: 0,
    problems: [],
    async read(target) {
      const piece = log.subarray(at, at + Math.min(target.length, 1 + random.below(largest)));
      target.set(piece);
      at += piece.length;
      return piece.length;
    },
    async close() {
      // Nothing is held.
    },
  };
}

function checkCounts(log: Uint8Array, scanner: MessageScanner, events: readonly ByteSpan[]): void {
  expectThat(scanner.events === events.length, 'every event is delivered');
  const isHopeless = scanner.garbageBytes >= HOPELESS_BYTES;
  expectThat(isHopeless || scanner.bytes === log.length, 'the log is walked to its end');
  expectThat(scanner.garbageBytes <= log.length, 'garbage is part of the log');
  const problems = scanner.listProblems();
  if (problems.length >= TOLD_PER_CODE) return;
  const spans = problems.map(({ atByte = 0, byteLength = 0 }) => ({
    start: atByte,
    end: atByte + byteLength,
  }));
  let covered = 0;
  for (const { start, end } of [...events, ...spans].sort((a, b) => a.start - b.start)) {
    expectThat(start <= covered, `every byte is an event's or a problem's, also byte ${covered}`);
    covered = Math.max(covered, end);
  }
  expectThat(covered === scanner.bytes, `every byte is an event's or a problem's, also byte ${covered}`);
}

function expectSame(actual: LogDigest, expected: LogDigest): void {
  if (isDeepStrictEqual(actual, expected)) return;
  const names = Object.keys(expected).filter((name) => actual[name] !== expected[name]);
  const lines = names.map((name) => `  ${name}: ${actual[name] ?? ''}\n  ${name}: ${expected[name] ?? ''}`);
  throw new Finding(`two ways to read give the same ${names.join(', ')}\n${lines.join('\n')}`);
}

const schemas = new Map<string, LogSchema>();
const fieldPaths = new Map<string, readonly string[]>();

/** Mostly the newest schema; sometimes an old one or a fork's. */
function chooseDigestOptions(random: SeededRandom): DigestOptions {
  const ids = listSchemas().map(({ id }) => id);
  const id = random.below(4) === 0 ? ids[random.below(ids.length)] : ids[0];
  const schema = openOnce(id ?? 'newest');
  const texts = fieldPaths.get(schema.id) ?? [];
  const chosen = Array.from({ length: FIELDS_PER_CASE }, () => texts[random.below(texts.length)] ?? 'valid');
  const paths = ['logMonoTime', ...chosen].map((text) => compileFieldPath(schema, text));
  return { schema, paths, maxValues: random.pick([1000, 1000, 1000, 1 << 20]) };
}

function openOnce(id: string): LogSchema {
  const known = schemas.get(id);
  if (known !== undefined) return known;
  const schema = openSchema(id);
  schemas.set(id, schema);
  const paths = schema
    .listServices()
    .flatMap(({ name }) => listNumericFields(schema, name).map(({ path }) => path));
  fieldPaths.set(schema.id, paths);
  return schema;
}
