import { formatNumber } from '../../../core/report/number-text.ts';
import type { Inline, Text } from '../../../core/report/report.ts';
import type { CruiseAnalysis, MarkerType } from '../analysis/cruise-analysis.ts';
import {
  countBrakeEnds,
  findTrace,
  hasCruiseMessages,
  listSetPresses,
  listWindowOnlyBits,
  type SpeedRange,
} from './cruise-story.ts';
import { nameAddress, nameBit, writeCount, writeRange, writeSmall, writeTimes } from './cruise-words.ts';

/** What the lead says beyond the analysis. */
export interface LeadOptions {
  readonly range: SpeedRange;
  readonly markerType: MarkerType;
}

/** The result in a few sentences. */
export function writeLead(analysis: CruiseAnalysis, options: LeadOptions): Text {
  if (analysis.frames === 0) return ['This log has no CAN frames, so nothing can be said of cruise control.'];
  if (!hasCruiseMessages(analysis) && analysis.markers.length === 0)
    return [
      `The log has ${writeCount(analysis.frames, 'CAN frame')}; none is a message of Subaru’s cruise control.`,
    ];
  const sentences = [
    writePresses(analysis, options.range),
    writeTarget(analysis, options.range),
    writeActive(analysis),
    writeMarkers(analysis, options.markerType),
    writeWindowOnly(analysis),
  ];
  return sentences
    .filter(({ length }) => length > 0)
    .flatMap((sentence, i) => (i === 0 ? sentence : [' ', ...sentence]));
}

function writePresses(analysis: CruiseAnalysis, range: SpeedRange): readonly Inline[] {
  if (findTrace(analysis, 'Cruise_Buttons') === undefined) return [];
  const presses = listSetPresses(analysis, range);
  if (presses.length === 0) return ['SET was ', { strong: 'not pressed' }, '.'];
  const inside = presses.filter(({ fromTarget }) => fromTarget === 0).length;
  const delays = presses.flatMap(({ activeAfter }) => (activeAfter === undefined ? [] : [activeAfter]));
  const times = { strong: writeTimes(presses.length) };
  return [
    'SET was pressed ',
    times,
    writeInside(inside, presses.length, range),
    ...writeAnswer(delays, presses.length),
  ];
}

function writeInside(inside: number, presses: number, range: SpeedRange): string {
  const target = `the target of ${writeRange(range)}`;
  if (inside === 0) return `, outside of ${target}`;
  if (inside < presses) return `, ${writeTimes(inside)} inside ${target}`;
  return presses === 1 ? `, inside ${target}` : `, each time inside ${target}`;
}

function writeAnswer(delays: readonly number[], presses: number): readonly Inline[] {
  if (delays.length === 0) return ['; cruise control did not become active.'];
  const longest = Math.max(0, ...delays);
  const within = { strong: formatNumber(1000 * longest, { digits: 0, unit: 'ms' }) };
  if (delays.length === presses) return [', and cruise control became active within ', within, '.'];
  return [`; cruise control became active after ${writeSmall(delays.length)} of them, within `, within, '.'];
}

function writeTarget({ speed, targetSpans }: CruiseAnalysis, range: SpeedRange): readonly Inline[] {
  if (speed === undefined || speed.length === 0) return [];
  if (targetSpans.length === 0) {
    const [min, max] = [speed.minMph, speed.maxMph].map((mph) => formatNumber(mph, { digits: 1 }));
    return [`The car was never at ${writeRange(range)}: its speed was ${String(min)} to ${String(max)} mph.`];
  }
  const total = targetSpans.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  const seconds = formatNumber(total, { digits: 1, unit: 's' });
  return [
    'The car held the target for ',
    { strong: `${seconds} in ${writeCount(targetSpans.length, 'span')}` },
    '.',
  ];
}

function writeActive(analysis: CruiseAnalysis): readonly Inline[] {
  const spans = findTrace(analysis, 'Cruise_Status')?.spans['cruise_activated'] ?? [];
  if (spans.length === 0) return [];
  const total = spans.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0);
  const seconds = { strong: formatNumber(total, { digits: 1, unit: 's' }) };
  const braked = countBrakeEnds(analysis);
  const start = [
    'Cruise control was active for ',
    seconds,
    ` in ${writeCount(spans.length, 'stretch', 'stretches')}`,
  ];
  if (braked === 0) return [...start, '.'];
  if (spans.length === 1) return [...start, ', which braking ended.'];
  return [...start, `; braking ended ${writeSmall(braked)} of them.`];
}

const MARKER_WORDS: Readonly<Record<MarkerType, string>> = {
  none: '',
  blinkers: 'blinker ',
  manual: 'given ',
  'cruise-buttons': 'button ',
};

function writeMarkers({ markers, zeroSeconds }: CruiseAnalysis, type: MarkerType): readonly Inline[] {
  if (type === 'none') return [];
  const word = MARKER_WORDS[type];
  const [first] = markers;
  if (first === undefined) return [`No ${word}marker window was found.`];
  if (markers.length > 1)
    return [{ strong: writeCount(markers.length, `${word}marker window`) }, ' were found.'];
  const { windowStart, windowEnd } = first.window;
  return [
    `One ${word}marker window was found, `,
    { time: windowStart - zeroSeconds },
    ' to ',
    { time: windowEnd - zeroSeconds },
    '.',
  ];
}

/** What most users look for: the few bits that changed only when the driver marked it. */
function writeWindowOnly(analysis: CruiseAnalysis): readonly Inline[] {
  const bits = listWindowOnlyBits(analysis);
  const [first] = bits;
  if (first === undefined) return [];
  if (bits.length > 1)
    return [{ strong: writeCount(bits.length, 'bit') }, ' toggled in a marker window and never else.'];
  const { arbitrationId, bus, bit, toggles } = first;
  const name = { strong: `${nameAddress(arbitrationId)} ${nameBit(bit)}` };
  const where = analysis.markers.length === 1 ? 'in it' : 'in one of them';
  return [
    `One bit toggled ${where} and never else: `,
    name,
    ` on bus ${String(bus)}, ${writeTimes(toggles)}.`,
  ];
}
