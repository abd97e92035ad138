import type { ChartPanel, TimeChart } from '#protocol';
import { type ChartFrame, layOutChart } from './chart-frame.ts';
import { drawLanes, drawTimeAxis } from './chart-lanes-svg.ts';
import { drawPanel, headPanel } from './chart-panel-svg.ts';
import { describeLanes, describePanel } from './chart-words.ts';
import { cleanText, Markup, markup } from './markup.ts';
import { drawShape } from './series-shape.ts';
import { choosePanelHeight, writeFluidDrawing } from './time-chart-svg.ts';

/** Writes a chart into a page: drawn as wide as the page, with its values for the script that reads it out. */
export function writeChart(chart: TimeChart): Markup {
  const frame = layOutChart(chart);
  const height = choosePanelHeight(chart.panels.length);
  const lanes =
    chart.lanes.length === 0
      ? undefined
      : markup`<div class="lanes">${writeFluidDrawing(drawLanes(chart.lanes, frame), describeLanes(chart.lanes))}</div>`;
  return markup`<figure class="chart g${frame.gutter}" aria-label="${chart.title}">
${chart.panels.map((panel) => writePanel(panel, frame, height))}${lanes}
<svg class="times" aria-hidden="true" width="100%" height="22">${drawTimeAxis(frame).content}</svg>
<script type="application/json">${writeJson(listValues(chart, frame))}</script>
</figure>`;
}

function writePanel(panel: ChartPanel, frame: ChartFrame, height: number): Markup {
  const keys = panel.series.map(
    ({ name, tone }) =>
      markup`<li><svg aria-hidden="true" width="10" height="10">${drawShape(tone)}</svg>${name}<span class="value"></span></li>`,
  );
  const heading = headPanel(panel);
  const title = heading === '' ? undefined : markup`<strong>${heading}</strong>`;
  const list = keys.length === 0 ? undefined : markup`<ul>${keys}</ul>`;
  return markup`<div class="panel"><div class="keys">${title}${list}</div>${writeFluidDrawing(drawPanel(panel, frame, height), describePanel(panel))}</div>`;
}

/** What the script reads out at a time. */
function listValues({ panels, lanes }: TimeChart, { from, to }: ChartFrame): unknown {
  return {
    from,
    to,
    panels: panels.map(({ title, unit, series }) => ({
      title,
      unit,
      series: series.map(({ name, seconds, values }) => ({
        name,
        seconds: seconds.map((at) => round(at, 7)),
        values: values.map((value) => (value === null ? null : round(value, 6))),
      })),
    })),
    lanes: lanes.map(({ label, spans }) => ({
      label,
      spans: spans.map((span) => [round(span.from, 7), round(span.to, 7), span.label ?? '']),
    })),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** JSON that cannot end the element it stands in. */
function writeJson(value: unknown): Markup {
  return new Markup(cleanText(JSON.stringify(value)).replaceAll('<', '\\u003c'));
}
