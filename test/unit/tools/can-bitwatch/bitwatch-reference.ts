/** One row of the CSV; times are multiples of 1/8 s, so that their text is plain. */
export interface ReferenceRow {
  readonly segment: 'pre' | 'window' | 'post';
  readonly seconds: number;
  readonly address: number;
  readonly bus: number;
  readonly payload: readonly number[];
}

export interface ReferenceWatch {
  readonly address: number;
  readonly bit: number;
}

/** What can-bitwatch must write, by the suffix of the file, computed row by row and bit by bit as the rules are stated. */
export function computeReference(
  rows: readonly ReferenceRow[],
  watches: readonly ReferenceWatch[],
): Readonly<Record<string, string>> {
  const sorted = rows.map((row, index) => ({ ...row, index }));
  sorted.sort((a, b) => a.seconds - b.seconds || a.index - b.index);
  const inWindow = sorted.filter(({ segment }) => segment === 'window');
  const start = (inWindow[0] ?? sorted[0])?.seconds ?? 0;
  const end = (inWindow.at(-1) ?? sorted.at(-1))?.seconds ?? 0;
  const { toggles, edges } = replay(sorted, watches, start);
  const candidates = [...toggles].filter(([, changes]) =>
    changes.every(({ seconds }) => segmentOfTime(rows, seconds) === 'window'),
  );
  return {
    counts: table('address,pre,window,post,delta,bus', countRows(rows)),
    per_address: JSON.stringify(countPayloads(rows), undefined, 2),
    bit_edges: table('address,byte,msb_bit,lsb_bit,global_idx,timestamp,rel,edge,segment,bus', edges),
    candidates_window_only: table(
      'address,global_idx,toggles,bus',
      candidates.map(([key, changes]) => {
        const { address, bus, bit } = split(key);
        return [hex(address), bit, changes.length, bus];
      }),
    ),
    accel_hunt: table(
      'address,global_idx,pulses,valid_three_2s,bus',
      candidates.map(([key, changes]) => {
        const { address, bus, bit } = split(key);
        const pulses = hunt(changes, start, end);
        const isValid = pulses.length === 3 && pulses.every((pulse) => pulse >= 1.5 && pulse <= 2.5);
        const list = `[${pulses.map(python).join(', ')}]`;
        return [hex(address), bit, list.includes(',') ? `"${list}"` : list, isValid ? 'True' : 'False', bus];
      }),
    ),
  };
}

interface Change {
  readonly seconds: number;
  readonly value: boolean;
}

function replay(
  sorted: readonly ReferenceRow[],
  watches: readonly ReferenceWatch[],
  start: number,
): { toggles: Map<string, Change[]>; edges: (string | number)[][] } {
  const last = new Map<string, readonly number[]>();
  const toggles = new Map<string, Change[]>();
  const edges: (string | number)[][] = [];
  for (const { address, bus, payload, seconds, segment } of sorted) {
    const before = last.get(`${String(bus)}:${String(address)}`);
    last.set(`${String(bus)}:${String(address)}`, payload);
    if (before === undefined) continue;
    for (let bit = 0; bit < 64; bit++) {
      if (bitOf(before, bit) === bitOf(payload, bit)) continue;
      const key = `${String(bus)}:${String(address)}:${String(bit)}`;
      toggles.set(key, [...(toggles.get(key) ?? []), { seconds, value: bitOf(payload, bit) }]);
    }
    for (const watch of watches) {
      const { bit } = watch;
      if (watch.address !== address || bitOf(before, bit) === bitOf(payload, bit)) continue;
      const [byte, lsb] = [Math.floor(bit / 8), bit % 8];
      const edge = bitOf(payload, bit) ? '0->1' : '1->0';
      const rel = minutes(Math.max(0, seconds - start));
      edges.push([hex(address), byte, 7 - lsb, lsb, bit, python(seconds), rel, edge, segment, bus]);
    }
  }
  return { toggles, edges };
}

function hunt(changes: readonly Change[], start: number, end: number): number[] {
  let state = changes.filter(({ seconds }) => seconds <= start).at(-1)?.value ?? false;
  let rise: number | undefined;
  const pulses: number[] = [];
  for (const { seconds, value } of changes) {
    if (seconds < start) continue;
    if (seconds > end) break;
    if (!state && value) rise = seconds;
    if (state && !value && rise !== undefined) {
      pulses.push(seconds - rise);
      rise = undefined;
    }
    state = value;
  }
  if (state && rise !== undefined && end > start) pulses.push(end - rise);
  return pulses;
}

/** The last of all pairs of time and segment up to the time; segments of one time stand in the order of the alphabet. */
function segmentOfTime(rows: readonly ReferenceRow[], seconds: number): string | undefined {
  const pairs = rows.filter((row) => row.seconds <= seconds);
  pairs.sort((a, b) => a.seconds - b.seconds || (a.segment < b.segment ? -1 : Number(a.segment > b.segment)));
  return pairs.at(-1)?.segment;
}

function countRows(rows: readonly ReferenceRow[]): (string | number)[][] {
  const keys = [...new Set(rows.map(({ address, bus }) => 256 * address + bus))].sort((a, b) => a - b);
  return keys.map((key) => {
    const own = rows.filter(({ address, bus }) => 256 * address + bus === key);
    const count = (name: string): number => own.filter(({ segment }) => segment === name).length;
    const [pre, window, post] = [count('pre'), count('window'), count('post')];
    return [hex(Math.floor(key / 256)), pre, window, post, window - Math.max(pre, post), key % 256];
  });
}

function countPayloads(rows: readonly ReferenceRow[]): Record<string, unknown> {
  const counts: Record<string, Record<string, Map<string, number>>> = {};
  for (const { address, bus, segment, payload } of rows) {
    const ofMessage = (counts[`${String(bus)}:${hex(address)}`] ??= {});
    const ofSegment = (ofMessage[segment] ??= new Map<string, number>());
    const text = Buffer.from(payload).toString('hex').toUpperCase();
    ofSegment.set(text, (ofSegment.get(text) ?? 0) + 1);
  }
  return mapValues(counts, (segments) =>
    mapValues(segments, (payloads) => ({
      unique_payloads: payloads.size,
      top_payloads: [...payloads].sort((a, b) => b[1] - a[1]).slice(0, 5),
    })),
  );
}

function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}

const bitOf = (payload: readonly number[], bit: number): boolean =>
  (((payload[Math.floor(bit / 8)] ?? 0) >> (bit % 8)) & 1) === 1;
const hex = (address: number): string => `0x${address.toString(16).toUpperCase().padStart(3, '0')}`;
const python = (value: number): string => (Number.isInteger(value) ? `${String(value)}.0` : String(value));
const table = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  [header, ...rows.map((row) => row.join(',')), ''].join('\r\n');

function minutes(seconds: number): string {
  const rest = (seconds % 60).toFixed(3).padStart(6, '0');
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${rest}`;
}

function split(key: string): { readonly bus: number; readonly address: number; readonly bit: number } {
  const [bus = 0, address = 0, bit = 0] = key.split(':').map(Number);
  return { bus, address, bit };
}
