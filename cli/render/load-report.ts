import type { LoadReport, Problem, SegmentReport } from '#protocol';
import type { Output } from '../terminal.ts';
import { formatBytes, formatPlural } from './quantities.ts';

/** Lines that tell what loading a log came to: one for the whole, then one for each problem. */
export function describeLoadReport(report: LoadReport, output: Output): readonly string[] {
  const mark = report.isWhole ? output.styleNote('green', 'whole') : output.styleNote('yellow', 'not whole');
  const containers = [...new Set(report.segments.map(({ container }) => container ?? 'unreadable'))].join(
    ', ',
  );
  const sizes = `${formatBytes(report.fileBytes)} of ${containers} held ${formatBytes(report.logBytes)} of log`;
  const files = report.segments.length > 1 ? `${formatPlural(report.segments.length, 'segment')}, ` : '';
  return [
    `${mark}: ${files}${formatPlural(report.events, 'event')} read; ${sizes}`,
    ...report.problems.map((problem) => describeProblem(problem, output)),
    ...report.segments.flatMap((segment) => describeSegment(segment, report, output)),
  ];
}

function describeSegment(segment: SegmentReport, report: LoadReport, output: Output): readonly string[] {
  const place = report.segments.length > 1 ? `segment ${String(segment.segment ?? segment.name)}: ` : '';
  return segment.problems.map((problem) => describeProblem(problem, output, place));
}

function describeProblem(problem: Problem, output: Output, place = ''): string {
  return `  ${output.styleNote('yellow', problem.code)}  ${place}${problem.message}`;
}
