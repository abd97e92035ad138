import type { ChartLane, ChartPanel, ChartSeries, TimeChart } from '#protocol';
import type { FrameTable } from '../../core/can/frame-table.ts';
import type { Candidate } from '../../core/field-search/candidate-fit.ts';
import { readFieldValues } from '../../core/field-search/message-samples.ts';
import type { Reference } from '../../core/field-search/reference.ts';
import { createSeries } from '../../core/series/chart-series.ts';
import { listSpans } from '../../core/series/chart-spans.ts';
import { nameField, nameMessage } from './candidate-words.ts';
import type { SearchFindings } from './signal-search.ts';

const PANELS = 3;
const LANES = 8;

/** Draws the reference against the best candidates, scaled by their fits and shifted by their lags. */
export function chartCandidates({ frames, candidates, reference }: SearchFindings): TimeChart {
  const span = findSpan(reference);
  if (reference.isBinary) {
    const middle = findMiddle(reference);
    const lanes = candidates
      .slice(0, LANES)
      .map((candidate) => drawLane(frames.table, candidate, { span, middle }));
    return {
      title: 'When it was on',
      ...span,
      panels: [],
      lanes: [drawReferenceLane(reference, span), ...lanes],
    };
  }
  const panels = candidates
    .slice(0, PANELS)
    .map((candidate) => drawPanel(frames.table, candidate, { reference, span }));
  return { title: 'Reference and candidates', ...span, panels, lanes: [] };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function findSpan({ seconds }: Reference): Span {
  return { from: seconds[0] ?? 0, to: seconds.at(-1) ?? 0 };
}

function drawReferenceLane({ name, seconds, values, gapSeconds }: Reference, span: Span): ChartLane {
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const label = (value: number): string | undefined => (value === high ? '' : undefined);
  return {
    label: name,
    tone: 'note',
    spans: listSpans({ seconds, values, ...span, name: label, gapSeconds }),
  };
}

function findMiddle({ values }: Reference): number {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return (low + high) / 2;
}

/** A lane is filled where the candidate says that the reference is on. */
function drawLane(
  table: FrameTable,
  candidate: Candidate,
  { span, middle }: { readonly span: Span; readonly middle: number },
): ChartLane {
  const { message, field, factor, offset, lag } = candidate;
  const values = readFieldValues(table, message, field).map((raw) => Number(factor * raw + offset > middle));
  const seconds = message.seconds.map((time) => time + lag);
  return { label: nameCandidate(candidate), tone: 'series1', spans: listSpans({ seconds, values, ...span }) };
}

function drawPanel(
  table: FrameTable,
  candidate: Candidate,
  { reference, span }: { readonly reference: Reference; readonly span: Span },
): ChartPanel {
  const { seconds, values, name, unit, isStepped, gapSeconds } = reference;
  const wanted = createSeries({ name, tone: 'series2', seconds, values, isStepped, gapSeconds, ...span });
  return {
    title: nameCandidate(candidate),
    unit: unit ?? '',
    series: [wanted, drawCandidate(table, candidate, { isStepped, span })],
    bands: [],
    spans: [],
    marks: [],
  };
}

function drawCandidate(
  table: FrameTable,
  candidate: Candidate,
  { isStepped, span }: { readonly isStepped: boolean; readonly span: Span },
): ChartSeries {
  const { message, joint, lag } = candidate;
  const values = new Float64Array(message.rows.length).fill(joint.offset);
  for (const { field, factor } of joint.fields) {
    const raw = readFieldValues(table, message, field);
    raw.forEach((value, i) => (values[i] = (values[i] ?? 0) + factor * value));
  }
  const seconds = message.seconds.map((time) => time + lag);
  return createSeries({
    name: nameCandidate(candidate),
    tone: 'series1',
    seconds,
    values,
    isStepped,
    ...span,
  });
}

function nameCandidate(candidate: Candidate): string {
  const { message, field, companions } = candidate;
  const others =
    companions.length > 0
      ? ` with ${companions.map((each) => nameField(each, message.byteLength)).join(', ')}`
      : '';
  return `${nameMessage(candidate)} · ${nameField(field, message.byteLength)}${others}`;
}
