import type { ChartLane, ChartSpan, ChartTone, TimeChart } from '#protocol';
import { formatAddress } from '../../core/can/address-text.ts';
import { type BitTimeline, valueAfter } from '../../core/can/bits/bit-toggles.ts';
import { POST, PRE, WINDOW } from '../../core/can/csv/frame-segments.ts';
import type { TimeSpan } from '../../core/can/message-rows.ts';
import type { CandidateBit, MessageFindings } from '../../core/can/bits/window-bits.ts';
import type { BitGridMessage, ReportBitGrid } from '../../core/report/report.ts';
import { labelBit, type NamedBit } from './bit-words.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';

/** More lanes than that are no picture any more. */
const WATCHED_LANES = 16;
const CANDIDATE_LANES = 8;
const GRIDS = 12;
/** Spans that are nearer than this part of the chart cannot be told apart. */
const NEAREST = 1 / 1840;

/** Draws when the watched bits and the best candidates were set, under the window. */
export function drawBits(analysis: BitwatchAnalysis, ranked: readonly CandidateBit[]): TimeChart | undefined {
  const { span, windows, watched } = analysis;
  if (span === undefined || span.to === span.from) return undefined;
  const seen = watched.flatMap(({ message, bit, timeline }) =>
    message === undefined ? [] : [{ message, bit, timeline }],
  );
  const others = ranked.filter(
    ({ message, bit }) => !seen.some((each) => each.message === message && each.bit === bit),
  );
  const draw = (tone: ChartTone) => (bit: DrawnBit) => drawBit(analysis, bit, tone);
  const lanes = [
    { label: 'Window', tone: 'note' as const, spans: mergeSpans(windows, span) },
    ...seen.slice(0, WATCHED_LANES).map(draw('series1')),
    ...others.slice(0, CANDIDATE_LANES).map(draw('series3')),
  ];
  return { title: 'When the bits were set', ...span, panels: [], lanes };
}

type DrawnBit = Pick<CandidateBit, 'message' | 'bit' | 'timeline'>;

function drawBit(
  { table, span }: BitwatchAnalysis,
  { message, bit, timeline }: DrawnBit,
  tone: ChartTone,
): ChartLane {
  const { rows, arbitrationId, bus } = message;
  const first = table.seconds[rows[0] ?? 0] ?? 0;
  const last = table.seconds[rows.at(-1) ?? 0] ?? 0;
  const spans = listSetSpans(timeline, { from: first, to: last });
  return {
    label: labelBit({ arbitrationId, bus, bit }),
    tone,
    spans: mergeSpans(spans, span ?? { from: first, to: last }),
  };
}

/** When a bit was set, from the first to the last frame of its message. */
function listSetSpans(timeline: BitTimeline, { from, to }: TimeSpan): readonly TimeSpan[] {
  const spans: TimeSpan[] = [];
  let rise = timeline.initial === 1 ? from : undefined;
  timeline.seconds.forEach((time, change) => {
    if (valueAfter(timeline, change) === 1) rise = time;
    else if (rise !== undefined) {
      spans.push({ from: rise, to: time });
      rise = undefined;
    }
  });
  if (rise !== undefined) spans.push({ from: rise, to });
  return spans;
}

/** Makes one of spans that nobody could tell apart. */
function mergeSpans(spans: readonly TimeSpan[], { from, to }: TimeSpan): ChartSpan[] {
  const nearest = NEAREST * (to - from);
  const merged: ChartSpan[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.from - last.to < nearest)
      merged[merged.length - 1] = { ...last, to: span.to };
    else merged.push({ from: span.from, to: span.to });
  }
  return merged;
}

/** Shows how often the bits of the most telling messages toggled: those of candidates and of watched bits. */
export function drawGrids(analysis: BitwatchAnalysis, ranked: readonly CandidateBit[]): ReportBitGrid {
  const marked: readonly (NamedBit & { readonly message: MessageFindings })[] = [
    ...ranked.map(({ message, bit }) => ({ message, ...nameOf(message), bit })),
    ...analysis.watched.flatMap(({ message, bit }) =>
      message === undefined ? [] : [{ message, ...nameOf(message), bit }],
    ),
  ];
  const messages = [...new Set(marked.map(({ message }) => message))].slice(0, GRIDS);
  const grids = messages.map((message) => {
    const bits = marked.filter((each) => each.message === message).map(({ bit }) => bit);
    return drawGrid(message, [...new Set(bits)]);
  });
  return { kind: 'bits', stretches: ['before', 'in the window', 'after'], messages: grids };
}

function nameOf({ arbitrationId, bus }: MessageFindings): Pick<NamedBit, 'arbitrationId' | 'bus'> {
  return { arbitrationId, bus };
}

function drawGrid(message: MessageFindings, marked: readonly number[]): BitGridMessage {
  const { arbitrationId, bus, byteLength, toggles } = message;
  return {
    title: `${formatAddress(arbitrationId)} · bus ${String(bus)}`,
    byteLength,
    toggles: [PRE, WINDOW, POST].map((segment) => Array.from(toggles[segment] ?? [])),
    marked,
  };
}
