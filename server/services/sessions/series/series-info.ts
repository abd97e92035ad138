import type { SeriesInfo } from '#protocol';
import { formatAddress } from '../../../core/can/address-text.ts';
import { createNumberWriter, type WriteNumber } from '../../../core/dbc/lines/number-text.ts';
import type { DatabaseSignal } from '../../../core/dbc/model/database.ts';
import type { FieldPath } from '../../../core/schema/field-path.ts';
import type { SeriesSamples } from '../../../core/series/series-samples.ts';

type SeriesKind = SeriesInfo['kind'];

/** Longer integers with texts of values are numbers with a few special ones. */
const LONGEST_STATE_BITS = 8;
/** Integers of so many bits have at most 16 values. */
const STEP_BITS = 4;

/** A signal as a series. */
export interface SignalOfMessage {
  readonly key: string;
  readonly bus: number;
  readonly arbitrationId: number;
  readonly messageName: string;
  readonly signal: DatabaseSignal;
  readonly rateHz: number | null;
}

/** Describes a signal; how it is drawn is told by its samples where they are there, else by its definition. */
export function describeSignal(place: SignalOfMessage, samples?: SeriesSamples): SeriesInfo {
  const { key, bus, arbitrationId, messageName, signal, rateHz } = place;
  return {
    key,
    label: signal.name,
    source: `${messageName} ${formatAddress(arbitrationId)}`,
    origin: 'signal',
    bus,
    rateHz,
    unit: signal.unit,
    kind: findSignalKind(signal, samples),
    labels: Array.from(signal.labels ?? [], ([raw, label]) => ({
      value: raw * signal.factor + signal.offset,
      label,
    })),
  };
}

function findSignalKind(signal: DatabaseSignal, samples: SeriesSamples | undefined): SeriesKind {
  const { length, labels, unit, factor, offset, valueType = 'integer' } = signal;
  const isInteger = valueType === 'integer';
  if (isInteger && length <= LONGEST_STATE_BITS && unit === '' && (labels?.size ?? 0) > 0) return 'enum';
  if (isInteger && length === 1 && factor === 1 && offset === 0) return 'boolean';
  if (samples !== undefined) return findNumberKind(samples);
  const isWhole = isInteger && Number.isInteger(factor) && Number.isInteger(offset);
  return isWhole && length <= STEP_BITS ? 'steps' : 'number';
}

/** Describes a field of a service. */
export function describeField(
  { key, path, service, rateHz }: FieldOfService,
  samples?: SeriesSamples,
): SeriesInfo {
  return {
    key,
    label: path.text,
    source: service,
    origin: 'field',
    bus: null,
    rateHz,
    unit: path.unit ?? '',
    kind: findFieldKind(path, samples),
    labels: (path.labels ?? []).map((label, value) => ({ value, label })),
  };
}

/** A field as a series. */
export interface FieldOfService {
  readonly key: string;
  readonly path: FieldPath;
  readonly service: string;
  readonly rateHz: number | null;
}

function findFieldKind(path: FieldPath, samples: SeriesSamples | undefined): SeriesKind {
  const kind = readKind(path);
  if (kind === 'enum') return 'enum';
  if (kind === 'bool') return 'boolean';
  return samples === undefined ? 'number' : findNumberKind(samples);
}

function readKind({ end }: FieldPath): string {
  if (end.kind === 'field') return end.field.type.kind;
  return end.kind === 'element' ? end.type.kind : end.kind;
}

function findNumberKind({ looksStepped }: SeriesSamples): SeriesKind {
  return looksStepped ? 'steps' : 'number';
}

/** How values of a signal are written. */
export function createSignalWriter(signal: DatabaseSignal): WriteNumber {
  return createNumberWriter(signal);
}

/** How values of a field are written: floats of 32 bits by as many digits as they have. */
export function createFieldWriter(path: FieldPath): WriteNumber {
  return readKind(path) === 'float32' ? writeFloat32 : String;
}

function writeFloat32(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
