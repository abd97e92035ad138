import type { ReportNotice } from '../../core/report/report.ts';
import { countOf } from '../../core/text/counted.ts';
import { nameMessage } from './candidate-words.ts';
import { WEAK } from './search-lead.ts';
import type { SearchFindings } from './signal-search.ts';

const FEW_SAMPLES = 200;
const FEW_TRANSITIONS = 4;
const LARGE_LAG = 0.3;
const SHORT_SECONDS = 10;
const MANY_OUTLIERS = 0.02;
/** Of the way that a reference goes, so much leads from its first value to its last where it goes one way only. */
const ONE_WAY = 0.95;

/** What a reader must know before believing the rest. */
export function listNotices(findings: SearchFindings): readonly ReportNotice[] {
  return [
    ...noticeWeak(findings),
    ...noticeDrift(findings),
    ...noticeTransitions(findings),
    ...noticeSamples(findings),
    ...noticeLag(findings),
    ...noticeOutliers(findings),
  ];
}

function noticeWeak({ candidates: [best], reference }: SearchFindings): readonly ReportNotice[] {
  if (best !== undefined && best.score >= WEAK) return [];
  const text = `No field follows ${reference.name} closely. It may not be on these buses, may be calculated from several messages, or is another function of the field than a line.`;
  return [{ level: 'warning', title: 'Nothing fits well', text }];
}

/** Anything that drifts fits what only drifts. */
function noticeDrift({ reference, candidates }: SearchFindings): readonly ReportNotice[] {
  const { values, isBinary, name } = reference;
  if (isBinary || candidates.length === 0) return [];
  const change = (values.at(-1) ?? 0) - (values[0] ?? 0);
  let way = 0;
  for (let i = 1; i < values.length; i++) way += Math.abs((values[i] ?? 0) - (values[i - 1] ?? 0));
  if (Math.abs(change) < ONE_WAY * way) return [];
  const text = `${name} only ${change > 0 ? 'rises' : 'falls'} in the time that was searched. Counters, clocks and whatever else drifts fit as well. A recording in which it goes both ways tells them apart.`;
  return [{ level: 'warning', title: 'One way only', text }];
}

function noticeTransitions({ reference, candidates: [best] }: SearchFindings): readonly ReportNotice[] {
  const wanted = best?.transitions?.wanted;
  if (!reference.isBinary || wanted === undefined || wanted >= FEW_TRANSITIONS) return [];
  const text = `The reference changes ${countOf(wanted, 'time')} only: whatever else changed at that time fits as well. A recording with more changes tells them apart.`;
  return [{ level: 'warning', title: 'Few transitions', text }];
}

function noticeSamples({ candidates: [best], reference }: SearchFindings): readonly ReportNotice[] {
  if (best === undefined) return [];
  const span = (reference.seconds.at(-1) ?? 0) - (reference.seconds[0] ?? 0);
  if (best.samples >= FEW_SAMPLES && span >= SHORT_SECONDS) return [];
  const text = `${countOf(best.samples, 'frame')} over ${span.toFixed(1)} s were compared. With so little, fields may fit by chance.`;
  return [{ level: 'warning', title: 'Little to compare', text }];
}

function noticeLag({ candidates: [best] }: SearchFindings): readonly ReportNotice[] {
  if (best === undefined || Math.abs(best.lag) < LARGE_LAG) return [];
  const text = `${nameMessage(best)} fits when it is shifted by ${best.lag.toFixed(2)} s. The reference may be filtered, or the fit a coincidence.`;
  return [{ level: 'warning', title: 'Large lag', text }];
}

function noticeOutliers({ candidates: [best] }: SearchFindings): readonly ReportNotice[] {
  if (best === undefined || best.outliers < MANY_OUTLIERS * best.samples) return [];
  const text = `${countOf(best.outliers, 'frame')} of ${String(best.samples)} do not go with the others and were left out of the fit: pauses in the log, glitches, or moments when the car and the log differ.`;
  return [{ level: 'info', title: 'Some frames left aside', text }];
}
