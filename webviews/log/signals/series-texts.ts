import type { SeriesInfo } from '#protocol';
import {
  formatCount,
  formatFixed,
  formatRate,
  formatValue,
  formatWithUnit,
  NO_VALUE,
} from '../../shared/number-text.ts';

/** A value at the cursor. */
export interface ReadValue {
  readonly value: number | null;
  readonly label: string | null;
}

/** A measured value at three or four digits; decimals stay where they are, so that it does not jump while time goes on. */
export function formatReading(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e12) return formatCount(value);
  if (size < 0.1) return formatValue(Number(value.toPrecision(3)));
  if (size >= 1e6) return formatValue(value);
  return formatFixed(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3);
}

/** A value as it stands beside its name: the text of a state, else the number. */
export function describeValue(info: SeriesInfo | undefined, read: ReadValue | undefined): string {
  if (read === undefined || read.value === null) return NO_VALUE;
  if (info?.kind === 'boolean') return read.value === 0 ? 'false' : 'true';
  if (read.label !== null) return spaceWords(read.label);
  return formatReading(read.value);
}

/** The unit of an axis; series whose units are written in different ways share one all the same. */
export function unitOf(info: SeriesInfo | undefined): string {
  const unit = (info?.unit ?? '').trim();
  return unit.replace(/\^?2$|\*\*2$/, '²').replace(/^(?:degrees?|°)$/i, 'deg');
}

/** The unit of an axis, or what stands for none. */
export function nameUnit(unit: string): string {
  return unit === '' ? 'raw' : unit;
}

/** The text of a value of a state; what the log does not name is its number. */
export function nameState(info: SeriesInfo | undefined, value: number): string {
  if (info?.kind === 'boolean') return value === 0 ? '' : 'true';
  const label = info?.labels.find((each) => each.value === value)?.label;
  if (label === undefined) return formatReading(value);
  return info?.origin === 'signal' && value !== 0
    ? `${formatReading(value)} ${spaceWords(label)}`
    : spaceWords(label);
}

const REST_WORDS = /^(?:off|none|no|false|disabled|inactive|unknown|not[ _]active)$/i;

/** Whether a state holds nothing: false, off, none. */
export function isRest(info: SeriesInfo | undefined, value: number): boolean {
  const label = info?.labels.find((each) => each.value === value)?.label;
  if (label === undefined) return value === 0;
  return REST_WORDS.test(label);
}

/** What is known of a series besides its name: "PCM_CRUISE 0x1D2 · bus 0 · 33 Hz". */
export function describeSource({ source, bus, rateHz, unit }: SeriesInfo): string {
  const parts = [
    source,
    ...(bus === null ? [] : [`bus ${String(bus)}`]),
    ...(rateHz === null ? [] : [formatWithUnit(formatRate(rateHz), 'Hz')]),
    ...(unit === '' ? [] : [unit]),
  ];
  return parts.join(' · ');
}

/** Names of series that are shown together: those of the same name are told apart by message and bus. */
export function nameSeries(infos: readonly SeriesInfo[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { label } of infos) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map(
    infos.map((info) => [info.key, (counts.get(info.label) ?? 0) > 1 ? nameApart(info) : info.label]),
  );
}

/** The last part of a name, where there is little room. */
export function shortenName(name: string): string {
  const parts = name.split('.');
  return parts.at(-1) ?? name;
}

function nameApart({ label, source, bus, origin }: SeriesInfo): string {
  if (origin === 'field') return label;
  return `${String(bus)}:${messageOf(source)}.${label}`;
}

/** The message of a signal, without its id. */
export function messageOf(source: string): string {
  return source.replace(/ 0x[0-9A-Fa-f]+$/, '');
}

function spaceWords(label: string): string {
  return label.replaceAll('_', ' ');
}
