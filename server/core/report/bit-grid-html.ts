import { type Markup, markup } from './markup.ts';
import { formatNumber } from './number-text.ts';
import type { BitGridMessage, ReportBitGrid } from './report.ts';

/** Steps of heat, by the logarithm of the toggles. */
const HEAT_STEPS = 8;
const BITS = [7, 6, 5, 4, 3, 2, 1, 0] as const;

/** Writes how often bits toggled: per message one grid for every stretch of time, side by side. */
export function writeBitGrids({ stretches, messages }: ReportBitGrid): Markup {
  if (messages.length === 0) return markup`<p class="empty">No message to show.</p>`;
  const hasMarks = messages.some(({ marked }) => marked.length > 0);
  return markup`${writeLegend(hasMarks)}${messages.map((message) => writeMessage(message, stretches))}`;
}

function writeLegend(hasMarks: boolean): Markup {
  const steps = Array.from(
    { length: HEAT_STEPS },
    (_, i) => markup`<span class="swatch heat${i + 1}"></span>`,
  );
  const mark = hasMarks ? markup`<span><span class="swatch marked"></span> stands out</span>` : undefined;
  return markup`<p class="legend"><span><span class="swatch never"></span> never toggled</span><span>few ${steps} many toggles, on a logarithmic scale per message</span>${mark}</p>
<p class="small">Columns: bit 7 to 0 of the byte (LSB, as DBC counts), below it 0 to 7 from the left (MSB). Rows: byte, and what its first bit adds to the number of a bit: bit 3 of byte B5 (+40) is bit 43, MSB B5b4.</p>`;
}

function writeMessage(message: BitGridMessage, stretches: readonly string[]): Markup {
  const most = Math.max(1, ...message.toggles.flat());
  const marked = new Set(message.marked);
  const grids = stretches.map((stretch, i) =>
    writeGrid({ message, stretch, toggles: message.toggles[i] ?? [], most, marked }),
  );
  return markup`<div class="bits-of"><h3>${message.title}</h3><div class="grids">${grids}</div></div>`;
}

interface Grid {
  readonly message: BitGridMessage;
  readonly stretch: string;
  readonly toggles: readonly number[];
  readonly most: number;
  readonly marked: ReadonlySet<number>;
}

function writeGrid(grid: Grid): Markup {
  const rows = Array.from({ length: grid.message.byteLength }, (_, byte) => writeByte(grid, byte));
  return markup`<div class="scroll"><table class="bits"><caption>${grid.stretch}<span class="unseen">: toggles of the bits of ${grid.message.title}</span></caption><thead><tr><td></td>${BITS.map(
    (bit) => markup`<th scope="col">${bit}<span class="msb"> ${7 - bit}</span></th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function writeByte(grid: Grid, byte: number): Markup {
  return markup`<tr><th scope="row">B${byte}<span class="msb"> +${8 * byte}</span></th>${BITS.map((bit) => writeBit(grid, byte, bit))}</tr>`;
}

function writeBit({ toggles, most, marked }: Grid, byte: number, bit: number): Markup {
  const index = 8 * byte + bit;
  const count = toggles[index] ?? 0;
  const mark = marked.has(index) ? ' marked' : '';
  const words = `Bit ${String(index)}, MSB B${String(byte)}b${String(7 - bit)}: ${formatNumber(count)} ${count === 1 ? 'toggle' : 'toggles'}`;
  const heat = count > 0 ? `heat${String(findHeat(count, most))}` : 'never';
  return markup`<td class="${heat}${mark}" title="${words}">${count > 0 ? shortenCount(count) : ''}</td>`;
}

function findHeat(count: number, most: number): number {
  if (most <= 1) return HEAT_STEPS;
  return 1 + Math.round(((HEAT_STEPS - 1) * Math.log(count)) / Math.log(most));
}

/** At most four signs. */
function shortenCount(count: number): string {
  if (count < 10_000) return String(count);
  if (count < 1e6) return `${String(Math.floor(count / 1000))}k`;
  return `${String(Math.floor(count / 1e6))}M`;
}
