import * as z from 'zod';
import type { Wire } from './wire.ts';

const seconds = z.number().describe('Seconds after second 0 of the log');

/** A stretch of time that is marked in a chart. */
export const ChartSpan = z
  .strictObject({
    from: seconds,
    to: seconds,
    label: z.string().exactOptional().describe('Written into the span where it fits, else shown on demand'),
  })
  .meta({ id: 'ChartSpan' });

/** A stretch of time that is marked in a chart. */
export type ChartSpan = Wire<typeof ChartSpan>;

/** What a colour stands for; the words beside it say it as well. */
export const ChartTone = z
  .enum(['series1', 'series2', 'series3', 'series4', 'series5', 'series6', 'ok', 'warning', 'error', 'note'])
  .meta({ id: 'ChartTone' });

/** What a colour stands for; the words beside it say it as well. */
export type ChartTone = Wire<typeof ChartTone>;

/** A line: points in the order of time, decimated to what can be seen. */
export const ChartSeries = z
  .strictObject({
    name: z.string(),
    tone: ChartTone,
    isStepped: z.boolean().describe('Whether a value holds until the next point'),
    seconds: z.array(seconds),
    values: z.array(z.number().nullable()).describe('One per point; null: a gap, no line goes through'),
  })
  .meta({ id: 'ChartSeries' });

/** A line: points in the order of time, decimated to what can be seen. */
export type ChartSeries = Wire<typeof ChartSeries>;

/** Lines that share an axis of values. */
export const ChartPanel = z
  .strictObject({
    title: z.string(),
    unit: z.string().describe('Empty for numbers without one'),
    series: z.array(ChartSeries),
    bands: z.array(
      z.strictObject({ from: z.number(), to: z.number(), label: z.string() }).describe('A range of values'),
    ),
    spans: z
      .array(z.strictObject({ ...ChartSpan.shape, low: z.number(), high: z.number(), tone: ChartTone }))
      .describe('Stretches of time within a range of values'),
    marks: z.array(
      z
        .strictObject({ at: seconds, value: z.number(), label: z.string(), tone: ChartTone })
        .describe('Events'),
    ),
  })
  .meta({ id: 'ChartPanel' });

/** Lines that share an axis of values. */
export type ChartPanel = Wire<typeof ChartPanel>;

/** A row of spans: when a state held. */
export const ChartLane = z
  .strictObject({ label: z.string(), tone: ChartTone, spans: z.array(ChartSpan) })
  .meta({ id: 'ChartLane' });

/** A row of spans: when a state held. */
export type ChartLane = Wire<typeof ChartLane>;

/** Panels and lanes over one axis of time: what reports draw and editors show. */
export const TimeChart = z
  .strictObject({
    title: z.string(),
    from: seconds,
    to: seconds,
    panels: z.array(ChartPanel),
    lanes: z.array(ChartLane),
  })
  .meta({ id: 'TimeChart' });

/** Panels and lanes over one axis of time: what reports draw and editors show. */
export type TimeChart = Wire<typeof TimeChart>;
