import type { LoadReport, Problem, ProblemCode, SegmentReport } from '#protocol';
import { formatAmount, formatCount } from '../../shared/number-text.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { LogNotice, NoticeButton } from './log-notice.ts';

/** What the words of a load report need besides it. */
export interface ReportFacts {
  readonly path: string;
  /** Latest event that was read. */
  readonly seconds: number;
  /** dongle/log, where it is known. */
  readonly route: string | null;
}

const DETAILS: NoticeButton = { label: 'Details', deed: { kind: 'show', target: { tab: 'overview' } } };

/** Says what was found wrong while a log was read, the worst first. */
export function listReportNotices(report: LoadReport, facts: ReportFacts): readonly LogNotice[] {
  const ofSegments = report.segments.flatMap((segment) => listSegmentNotices(segment, report, facts));
  return [...listMissing(report, facts), ...ofSegments, ...listUnreadable(report)];
}

function listSegmentNotices(
  segment: SegmentReport,
  report: LoadReport,
  facts: ReportFacts,
): readonly LogNotice[] {
  const cut = find(segment, 'CONTAINER_CUT') ?? find(segment, 'LOG_CUT');
  const damaged = find(segment, 'CONTAINER_DAMAGED') ?? find(segment, 'GARBAGE');
  const limited = find(segment, 'SIZE_LIMIT');
  const decimated = find(segment, 'SEGMENT_DECIMATED');
  const isAlone = report.segments.length === 1;
  const named = isAlone ? 'This log' : `Segment ${formatCount(segment.segment ?? 0)}`;
  return [
    ...(cut === undefined ? [] : [describeCut(cut, segment, { ...facts, named, isAlone })]),
    ...(damaged === undefined ? [] : [describeDamage(damaged, segment, named)]),
    ...(limited === undefined ? [] : [describeLimit(segment)]),
    ...(decimated === undefined ? [] : [describeDecimated(named)]),
  ];
}

interface NamedFacts extends ReportFacts {
  readonly named: string;
  readonly isAlone: boolean;
}

function describeCut(
  problem: Problem,
  segment: SegmentReport,
  { named, isAlone, seconds, path }: NamedFacts,
): LogNotice {
  const place = isAlone ? ` at ${formatTime(seconds, 2)}` : '';
  const bytes = problem.atByte === undefined ? '' : ` after ${formatCount(problem.atByte)} bytes`;
  const stream = problem.code === 'CONTAINER_CUT' ? `The ${nameContainer(segment)} stream ends` : 'It ends';
  return {
    id: `cut-${segment.name}`,
    tone: 'warning',
    title: `${named} is cut off${place}.`,
    text:
      `${stream}${bytes} in the middle of an event. ` +
      `${formatAmount(segment.events, 'event')} before it are shown; later ones were never written or are lost.`,
    buttons: [DETAILS, ...listQlogButton(path)],
  };
}

/** A qlog lies beside an rlog under the same name. */
function listQlogButton(path: string): readonly NoticeButton[] {
  const qlog = path.replace(/rlog(?=(?:\.zst|\.bz2)?$)/, 'qlog');
  if (qlog === path) return [];
  return [{ label: 'Open qlog instead', deed: { kind: 'act', action: { action: 'openLog', path: qlog } } }];
}

function describeDamage(problem: Problem, segment: SegmentReport, named: string): LogNotice {
  const place = problem.atByte === undefined ? '' : ` after byte ${formatCount(problem.atByte)}`;
  return {
    id: `damaged-${segment.name}`,
    tone: 'warning',
    title: `${named} is damaged${place}.`,
    text: `${problem.message} ${formatAmount(segment.events, 'event')} could be read and are shown.`,
    buttons: [DETAILS],
  };
}

