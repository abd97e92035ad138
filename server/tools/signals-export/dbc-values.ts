import type { DatabaseSignal } from '../../core/dbc/model/database.ts';
import type { SignalKind, SignalSource } from './signal-source.ts';

/** What the numbers of a DBC signal are. */
export function describeDbcValues(signal: DatabaseSignal): Pick<SignalSource, 'kind' | 'unit' | 'labels'> {
  return {
    kind: findKind(signal),
    unit: signal.unit === '' ? undefined : signal.unit,
    labels: signal.labels && scaleLabels(signal.labels, signal),
  };
}

/** Texts belong to raw values; columns hold physical ones. */
function scaleLabels(
  labels: ReadonlyMap<number, string>,
  { factor, offset }: DatabaseSignal,
): ReadonlyMap<number, string> {
  return new Map([...labels].map(([raw, label]) => [raw * factor + offset, label]));
}

function findKind({
  valueType = 'integer',
  length,
  isSigned,
  factor,
  offset,
  labels,
}: DatabaseSignal): SignalKind {
  if (valueType !== 'integer' || !Number.isInteger(factor) || !Number.isInteger(offset)) return 'float';
  if (length === 1 && !isSigned && factor === 1 && offset === 0 && labels === undefined) return 'boolean';
  const span = 2 ** length;
  const raw = isSigned ? [-span / 2, span / 2 - 1] : [0, span - 1];
  const ends = raw.map((each) => each * factor + offset);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  if (low >= -(2 ** 31) && high < 2 ** 31) return labels === undefined ? 'integer' : 'enum';
  if (low >= -(2 ** 63) && high < 2 ** 63) return 'long';
  return low >= 0 && high <= 2 ** 64 ? 'unsigned-long' : 'float';
}
