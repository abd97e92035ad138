import { formatNumber } from '../../core/report/number-text.ts';
import type { ReportNotice } from '../../core/report/report.ts';
import { formatClock } from '../../core/series/axis-ticks.ts';
import type { CruiseAnalysis } from './cruise-analysis.ts';
import type { LeftOut } from './cruise-findings.ts';
import type { CruiseLog } from './cruise-log.ts';
import type { CruiseParameters } from './cruise-parameters.ts';
import { hasCruiseMessages } from './cruise-story.ts';
import { joinWords, nameAddress, nameBit, writeCount, writeRange } from './cruise-words.ts';
import { CRUISE_MESSAGES } from './subaru-signals.ts';

/** What notices speak of. */
export interface NoticeSubject {
  readonly analysis: CruiseAnalysis;
  readonly log: CruiseLog;
  readonly parameters: CruiseParameters;
}

/** What a reader must know before believing the rest. */
export function listNotices(subject: NoticeSubject): readonly ReportNotice[] {
  return [
    ...noticeLog(subject),
    ...noticeLeftOut(subject),
    ...noticeNothing(subject),
    ...noticeEngaged(subject),
  ];
}

function noticeLog({ analysis, log }: NoticeSubject): readonly ReportNotice[] {
  const notices: ReportNotice[] = [];
  if (log.leftOutEvents > 0)
    notices.push({
      level: 'warning',
      title: `Only the first ${formatNumber(log.events)} events were looked at.`,
      text: `${formatNumber(log.leftOutEvents)} more were left out because of max_events.`,
    });
  if (analysis.frames === 0) notices.push(noticeNoFrames(log));
  else if (!hasCruiseMessages(analysis)) notices.push(noticeNoMessages(log));
  else if (analysis.speed === undefined)
    notices.push({
      level: 'warning',
      title: 'The log has no wheel speeds.',
      text: `${nameAddress(CRUISE_MESSAGES.Wheel_Speeds.arbitrationId)} is on no bus: speeds and target spans are missing.`,
    });
  return notices;
}

function noticeNoFrames({ events, canEvents }: CruiseLog): ReportNotice {
  const others = `It has ${writeCount(events, 'event')}, ${formatNumber(canEvents)} of them of the service can.`;
  return {
    level: 'warning',
    title: 'This log has no CAN frames.',
    text: `${others} A qlog holds next to none: the rlog of the same segment has them all.`,
  };
}

function noticeNoMessages({ car }: CruiseLog): ReportNotice {
  const known = Object.values(CRUISE_MESSAGES).map(({ arbitrationId }) => nameAddress(arbitrationId));
  return {
    level: 'warning',
    title: 'No message of cruise control is in this log.',
    text:
      `Looked for ${joinWords(known)}, which cars of Subaru’s global platform have. ` +
      (car === undefined ? 'The log does not name its car.' : `The log is of a ${car}.`),
  };
}

/** Frames that cannot be true, per message and bus. */
function noticeLeftOut({ analysis }: NoticeSubject): readonly ReportNotice[] {
  const { arbitrationId } = CRUISE_MESSAGES.Wheel_Speeds;
  const speeds = analysis.speeds.map((speed) => ({ arbitrationId, ...speed }));
  const notices = [...speeds, ...analysis.traces].flatMap(({ arbitrationId, bus, leftOut }) =>
    describeLeftOut(leftOut, `${nameAddress(arbitrationId)} on bus ${String(bus)}`, analysis.zeroSeconds),
  );
  const wide = analysis.speeds.find(({ wideSpreads }) => wideSpreads > 0);
  if (wide?.firstWideSpread === undefined) return notices;
  const { seconds, kph } = wide.firstWideSpread;
  const title = `${writeCount(wide.wideSpreads, 'sample')} of wheel speeds on bus ${String(wide.bus)} ${wide.wideSpreads === 1 ? 'is' : 'are'} doubtful.`;
  const at = formatClock(seconds - analysis.zeroSeconds, 3);
  const spread = formatNumber(kph, { digits: 1, unit: 'km/h' });
  const text = `The wheels are more than 100 km/h apart, first at ${at} (${spread}). They are counted all the same.`;
  return [...notices, { level: 'warning', title, text }];
}

