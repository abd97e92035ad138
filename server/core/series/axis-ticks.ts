/** Where an axis is labelled, and how. */
export interface AxisTick {
  readonly at: number;
  readonly label: string;
}

/** Steps of a time axis from a second on, in seconds. */
const TIME_STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 36_000, 86_400];

/**
 * Ticks of a value axis: steps of 1, 2 or 5 times a power of ten, at most `most` of them.
 *
 * @param most At least 1.
 */
export function listValueTicks(low: number, high: number, most: number): AxisTick[] {
  const step = findValueStep(high - low, most);
  if (!Number.isFinite(step) || step <= 0) return [];
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks: AxisTick[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i <= high / step + 1e-9; i++) {
    ticks.push({ at: i * step, label: labelValue(i * step, decimals) });
    if (ticks.length > most) break;
  }
  return ticks;
}

/** The smallest of the steps of a time axis that gives at most `most` ticks, and is a multiple of `of`. */
export function findTimeStep(length: number, most: number, of = 0): number {
  const wanted = length / most;
  const isMultiple = (step: number): boolean =>
    of === 0 || Math.abs(step / of - Math.round(step / of)) < 1e-6;
  if (wanted < 1) {
    for (const step of [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5])
      if (step >= wanted && isMultiple(step)) return step;
  }
  for (const step of TIME_STEPS) if (step >= wanted && isMultiple(step)) return step;
  return 86_400 * Math.ceil(wanted / 86_400);
}

/** Ticks of a time axis at the multiples of a step of `findTimeStep`, written `m:ss`. */
export function listTimeTicks(from: number, to: number, step: number): AxisTick[] {
  const decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3;
  const ticks: AxisTick[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i <= to / step + 1e-9; i++) {
    ticks.push({ at: i * step, label: formatClock(i * step, decimals) });
  }
  return ticks;
}

/**
 * Writes a time as `m:ss`, with decimals behind it; with a real minus before second 0.
 *
 * @param decimals 0 to 6.
 */
export function formatClock(seconds: number, decimals: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const unit = 10 ** decimals;
  const units = Math.round(Math.abs(seconds) * unit);
  const minutes = Math.floor(units / (60 * unit));
  const rest = ((units - minutes * 60 * unit) / unit).toFixed(decimals);
  const sign = seconds < 0 && units > 0 ? '−' : '';
  return `${sign}${String(minutes)}:${rest.padStart(decimals === 0 ? 2 : decimals + 3, '0')}`;
}

function findValueStep(range: number, most: number): number {
  const wanted = range / most;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= wanted * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function labelValue(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (size === 0 && decimals > 6) return '0';
  if (size >= 1e7 || decimals > 6) return value.toExponential().replace('e+', 'e').replaceAll('-', '−');
  const text = size.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))(?<!\..*)/g, '\u202f');
  return value < 0 && Number(size.toFixed(decimals)) > 0 ? `−${text}` : text;
}
