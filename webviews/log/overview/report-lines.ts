import type { LoadReport, LogFinding, ProblemCode, SegmentReport } from '#protocol';
import type { Tone } from '../../shared/chips.ts';
import { formatAmount, formatBytes, formatCount } from '../../shared/number-text.ts';
import type { Overview } from '../overview-feed.ts';

/** A piece of a line: plain, bold, or a way to a time. */
export type ReportPart =
  string | { readonly bold: string } | { readonly link: string; readonly seconds: number };

/** A line of the load report. */
export interface ReportLine {
  readonly tone: Tone;
  readonly parts: readonly ReportPart[];
}

const STILL_READING: ReportLine = { tone: 'quiet', parts: ['Being read; so far:'] };
const MOST_PROBLEMS = 12;
const BROKEN_STREAMS: readonly ProblemCode[] = [
  'CONTAINER_CUT',
  'CONTAINER_DAMAGED',
  'CONTAINER_CHECKSUM',
  'SIZE_LIMIT',
  'LOG_CUT',
  'GARBAGE',
];

/** What the report is written from. */
export interface ReportSource extends Pick<Overview, 'info' | 'findings'> {
  /** Whether there is more to come: what is known so far is told then. */
  readonly isReading?: boolean;
}

/** What loading the log came to, in lines. */
export function listReportLines({ info, findings, isReading }: ReportSource): readonly ReportLine[] {
  const { report, services, inversions } = info;
  const unknown = services.reduce((sum, { service, count }) => sum + (isUnknown(service) ? count : 0), 0);
  return [
    ...(isReading === true ? [STILL_READING] : [describeSegments(report)]),
    ...describeEvents(report, unknown),
    describeBytes(report),
    ...(inversions === 0 ? [] : [describeInversions(inversions)]),
    ...listProblems(report),
    ...listFindings(findings.filter(({ kind }) => kind === 'slow' || kind === 'gap')),
  ];
}

function isUnknown(service: string): boolean {
  return service.startsWith('unknown(');
}

function describeSegments({ segments, problems }: LoadReport): ReportLine {
  const missing = problems.filter(({ code }) => code === 'SEGMENT_MISSING' || code === 'SEGMENT_UNREADABLE');
  const all = segments.length + missing.length;
  const kinds = [...new Set(segments.map(({ kind }) => kind))].join(', ');
  const isClean = segments.every(isStreamWhole) && missing.length === 0;
  const count = `${formatCount(segments.length)} of ${formatAmount(all, 'segment')}, `;
  return {
    tone: isClean ? 'ok' : 'warning',
    parts: [count, { bold: kinds }, `, ${describeStreams(segments)}`],
  };
}

/** Whether every byte of a segment was read, whatever its events are. */
function isStreamWhole({ problems }: SegmentReport): boolean {
  return !problems.some(({ code }) => BROKEN_STREAMS.includes(code));
}

function describeStreams(segments: readonly SegmentReport[]): string {
  const containers = [...new Set(segments.map(({ container }) => container))];
  const names = containers.map(
    (container) => ({ zstd: 'zstd', bzip2: 'bz2', plain: 'plain' })[container ?? 'plain'],
  );
  const name = names.length === 1 ? names.join('') : 'packed';
  const broken = segments.filter((segment) => !isStreamWhole(segment)).length;
  if (segments.length === 1)
    return broken === 0 ? `${name} stream ended cleanly` : `${name} stream not read whole`;
  return broken === 0 ? `${name} streams ended cleanly` : `${formatCount(broken)} not read whole`;
}

function describeEvents({ events, segments }: LoadReport, unknown: number): readonly ReportLine[] {
  const skipped = segments.reduce((sum, { unreadableEvents }) => sum + unreadableEvents, 0);
  const noun = events === 1 ? 'event' : 'events';
  const clean = skipped === 0 && unknown === 0 ? ', none skipped, none unknown' : ' read';
  const lines: ReportLine[] = [{ tone: 'ok', parts: [{ bold: formatCount(events) }, ` ${noun}${clean}`] }];
  if (skipped > 0) {
    const all = ` of ${formatCount(events + skipped)} events have a damaged root, skipped`;
    lines.push({ tone: 'warning', parts: [{ bold: formatCount(skipped) }, all] });
  }
  if (unknown > 0) {
    const kept = ` ${unknown === 1 ? 'event' : 'events'} of unknown kinds, kept as they are`;
    lines.push({ tone: 'note', parts: [{ bold: formatCount(unknown) }, kept] });
  }
  return lines;
}