function describeLimit({ name, logBytes }: SegmentReport): LogNotice {
  return {
    id: `limit-${name}`,
    tone: 'warning',
    title: `Reading stopped at ${formatGibibytes(logBytes)} unpacked.`,
    text:
      'The file claims more, which real segments never have. ' +
      'Raise cts.log.maxUnpackedBytes if it is genuine.',
    buttons: [
      {
        label: 'Open Setting',
        deed: { kind: 'act', action: { action: 'openSetting', key: 'cts.log.maxUnpackedBytes' } },
      },
    ],
  };
}

function formatGibibytes(bytes: number): string {
  const gibibytes = bytes / 2 ** 30;
  if (gibibytes >= 0.995) return `${gibibytes.toFixed(1).replace(/\.0$/, '')}\u00A0GiB`;
  return `${Math.round(bytes / 2 ** 20)}\u00A0MiB`;
}

function describeDecimated(named: string): LogNotice {
  return {
    id: `decimated-${named}`,
    tone: 'note',
    title: `${named} has a qlog only.`,
    text: 'It stands in for the rlog: a sample of the events, and almost no CAN frames.',
    buttons: [],
  };
}

function listMissing(report: LoadReport, { route }: ReportFacts): readonly LogNotice[] {
  const missing = listNumbers(report.problems, 'SEGMENT_MISSING');
  const closed = listNumbers(report.problems, 'SEGMENT_UNREADABLE');
  const present = report.segments.flatMap(({ segment }) => (segment === null ? [] : [segment]));
  const last = Math.max(...missing, ...closed, ...present, 0);
  const first = missing[0];
  if (first === undefined) return [];
  const isOne = missing.length === 1;
  const span = `${formatTime(first * 60, 0)}–${formatTime((first + 1) * 60, 0)}`;
  return [
    {
      id: 'missing',
      tone: 'warning',
      title: isOne
        ? `Segment ${first} of 0–${last} is missing.`
        : `Segments ${listWords(missing)} of 0–${last} are missing.`,
      text: `${isOne ? span : 'Their minutes'} ${isOne ? 'stays' : 'stay'} empty on the time line.`,
      buttons: listConnectButton('Get from comma connect…', route),
    },
  ];
}

/** The button that leads to where a route can be fetched from; to all routes where it is not known which. */
export function listConnectButton(label: string, route: string | null): readonly NoticeButton[] {
  const [, dongle = '', log = ''] = /^([0-9a-f]{16})[/|]([\w-]{1,80})$/.exec(route ?? '') ?? [];
  const url = log === '' ? 'https://connect.comma.ai/' : `https://connect.comma.ai/${dongle}/${log}`;
  return [{ label, deed: { kind: 'act', action: { action: 'openExternal', url } } }];
}

function listUnreadable({ events, segments }: LoadReport): readonly LogNotice[] {
  const unreadable = segments.reduce((sum, segment) => sum + segment.unreadableEvents, 0);
  if (unreadable === 0) return [];
  const all = formatCount(events + unreadable);
  const isOne = unreadable === 1;
  return [
    {
      id: 'unreadable',
      tone: 'warning',
      title: `${formatCount(unreadable)} of ${all} events ${isOne ? 'has' : 'have'} a damaged root and ${isOne ? 'was' : 'were'} skipped.`,
      text: 'All others are shown.',
      buttons: [{ label: 'Show Skipped Events', deed: { kind: 'show', target: { tab: 'overview' } } }],
    },
  ];
}

function listNumbers(problems: readonly Problem[], code: ProblemCode): readonly number[] {
  const numbers = problems.flatMap((problem) =>
    problem.code === code && problem.segment !== undefined ? [problem.segment] : [],
  );
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function listWords(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 8).join(', ');
  return numbers.length > 8 ? `${shown} and ${numbers.length - 8} more` : shown;
}

function find({ problems }: SegmentReport, code: ProblemCode): Problem | undefined {
  return problems.find((problem) => problem.code === code);
}

function nameContainer({ container }: SegmentReport): string {
  return { zstd: 'zstd', bzip2: 'bz2', plain: 'rlog' }[container ?? 'plain'];
}
