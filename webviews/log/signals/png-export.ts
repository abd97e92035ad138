import { outlineOf } from '../../shared/chart/series-shapes.ts';
import { PLOT_SIDES } from '../../shared/chart/time-chart.ts';
import { formatTime } from '../../shared/time-text.ts';
import { placeTicks } from '../../shared/time-ticks.ts';
import type { ChartStack } from './chart-stack.ts';
import { describeValue, nameUnit, unitOf } from './series-texts.ts';
import type { ChartPlan } from './signals-plan.ts';
import { placeInPlot, type SignalsView } from './signals-view.ts';

const HEAD = 26;
const AXIS = 24;
const MARGIN = 8;

interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly view: SignalsView;
  readonly width: number;
}

/** Draws all charts, also those that are scrolled away, on one picture; its bytes as PNG. */
export async function drawPicture(stack: ChartStack, view: SignalsView, title: string): Promise<Uint8Array> {
  const plots = stack.panes.map(({ chart }) => chart.canvas);
  const lanes = stack.lanes.element.hidden ? [] : [stack.lanes.lanes.canvas];
  const canvases = [...plots, ...lanes];
  const width = Math.max(...canvases.map(({ clientWidth }) => clientWidth));
  const height =
    MARGIN + HEAD + AXIS + canvases.reduce((sum, each) => sum + HEAD + each.clientHeight, 0) + MARGIN;
  const { canvas, context } = makeSheet(width, height, view);
  const sheet = { context, view, width };
  let top = MARGIN;
  write(sheet, { text: title, x: PLOT_SIDES.left, y: top + 17, colour: view.colours.text });
  top += HEAD;
  for (const [place, plot] of canvases.entries()) {
    const chart = view.plan.charts[place];
    if (chart !== undefined && place < plots.length) drawHead(sheet, chart, top);
    else write(sheet, { text: 'States', x: PLOT_SIDES.left, y: top + 17, colour: view.colours.quiet });
    top += HEAD;
    context.drawImage(plot, 0, top, plot.clientWidth, plot.clientHeight);
    drawCursor(sheet, top, plot.clientHeight);
    top += plot.clientHeight;
  }
  drawAxis(sheet, top);
  return toPng(canvas);
}

function makeSheet(width: number, height: number, { colours }: SignalsView) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This page cannot draw pictures.');
  context.scale(devicePixelRatio, devicePixelRatio);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, width, height);
  return { canvas, context };
}

interface Words {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly align?: CanvasTextAlign;
  readonly isBold?: boolean;
}

/** Writes words; how wide they are. */
function write(
  { context, view }: Sheet,
  { text, x, y, colour, align = 'left', isBold = false }: Words,
): number {
  context.font = `${isBold ? '600 ' : ''}12px ${view.colours.font}`;
  context.fillStyle = colour;
  context.textAlign = align;
  context.fillText(text, x, y);
  return context.measureText(text).width;
}

function drawHead(sheet: Sheet, { series }: ChartPlan, top: number): void {
  const { context, view } = sheet;
  const { colours, feed, nameOf } = view;
  const y = top + 17;
  const seen = series.filter(({ isHidden }) => !isHidden);
  const unit = nameUnit(unitOf(seen.map(({ key }) => feed.infoOf(key)).find((info) => info !== undefined)));
  write(sheet, { text: unit, x: PLOT_SIDES.left - 8, y, colour: colours.quiet, align: 'right' });
  let x: number = PLOT_SIDES.left + 8;
  for (const { key, colour } of seen) {
    context.save();
    context.translate(x + 5, y - 4);
    context.fillStyle = colours.series[colour] ?? colours.text;
    context.fill(new Path2D(outlineOf(colour)));
    context.restore();
    x += 16;
    x += 6 + write(sheet, { text: nameOf(key), x, y, colour: colours.quiet });
    const value = describeValue(feed.infoOf(key), feed.valueOf(key));
    x += 16 + write(sheet, { text: value, x, y, colour: colours.text, isBold: true });
  }
}

function drawCursor({ context, view, width }: Sheet, top: number, height: number): void {
  const x = placeInPlot(view.cursor, view.range, width);
  if (x === null) return;
  context.fillStyle = view.colours.text;
  context.fillRect(Math.round(x), top, 1, height);
}

function drawAxis(sheet: Sheet, top: number): void {
  const { view, width } = sheet;
  const { range, colours, cursor } = view;
  const at = placeInPlot(cursor, range, width);
  const pixels = width - PLOT_SIDES.left - PLOT_SIDES.right;
  for (const { seconds, label } of placeTicks(range, { pixels })) {
    const x = placeInPlot(seconds, range, width);
    if (x === null || (at !== null && Math.abs(x - at) < 48)) continue;
    const align = x > width - PLOT_SIDES.right - 16 ? 'right' : 'center';
    write(sheet, { text: label, x, y: top + 16, colour: colours.quiet, align });
  }
  if (at !== null)
    write(sheet, {
      text: formatTime(cursor),
      x: at,
      y: top + 16,
      colour: colours.text,
      align: 'center',
      isBold: true,
    });
}

async function toPng(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob === null) throw new Error('The picture is too large to be drawn.');
  return new Uint8Array(await blob.arrayBuffer());
}