function describeBytes({ fileBytes, logBytes }: LoadReport): ReportLine {
  return { tone: 'ok', parts: [`${formatBytes(fileBytes)} read, ${formatBytes(logBytes)} unpacked`] };
}

function describeInversions(inversions: number): ReportLine {
  return {
    tone: 'quiet',
    parts: [`${formatAmount(inversions, 'event')} out of time order, sorted for display`],
  };
}

function listProblems({ problems, segments }: LoadReport): readonly ReportLine[] {
  const all = [
    ...problems.map((problem) => ({ problem, name: null })),
    ...segments.flatMap(({ segment, problems: own }) =>
      own.map((problem) => ({ problem, name: segments.length === 1 ? null : segment })),
    ),
  ].filter(({ problem }) => problem.code !== 'EVENT_UNREADABLE');
  const lines = all.slice(0, MOST_PROBLEMS).map(({ problem, name }): ReportLine => {
    const place: readonly ReportPart[] = name === null ? [] : [{ bold: `Segment ${name}: ` }];
    return { tone: 'warning', parts: [...place, problem.message] };
  });
  const rest = all.length - lines.length;
  return rest === 0
    ? lines
    : [...lines, { tone: 'quiet', parts: [`${formatCount(rest)} more in the copied report`] }];
}

function listFindings(findings: readonly LogFinding[]): readonly ReportLine[] {
  const slow = findings.filter(({ kind }) => kind === 'slow');
  const others = findings.filter(({ kind }) => kind !== 'slow');
  const slowParts = slow.flatMap((finding, place) => [
    ...(place === 0 ? [] : [', ']),
    ...splitFinding(finding),
  ]);
  return [
    ...others.map((finding) => ({ tone: toneOf(finding), parts: splitFinding(finding) })),
    ...(slow.length === 0 ? [] : [{ tone: 'warning' as const, parts: slowParts }]),
  ];
}

function toneOf({ severity }: LogFinding): Tone {
  return severity === 'warning' ? 'warning' : 'quiet';
}

/** The service bold, the time at the end a link. */
function splitFinding({ text, service, atSeconds }: LogFinding): readonly ReportPart[] {
  const hasService = service !== null && text.startsWith(service);
  const rest = hasService ? text.slice(service.length) : text;
  const time = /\d+:\d{2}(?:\.\d+)?$/.exec(rest);
  const parts: ReportPart[] = hasService ? [{ bold: service }] : [];
  if (time === null || atSeconds === null) return [...parts, rest];
  return [...parts, rest.slice(0, time.index), { link: time[0], seconds: atSeconds }];
}

/** The report as text, for whoever asks for help with a log. */
export function writeReport(source: ReportSource): string {
  const lines = listReportLines(source).map(({ tone, parts }) => {
    const text = parts
      .map((part) => (typeof part === 'string' ? part : 'bold' in part ? part.bold : part.link))
      .join('');
    return `${{ ok: 'ok', warning: 'warning', error: 'error', note: 'note', quiet: 'note' }[tone]}: ${text}`;
  });
  return [source.info.name, ...lines].join('\n').replaceAll('\u2009', ' ').replaceAll('\u00A0', ' ');
}

/** What CTS does with events that it cannot name or read. */
export interface OddRow {
  readonly what: string;
  readonly count: number;
  readonly deed: string;
}

/** Lists kinds of events that are unknown, and those that were skipped. */
export function listOddRows({ info }: Pick<Overview, 'info'>): readonly OddRow[] {
  const skipped = info.report.segments.reduce((sum, { unreadableEvents }) => sum + unreadableEvents, 0);
  return [
    ...info.services
      .filter(({ service }) => isUnknown(service))
      .map(({ tag, count }) => ({
        what: `unknown which=${tag}`,
        count,
        deed: 'listed in Events, bytes shown',
      })),
    ...(skipped === 0 ? [] : [{ what: 'damaged root pointer', count: skipped, deed: 'skipped' }]),
  ];
}
