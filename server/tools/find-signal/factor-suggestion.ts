/** A round number near a fitted factor. */
export interface FactorSuggestion {
  /** In the unit of the reference. */
  readonly factor: number;
  /** As people would say it: `0.01 km/h`. */
  readonly text: string;
}

/** Digits of factors that people choose. */
const ROUND = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8];
/** A fit is off by more than this where it is another number. */
const NEAR = 0.0025;

/** Units that carmakers may have meant, by the unit of the reference: how many of it one is. */
const UNITS: Readonly<Record<string, readonly (readonly [unit: string, size: number])[]>> = {
  'm/s': [
    ['km/h', 1 / 3.6],
    ['m/s', 1],
    ['mph', 0.44704],
  ],
  rad: [
    ['rad', 1],
    ['deg', Math.PI / 180],
  ],
  'rad/s': [
    ['rad/s', 1],
    ['deg/s', Math.PI / 180],
  ],
};

/** Finds the round factor that a fitted one may stand for; undefined where there is none within a quarter of a percent. */
export function suggestFactor(factor: number, unit: string | undefined): FactorSuggestion | undefined {
  if (factor === 0 || !Number.isFinite(factor)) return undefined;
  const units = UNITS[unit ?? ''] ?? [[unit ?? '', 1] as const];
  const found = units.flatMap(([name, size]) => {
    const round = findRound(Math.abs(factor) / size);
    return round === undefined ? [] : [{ name, size, round, off: Math.abs(round * size - Math.abs(factor)) }];
  });
  const [best] = found.sort((a, b) => a.off - b.off);
  if (best === undefined) return undefined;
  const value = Math.sign(factor) * best.round;
  return { factor: value * best.size, text: `${String(value)} ${best.name}`.trim() };
}

function findRound(value: number): number | undefined {
  const decade = 10 ** Math.floor(Math.log10(value));
  const decimal = [...ROUND, 10].map((digits) => Number((digits * decade).toPrecision(4)));
  const binary = 2 ** Math.round(Math.log2(value));
  const choices = binary < 0.6 && binary > 1e-6 ? [...decimal, binary] : decimal;
  return choices
    .filter((choice) => Math.abs(choice - value) <= NEAR * value)
    .sort((a, b) => Math.abs(a - value) - Math.abs(b - value))[0];
}
