import { formatNumber } from '../../../core/report/number-text.ts';
import { formatClock } from '../../../core/series/axis-ticks.ts';
import type { CruiseAnalysis } from '../analysis/cruise-analysis.ts';
import type { MessageTrace } from '../../subaru/message-trace.ts';
import { findTrace, listSetPresses, listWindowOnlyBits, type SpeedRange } from './cruise-story.ts';
import { joinWords, listBits, nameAddress, nameBit, writeCount, writeRange } from './cruise-words.ts';
import type { CruiseLog } from '../cruise-log.ts';

/** So many presses, spans and markers are told one by one; the report has all. */
const MOST_ITEMS = 10;
const MOST_MESSAGES = 5;
const MOST_MESSAGE_BITS = 3;

/** What is found, a line each, for the run's log. */
export function listConsoleLines(
  analysis: CruiseAnalysis,
  log: CruiseLog,
  range: SpeedRange,
): readonly string[] {
  return [
    describeLog(analysis, log),
    ...describeSpeed(analysis, range),
    ...describeMessages(analysis),
    ...describePresses(analysis, range),
    ...describeMarkers(analysis),
    ...describeEngaged(analysis),
  ];
}

function describeLog({ frames, buses }: CruiseAnalysis, { events, canEvents, car }: CruiseLog): string {
  const numbers = buses.map(({ bus }) => bus);
  const where =
    numbers.length === 0 ? '' : ` on ${numbers.length === 1 ? 'bus' : 'buses'} ${joinWords(numbers)}`;
  const of = car === undefined ? '' : ` of a ${car}`;
  return `Read ${writeCount(events, 'event')}${of}, ${formatNumber(canEvents)} of them with ${writeCount(frames, 'CAN frame')}${where}.`;
}

function describeSpeed(
  { speed, targetSpans, zeroSeconds }: CruiseAnalysis,
  range: SpeedRange,
): readonly string[] {
  if (speed === undefined || speed.length === 0) return ['Speed: the log has no wheel speeds (0x13A).'];
  const [min, max, mean] = [speed.minMph, speed.maxMph, speed.meanMph].map((mph) =>
    formatNumber(mph, { digits: 1 }),
  );
  const of = `${writeCount(speed.length, 'sample')} on bus ${String(speed.bus)}`;
  const spans = targetSpans.map(({ startSeconds, endSeconds, durationSeconds }) => {
    const stretch = `${formatClock(startSeconds - zeroSeconds, 3)} to ${formatClock(endSeconds - zeroSeconds, 3)}`;
    return `${stretch} (${formatNumber(durationSeconds, { digits: 1, unit: 's' })})`;
  });
  const found = spans.length === 0 ? 'never' : `${writeCount(spans.length, 'span')}: ${shorten(spans)}`;
  return [
    `Speed: ${String(min)} to ${String(max)} mph, ${String(mean)} on average, from ${of}.`,
    `At ${writeRange(range)}: ${found}.`,
  ];
}

/** One line per monitored message: frames, changes, what they mean, and the bits that change most. */
function describeMessages(analysis: CruiseAnalysis): readonly string[] {
  return analysis.sources.map(({ message, arbitrationId, bus, frames, others }) => {
    const name = nameAddress(arbitrationId);
    if (bus === undefined) return `${name}: not in this log.`;
    const elsewhere = others.map((other) => `${formatNumber(other.frames)} on bus ${String(other.bus)}`);
    const count = `${writeCount(frames, 'frame')} on bus ${String(bus)}${elsewhere.length > 0 ? ` (${elsewhere.join(', ')})` : ''}`;
    const trace = findTrace(analysis, message);
    const parts = [
      count,
      ...(trace === undefined ? [] : describeTrace(trace)),
      ...describeBits(analysis, arbitrationId, bus),
    ];
    return `${name}: ${parts.join('; ')}.`;
  });
}

function describeTrace({ changes, spans }: MessageTrace): readonly string[] {
  const began = Object.entries(spans).flatMap(([signal, list]) => {
    const count = list.filter(({ isOpenAtStart }) => !isOpenAtStart).length;
    return count === 0 ? [] : [`${signal} ${formatNumber(count)}×`];
  });
  return [
    writeCount(changes.length, 'change'),
    ...(began.length > 0 ? [`went on: ${began.join(', ')}`] : []),
  ];
}

function describeBits({ candidates }: CruiseAnalysis, arbitrationId: number, bus: number): readonly string[] {
  const bits = candidates
    .filter((candidate) => candidate.arbitrationId === arbitrationId && candidate.bus === bus)
    .sort((a, b) => b.toggles - a.toggles || a.bit - b.bit);
  return bits.length === 0 ? [] : [`busiest bits ${listBits(bits.slice(0, MOST_MESSAGES), MOST_MESSAGES)}`];
}

function describePresses(analysis: CruiseAnalysis, range: SpeedRange): readonly string[] {
  if (findTrace(analysis, 'Cruise_Buttons') === undefined) return [];
  const presses = listSetPresses(analysis, range);
  if (presses.length === 0) return ['SET was not pressed.'];
  const texts = presses.map(({ seconds, speed, fromTarget }) => {
    const at = formatClock(seconds - analysis.zeroSeconds, 3);
    if (speed === undefined) return at;
    const mph = formatNumber(speed.mph, { digits: 1, unit: 'mph' });
    return `${at} at ${mph}${fromTarget === 0 ? ' (in the target)' : ''}`;
  });
  return [`SET was pressed ${writeCount(presses.length, 'time')}: ${shorten(texts)}.`];
}

function describeMarkers(analysis: CruiseAnalysis): readonly string[] {
  const { markers, zeroSeconds } = analysis;
  const only = listWindowOnlyBits(analysis);
  return markers.slice(0, MOST_ITEMS).map(({ window, messages }, index) => {
    const [from, to] = [window.windowStart, window.windowEnd].map((at) => formatClock(at - zeroSeconds, 3));
    const partial = window.isPartial ? ', never ended' : '';
    const busiest = messages.slice(0, MOST_MESSAGES).map(({ arbitrationId, bus, changes, bits }) => {
      const name = `${nameAddress(arbitrationId)} on bus ${String(bus)}`;
      return `${name} (${writeCount(changes, 'change')}: ${listBits(bits, MOST_MESSAGE_BITS)})`;
    });
    const active = busiest.length === 0 ? 'nothing changed' : `most active ${busiest.join(', ')}`;
    const bits = only
      .filter(({ marker }) => marker === index + 1)
      .map(
        ({ arbitrationId, bus, bit }) =>
          `${nameAddress(arbitrationId)} ${nameBit(bit)} on bus ${String(bus)}`,
      );
    const never = bits.length === 0 ? '' : `; toggled only then: ${shorten(bits)}`;
    return `Marker ${String(index + 1)}: window ${String(from)} to ${String(to)}${partial}; ${active}${never}.`;
  });
}

function describeEngaged({ engaged }: CruiseAnalysis): readonly string[] {
  if (engaged === undefined) return [];
  const { edges, runs, timeline } = engaged.removed;
  const removed =
    edges + runs + timeline === 0
      ? ''
      : `; left out ${String(edges)} edges, ${String(runs)} runs and ${String(timeline)} moments outside`;
  return [`Engaged: ${writeCount(engaged.intervals.length, 'interval')}${removed}.`];
}

function shorten(texts: readonly string[]): string {
  if (texts.length <= MOST_ITEMS) return texts.join(', ');
  return `${texts.slice(0, MOST_ITEMS).join(', ')} and ${formatNumber(texts.length - MOST_ITEMS)} more`;
}