function describeLeftOut(leftOut: LeftOut, message: string, zeroSeconds: number): readonly ReportNotice[] {
  const { shortFrames, outliers, firstOutlier } = leftOut;
  const notices: ReportNotice[] = [];
  if (firstOutlier !== undefined)
    notices.push({
      level: 'warning',
      title: `${writeCount(outliers, 'frame')} of ${message} ${outliers === 1 ? 'was' : 'were'} left out: the value cannot be true.`,
      text:
        `First ${firstOutlier.signal} = ${formatNumber(Number(firstOutlier.value.toFixed(1)))} at ` +
        `${formatClock(firstOutlier.seconds - zeroSeconds, 3)}. All other frames count.`,
    });
  if (shortFrames > 0)
    notices.push({
      level: 'info',
      title: `${writeCount(shortFrames, 'frame')} of ${message} ${shortFrames === 1 ? 'has' : 'have'} fewer than 8 bytes.`,
      text: 'The signals lie in 8 bytes, so such frames say nothing here.',
    });
  return notices;
}

/** What was looked for and is not there. */
function noticeNothing({ analysis, parameters }: NoticeSubject): readonly ReportNotice[] {
  if (!hasCruiseMessages(analysis)) return [];
  const notices: ReportNotice[] = [];
  const range = { minMph: parameters.speed_min, maxMph: parameters.speed_max };
  if (analysis.speed !== undefined && analysis.targetSpans.length === 0)
    notices.push({
      level: 'info',
      title: `The speed was never ${writeRange(range)}.`,
      text: 'Choose another range with speed_min and speed_max.',
    });
  if (
    analysis.traces.some(({ message }) => message === 'Cruise_Buttons') &&
    !analysis.presses.some(({ button }) => button === 'set')
  )
    notices.push({
      level: 'info',
      title: 'SET was not pressed.',
      text: `${nameAddress(CRUISE_MESSAGES.Cruise_Buttons.arbitrationId)} ${nameBit(43)} never rose. Where it was pressed, the car most likely has the button elsewhere: mark the press and compare with can-bitwatch.`,
    });
  if (analysis.markers.length === 0 && parameters.marker_type !== 'none')
    notices.push({ level: 'info', title: 'No marker window was found.', text: explainMarkers(parameters) });
  return notices;
}

function explainMarkers({ marker_type, marker_timeout }: CruiseParameters): string {
  const within = formatNumber(marker_timeout, { unit: 's' });
  if (marker_type === 'blinkers')
    return `The left blinker, and the right one at most ${within} later, mark a stretch. Mark one by hand with marker_type manual and marker_times.`;
  if (marker_type === 'cruise-buttons')
    return `SET, and MAIN or RESUME at most ${within} later, mark a stretch.`;
  return 'The times in marker_times mark none.';
}

function noticeEngaged({ analysis: { engaged }, parameters }: NoticeSubject): readonly ReportNotice[] {
  if (engaged === undefined || engaged.intervals.length > 0) return [];
  const bit = `${nameAddress(engaged.bit.arbitrationId)} ${nameBit(engaged.bit.bit)}`;
  const isFilter = parameters.engaged_mode === 'filter';
  const effect = isFilter ? ' With engaged_mode filter, no edge, run or moment is left.' : '';
  if (engaged.frames === 0)
    return [
      {
        level: 'warning',
        title: 'The engaged bit is not in this log.',
        text: `${bit} was asked for${writeBus(engaged.bit.bus)}.${effect}`,
      },
    ];
  const on = `${bit} on bus ${String(engaged.bus)}`;
  return [
    {
      level: 'info',
      title: 'There is no engaged interval.',
      text: `${on} is 0 in all of its ${writeCount(engaged.frames, 'frame')}.${effect}`,
    },
  ];
}

function writeBus(bus: number | undefined): string {
  return bus === undefined ? '' : ` on bus ${String(bus)}`;
}
