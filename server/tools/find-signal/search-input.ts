import { CtsError, type Problem } from '#protocol';
import { CanFrameReader } from '../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../core/can/frame-columns.ts';
import { createMicrosecondClock, type FrameClock, FrameTable } from '../../core/can/frame-table.ts';
import { groupInSteps } from '../../core/can/message-groups.ts';
import {
  createIntervalReference,
  createReference,
  type Reference,
} from '../../core/field-search/reference.ts';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { SERVICE_TAGS } from '../../core/rlog/service-tags.ts';
import { appendFieldValues, FieldColumn } from '../../core/schema/field-column.ts';
import { compileFieldPath, type FieldPath } from '../../core/schema/field-path.ts';
import { SchemaSurvey } from '../../core/schema/schema-survey.ts';
import { countOf } from '../../core/text/counted.ts';
import { formatMinutes } from '../../core/text/minutes-text.ts';
import type { BatchReader, InputAccess, LogAccess, ReadOptions } from '../input-access.ts';
import { type InputFrames, readInputFrames } from '../reading/input-frames.ts';
import { parseTimeRanges } from '../reading/time-ranges.ts';
import { takeSteps, WorkPauses } from '../reading/work-pauses.ts';
import type { SearchParameters } from './search-parameters.ts';

/** Frames of a recording and what is searched for in them. */
export interface SearchInput {
  readonly frames: InputFrames;
  readonly reference: Reference;
}

type Progress = Pick<ReadOptions, 'progress'>;

/**
 * Reads a recording; a log is walked once for both frames and field.
 *
 * @throws {CtsError} FIELD_NOT_FOUND, SERVICE_NOT_FOUND with the nearest names; INVALID_PARAMETER where the field is in
 * no event, or never changes, or there are no frames to search.
 */
export async function readSearchInput(
  input: InputAccess,
  parameters: SearchParameters,
  progress: Progress,
): Promise<SearchInput> {
  if (parameters.field !== undefined)
    return await readField(input, parameters.field, { parameters, progress });
  const frames = await readInputFrames(input, { parameter: 'input', ...progress });
  if (!frames.hasTimes)
    throw refuse('intervals', `"${frames.name}" has no times: its columns are Bus, MessageID and Message`, [
      'Use a log, or a CSV with a column of times.',
    ]);
  return { frames, reference: readIntervals(frames, parameters) };
}

function readIntervals({ table, name }: InputFrames, parameters: SearchParameters): Reference {
  const span = findSpan(table.seconds.subarray(0, table.length));
  const given = parseTimeRanges(parameters.intervals, 'intervals').toSorted((a, b) => a.from - b.from);
  const outside = given.find(({ from, to }) => to <= span.from || from >= span.to);
  if (outside !== undefined)
    throw refuse(
      'intervals',
      `no frame lies between ${formatMinutes(outside.from)} and ${formatMinutes(outside.to)}; those of "${name}" go from ${formatMinutes(span.from)} to ${formatMinutes(span.to)}`,
      ['Choose a stretch of time with frames.'],
    );
  const whole = createIntervalReference(given, span, 'the given intervals');
  return checkReference(limitReference(whole, parameters), 'intervals');
}

function findSpan(seconds: Float64Array): { readonly from: number; readonly to: number } {
  let [from, to] = [Infinity, -Infinity];
  for (const second of seconds) {
    from = Math.min(from, second);
    to = Math.max(to, second);
  }
  return { from, to };
}

interface FieldWork {
  readonly parameters: SearchParameters;
  readonly progress: Progress;
}

async function readField(
  input: InputAccess,
  field: string,
  { parameters, progress }: FieldWork,
): Promise<SearchInput> {
  if (input.kind === 'text')
    throw refuse('field', `"${input.name}" is CSV, which has frames and no fields`, [
      'Use the log, or give intervals instead of field.',
    ]);
  const reader = new FieldAndFrames(field);
  await input.read([reader], progress);
  const { table } = reader;
  if (table.length === 0)
    throw refuse('input', `"${input.name}" holds no CAN frames`, ['Give a log with can events.']);
  const pauses = new WorkPauses();
  const groups = await takeSteps(groupInSteps(table), () => pauses.pauseWhenDue());
  const frames = { name: input.name, table, hasTimes: true, groups };
  const whole = reader.createReference(input);
  requireValues(whole, parameters);
  return { frames, reference: checkReference(limitReference(whole, parameters), 'field') };
}

/** Takes frames and the values of one field from the batches of a log. */
class FieldAndFrames implements BatchReader {
  readonly table = new FrameTable();
  readonly #field: string;
  readonly #schemas = new SchemaSurvey();
  readonly #frames = new CanFrameReader(SERVICE_TAGS.can);
  readonly #columns = new CanFrameColumns();
  readonly #values = new FieldColumn();
  #path: FieldPath | undefined;
  #clock: FrameClock | undefined;

