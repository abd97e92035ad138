import type { ChartPanel, TimeChart } from '#protocol';
import { type ChartFrame, layOutChart } from './chart-frame.ts';
import { drawLanes, drawTimeAxis } from './chart-lanes-svg.ts';
import { type Drawing, drawPanel, headPanel } from './chart-panel-svg.ts';
import { CHART_STYLE } from './chart-style.ts';
import { describeLanes, describePanel } from './chart-words.ts';
import { CHART_WIDTHS } from './label-room.ts';
import { HATCH } from './hatch.ts';
import { Markup, markup } from './markup.ts';
import { drawShape } from './series-shape.ts';
import { estimateTextWidth } from './text-width.ts';

/** How a chart that stands alone is drawn. */
export interface ChartDrawingOptions {
  /** Said to those who do not see the drawing, below its title. Default: what its panels and lanes show. */
  readonly description?: string;
}

const WIDTH = CHART_WIDTHS[CHART_WIDTHS.length - 1]!;
const MARGIN = 16;
const TITLE_PX = 28;
const LEGEND_PX = 20;
const LEGEND_AIR = 26;
const PANEL_AIR = 8;

/** Heights of panels by their number: one chart is large, several share the screen. */
export function choosePanelHeight(panels: number): number {
  if (panels === 1) return 190;
  return panels === 2 ? 150 : 116;
}

/** Draws a chart as an SVG file that needs nothing else: its own style, for light and dark surroundings. */
export function drawTimeChart(chart: TimeChart, options: ChartDrawingOptions = {}): string {
  const frame = layOutChart(chart);
  const stack = new DrawingStack(frame.gutter);
  const height = choosePanelHeight(chart.panels.length);
  stack.addText(chart.title);
  for (const panel of chart.panels) {
    stack.addLegend(panel);
    stack.add(drawPanel(panel, frame, height));
  }
  if (chart.lanes.length > 0) stack.add(drawLanes(chart.lanes, frame));
  stack.add(drawTimeAxis(frame));
  return writeFile(chart, stack, options.description ?? describeChart(chart));
}

/** Says what a chart shows. */
function describeChart({ panels, lanes }: TimeChart): string {
  return [...panels.map(describePanel), ...(lanes.length > 0 ? [describeLanes(lanes)] : [])].join('. ');
}

/** Draws what is given, as wide as there is room: for pages. */
export function writeFluidDrawing({ content, height }: Drawing, description: string): Markup {
  return markup`<svg role="img" aria-label="${description}" width="100%" height="${height}">${content}</svg>`;
}

function writeFile(chart: TimeChart, stack: DrawingStack, description: string): string {
  const [width, height] = [WIDTH + 2 * MARGIN, stack.height + MARGIN];
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${chart.title}</title>
<desc id="description">${description}</desc>
<style>${new Markup(CHART_STYLE)}</style>
<defs>${HATCH}</defs>
<rect class="paper" width="100%" height="100%"/>
${stack.drawings}</svg>
`.text;
}

/** Drawings below each other. */
class DrawingStack {
  readonly drawings: Markup[] = [];
  height = MARGIN;
  readonly #gutter: number;

  constructor(gutter: ChartFrame['gutter']) {
    this.#gutter = gutter;
  }

  add({ content, height }: Drawing): void {
    const left = MARGIN + this.#gutter;
    this.drawings.push(
      markup`<svg x="${left}" y="${this.height}" width="${WIDTH - this.#gutter}" height="${height}" overflow="visible">${content}</svg>\n`,
    );
    this.height += height + PANEL_AIR;
  }

  addText(text: string): void {
    if (text === '') return;
    this.drawings.push(markup`<text class="title" x="${MARGIN}" y="${this.height + 13}">${text}</text>\n`);
    this.height += TITLE_PX;
  }

  /** Title, shapes and names of a panel, in as many lines as they need. */
  addLegend(panel: ChartPanel): void {
    const { series } = panel;
    const title = headPanel(panel);
    let x = MARGIN + this.#gutter;
    const write = (name: string, shape?: Markup): void => {
      const room = estimateTextWidth(name) + LEGEND_AIR;
      if (x > MARGIN + this.#gutter && x + room > MARGIN + WIDTH) {
        x = MARGIN + this.#gutter;
        this.height += LEGEND_PX;
      }
      const symbol =
        shape && markup`<g transform="translate(${Math.round(x)} ${this.height + 1})">${shape}</g>`;
      this.drawings.push(
        markup`${symbol}<text x="${Math.round(x) + (shape === undefined ? 0 : 15)}" y="${this.height + 10}">${name}</text>\n`,
      );
      x += room;
    };
    if (title !== '') write(title);
    for (const { name, tone } of series) write(name, drawShape(tone));
    if (title !== '' || series.length > 0) this.height += LEGEND_PX;
  }
}
