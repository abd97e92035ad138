import { formatAddress } from '../../core/can/address-text.ts';
import { formatNumber } from '../../core/report/number-text.ts';
import type { ReportNotice } from '../../core/report/report.ts';
import { countOf } from '../../core/text/counted.ts';
import { formatMinutes } from '../../core/text/minutes-text.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';

/** CAN FD carries no more. */
const MAX_BYTES = 64;

/** What a reader must know before believing the rest. */
export function listNotices(analysis: BitwatchAnalysis): readonly ReportNotice[] {
  if (analysis.span === undefined) return [noticeNoFrames(analysis)];
  return [
    ...noticeNoWindow(analysis),
    ...noticePayloads(analysis),
    ...noticeSearch(analysis),
    ...noticeOrder(analysis),
    ...noticeUnseen(analysis),
  ];
}

function noticeNoFrames({ source }: BitwatchAnalysis): ReportNotice {
  const text =
    source === 'log'
      ? 'The log has no can event with frames. A qlog holds next to none: the rlog of the same segment has them all.'
      : 'The file has no rows below its header.';
  return { level: 'warning', title: 'There are no frames.', text };
}

function noticeNoWindow({ windows, source }: BitwatchAnalysis): readonly ReportNotice[] {
  if (windows.length > 0) return [];
  const text =
    source === 'log'
      ? 'Give a window by times (window_start and window_dur) or by marker: without one all frames lie before it.'
      : 'No row is labelled window, so no bit can toggle in it.';
  return [{ level: 'warning', title: 'There is no window.', text }];
}

function noticePayloads({
  hasPayloads,
  longFrames,
  payloadBytes,
}: BitwatchAnalysis): readonly ReportNotice[] {
  if (!hasPayloads)
    return [
      {
        level: 'warning',
        title: 'There are no payloads.',
        text: 'The file has no column data_hex or data: all payloads count as empty.',
      },
    ];
  if (longFrames === 0 || payloadBytes >= MAX_BYTES) return [];
  return [
    {
      level: 'warning',
      title: `${countOf(longFrames, 'frame')} have more than ${formatNumber(payloadBytes)} bytes.`,
      text: 'Bits behind them are not compared. The parameter payload_bytes=64 compares all of a CAN FD frame.',
    },
  ];
}

function noticeSearch({ windowStart, windowEnd }: BitwatchAnalysis): readonly ReportNotice[] {
  if (windowStart <= windowEnd) return [];
  const text = `It begins at ${formatMinutes(windowStart)}, and the window ends at ${formatMinutes(windowEnd)}.`;
  return [{ level: 'warning', title: 'The search for pulses begins after its end and finds none.', text }];
}

function noticeOrder({ framesOutOfOrder }: BitwatchAnalysis): readonly ReportNotice[] {
  if (framesOutOfOrder === 0) return [];
  return [
    {
      level: 'info',
      title: `${countOf(framesOutOfOrder, 'frame')} out of order.`,
      text: 'Each is earlier than the one before it. All were put into the order of time before bits were compared.',
    },
  ];
}

function noticeUnseen({ watched, payloadBytes }: BitwatchAnalysis): readonly ReportNotice[] {
  const unseen = watched.filter(({ message }) => message === undefined);
  const beyond = watched.filter(({ bit }) => bit >= 8 * payloadBytes);
  const notices: ReportNotice[] = [];
  if (unseen.length > 0) {
    const names = [...new Set(unseen.map(({ arbitrationId }) => formatAddress(arbitrationId)))].join(', ');
    const title = `${countOf(unseen.length, 'watched bit')} without a frame.`;
    notices.push({ level: 'info', title, text: `Not seen: ${names}.` });
  }
  if (beyond.length > 0) {
    const title = `${countOf(beyond.length, 'watched bit')} behind the bytes that are compared.`;
    const text = `Only the first ${countOf(payloadBytes, 'byte')} are: raise payload_bytes to see the edges of the others.`;
    notices.push({ level: 'info', title, text });
  }
  return notices;
}