  constructor(field: string) {
    this.#field = field;
  }

  append(batch: EventBatch): void {
    const schema = this.#schemas.choose(batch);
    if (schema === undefined) return;
    // A name that is none is told before anything else is done.
    this.#path ??= compileFieldPath(schema, this.#field);
    appendFieldValues(batch, this.#path, this.#values);
    this.#columns.clear();
    this.#frames.append(batch, this.#columns);
    if (this.#frames.firstMonoTime === undefined) return;
    this.#clock ??= createMicrosecondClock(this.#frames.firstMonoTime);
    this.table.append(this.#columns, this.#clock);
  }

  takeProblems(): readonly Problem[] {
    return this.#frames.takeProblems();
  }

  createReference({ name }: LogAccess): Reference {
    const { length, monoTimeWords, value } = this.#values;
    const clock = this.#clock;
    if (length === 0 || clock === undefined || this.#path === undefined)
      throw refuse('field', `${this.#field} is a field, but "${name}" holds no event with it`, [
        'See with "cts info" what the log holds.',
      ]);
    const seconds = Float64Array.from({ length }, (_, row) =>
      clock.toSeconds(monoTimeWords[2 * row] ?? 0, monoTimeWords[2 * row + 1] ?? 0),
    );
    const { end, unit } = this.#path;
    const kind =
      end.kind === 'field' ? end.field.type.kind : end.kind === 'element' ? end.type.kind : 'number';
    const isState = kind === 'bool' || kind === 'enum' || end.kind === 'valid';
    return createReference(seconds, value.subarray(0, length), { name: this.#field, unit, isState });
  }
}

/** Leaves out what lies outside of the times that were asked for; frames without a reference are not compared. */
function limitReference(
  reference: Reference,
  { time_from = -Infinity, time_to = Infinity }: SearchParameters,
): Reference {
  const { seconds, values } = reference;
  if (time_from === -Infinity && time_to === Infinity) return reference;
  const isWithin = (time: number): boolean => time >= time_from && time <= time_to;
  // A value that holds goes on from the edge.
  const before = reference.isStepped ? seconds.findLastIndex((time) => time < time_from) : -1;
  const kept = seconds.filter(isWithin);
  const own = values.filter((_, i) => isWithin(seconds[i] ?? NaN));
  const start = before < 0 ? [] : [[time_from, values[before] ?? NaN] as const];
  const end =
    reference.isStepped && kept.length > 0 && time_to < (seconds.at(-1) ?? 0)
      ? [[time_to, own.at(-1) ?? NaN] as const]
      : [];
  return {
    ...reference,
    seconds: Float64Array.from([...start.map(([time]) => time), ...kept, ...end.map(([time]) => time)]),
    values: Float64Array.from([...start.map(([, value]) => value), ...own, ...end.map(([, value]) => value)]),
  };
}

/** Makes sure that the times that were asked for have to do with the values that there are. */
function requireValues({ name, seconds }: Reference, { time_from, time_to }: SearchParameters): void {
  const [first, last] = [seconds[0] ?? NaN, seconds.at(-1) ?? NaN];
  const isLate = time_from !== undefined && time_from > last;
  if (!isLate && !(time_to !== undefined && time_to < first)) return;
  const [parameter, time] = isLate ? ['time_from', time_from] : ['time_to', time_to ?? 0];
  throw refuse(
    parameter,
    `${formatMinutes(time)} is ${isLate ? 'after the last' : 'before the first'} value of ${name}; they go from ${formatMinutes(first)} to ${formatMinutes(last)}`,
    [`Choose ${parameter} within these times, in seconds.`],
  );
}

/** Nothing can be found by what never changes. */
function checkReference(reference: Reference, parameter: 'field' | 'intervals'): Reference {
  const { name, values, seconds, unit } = reference;
  const [first] = values;
  if (first === undefined)
    throw refuse(parameter, `${name} has no value in the time that is searched`, [
      'Choose another time_from and time_to.',
    ]);
  if (values.some((value) => value !== first)) return reference;
  const shown = `${String(first)}${unit === undefined ? '' : ` ${unit}`}`;
  const from = formatMinutes(seconds[0] ?? 0);
  const to = formatMinutes(seconds.at(-1) ?? 0);
  throw refuse(
    parameter,
    `${name} is ${shown} in all of its ${countOf(values.length, 'value')} from ${from} to ${to}: nothing can be found by what never changes`,
    ['Use a recording, or a stretch of time, in which it changes.'],
  );
}

function refuse(parameter: string, problem: string, actions: readonly string[]): CtsError {
  return new CtsError('INVALID_PARAMETER', `Parameter '${parameter}': ${problem}`, {
    details: { parameter },
    actions,
  });
}
