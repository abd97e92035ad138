import { formatNumber } from '../../../core/report/number-text.ts';
import type { ReportNotice } from '../../../core/report/report.ts';
import { formatClock } from '../../../core/series/axis-ticks.ts';
import type { CruiseAnalysis } from '../analysis/cruise-analysis.ts';
import type { LeftOut } from '../../subaru/left-out-frames.ts';
import type { SpeedTimeline } from '../analysis/cruise-findings.ts';
import type { CruiseLog } from '../cruise-log.ts';
import type { CruiseParameters } from '../cruise-parameters.ts';
import { hasCruiseMessages } from './cruise-story.ts';
import { joinWords, nameAddress, nameBit, writeCount, writeRange } from './cruise-words.ts';
import { CRUISE_MESSAGES } from '../../subaru/subaru-signals.ts';

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
  if (hasCruiseMessages(analysis)) notices.push(...noticeOtherCar(log));
  return notices;
}

/** Other cars may use the same addresses for something else. */
function noticeOtherCar({ car }: CruiseLog): readonly ReportNotice[] {
  if (car === undefined || /subaru/i.test(car)) return [];
  return [
    {
      level: 'warning',
      title: `This log is of a ${car}, not of a Subaru.`,
      text: 'Its messages with the same addresses most likely mean something else. Markers and activity count all the same.',
    },
  ];
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

/** Values that cannot be true and frames that are too short, per message and bus. */
function noticeLeftOut({ analysis }: NoticeSubject): readonly ReportNotice[] {
  const { zeroSeconds, speeds, traces } = analysis;
  const { arbitrationId } = CRUISE_MESSAGES.Wheel_Speeds;
  const messages = [...speeds.map((speed) => ({ arbitrationId, ...speed })), ...traces];
  return [
    ...messages.flatMap((message) => {
      const name = `${nameAddress(message.arbitrationId)} on bus ${String(message.bus)}`;
      return [
        ...noticeOutliers(message.leftOut, name, zeroSeconds),
        ...noticeShortFrames(message.leftOut, name),
      ];
    }),
    ...speeds.flatMap((speed) => noticeWideSpreads(speed, zeroSeconds)),
  ];
}

function noticeOutliers(
  { outliers, firstOutlier }: LeftOut,
  message: string,
  zeroSeconds: number,
): readonly ReportNotice[] {
  if (firstOutlier === undefined) return [];
  const { signal, value, seconds } = firstOutlier;
  const isWheel = signal.length === 2;
  const reading = formatNumber(value, isWheel ? { digits: 1, unit: 'km/h' } : {});
  const at = formatClock(seconds - zeroSeconds, 3);
  return [
    {
      level: 'warning',
      title: `${writeCount(outliers, 'value')} of ${message} cannot be true and ${outliers === 1 ? 'was' : 'were'} left out.`,
      text: `The first is ${signal} = ${reading} at ${at}; at most ${isWheel ? '400 km/h' : '500'} can be. All else counts.`,
    },
  ];
}

function noticeShortFrames({ shortFrames }: LeftOut, message: string): readonly ReportNotice[] {
  if (shortFrames === 0) return [];
  return [
    {
      level: 'info',
      title: `${writeCount(shortFrames, 'frame')} of ${message} ${shortFrames === 1 ? 'is' : 'are'} shorter than 8 bytes.`,
      text: 'The signals need 8 bytes, so such frames say nothing here.',
    },
  ];
}

function noticeWideSpreads(
  { bus, wideSpreads, firstWideSpread }: SpeedTimeline,
  zeroSeconds: number,
): readonly ReportNotice[] {
  if (firstWideSpread === undefined) return [];
  const at = formatClock(firstWideSpread.seconds - zeroSeconds, 3);
  const spread = formatNumber(firstWideSpread.kph, { digits: 1, unit: 'km/h' });
  return [
    {
      level: 'warning',
      title: `${writeCount(wideSpreads, 'sample')} of wheel speeds on bus ${String(bus)} ${wideSpreads === 1 ? 'is' : 'are'} doubtful.`,
      text: `The wheels are more than 100 km/h apart, first at ${at} (${spread}). They count all the same.`,
    },
  ];
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
