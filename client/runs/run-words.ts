import type { Artifact, Run } from '#protocol';
import { makeHarmless } from '../harmless-text.ts';
import { formatBytes, formatCount, formatDuration } from '../number-text.ts';
import { endSentence } from '../sentence.ts';
import type { Translate } from '../translate.ts';

/** How a run is shown in a list. */
export interface RunRow {
  readonly label: string;
  /** Dim, behind the label: what it reads, and time or state. */
  readonly description: string;
  readonly icon: { readonly id: string; readonly color: string | undefined };
  /** For screen readers. */
  readonly spoken: string;
  /** Tells menus what may be done. */
  readonly context: string;
}

const BETWEEN = ' · ';

/** Describes a run in a row. A colour never speaks alone: icons differ, and the state stands in words. */
export function describeRun(run: Run, translate: Translate): RunRow {
  const label = makeHarmless(run.toolId);
  const input = makeHarmless(run.name ?? run.inputName ?? '');
  const state = describeState(run, translate);
  return {
    label,
    description: [input, state].filter((part) => part !== '').join(BETWEEN),
    icon: chooseIcon(run),
    spoken: [label, input, nameState(run, translate), state].filter((part) => part !== '').join(', '),
    context: `run:${run.state}${run.input === null ? '' : ':input'}`,
  };
}

/** Time or state in words. */
export function describeState(run: Run, translate: Translate): string {
  switch (run.state) {
    case 'queued':
      return run.queuePosition === null ? translate('queued') : translate('queued, {0}.', run.queuePosition);
    case 'running':
      return run.progress === null ? translate('running') : `${Math.floor(run.progress)}\u00a0%`;
    case 'failed':
      return translate('failed');
    case 'canceled':
      return translate('cancelled');
    case 'completed': {
      const findings = countProblems(run);
      const time = run.durationSeconds === null ? '' : formatDuration(run.durationSeconds);
      if (findings === 0) return time === '' ? translate('completed') : time;
      return findings === 1 ? translate('1 finding') : translate('{0} findings', formatCount(findings));
    }
  }
}

/** What was wrong with the log that a run read. */
function countProblems({ report }: Run): number {
  if (report === null) return 0;
  return report.segments.reduce((sum, { problems }) => sum + problems.length, report.problems.length);
}

function nameState(run: Run, translate: Translate): string {
  switch (run.state) {
    case 'queued':
      return translate('queued');
    case 'running':
      return translate('running');
    case 'completed':
      return translate('completed');
    case 'failed':
      return translate('failed');
    case 'canceled':
      return translate('cancelled');
  }
}

function chooseIcon(run: Run): RunRow['icon'] {
  switch (run.state) {
    case 'queued':
      return { id: 'clock', color: undefined };
    case 'running':
      return { id: 'loading~spin', color: 'charts.blue' };
    case 'failed':
      return { id: 'error', color: 'list.errorForeground' };
    case 'canceled':
      return { id: 'primitive-square', color: undefined };
    case 'completed':
      return countProblems(run) > 0
        ? { id: 'warning', color: 'list.warningForeground' }
        : { id: 'pass', color: 'charts.green' };
  }
}

/** Everything about a run, as plain lines for a tooltip. */
export function listRunFacts(
  run: Run,
  translate: Translate,
): readonly (readonly [name: string, value: string])[] {
  const error = run.error === null ? [] : [[translate('Failure'), run.error.message] as const];
  const progress =
    run.progressMessage === null ? [] : [[translate('Working on'), run.progressMessage] as const];
  return [
    [translate('Tool'), `${run.toolId} ${run.toolVersion}`],
    [translate('Input'), describeInput(run)],
    [translate('State'), `${nameState(run, translate)}, ${describeState(run, translate)}`],
    ...progress,
    ...error,
    [translate('Created'), run.createdAt],
    [translate('Run'), run.id],
  ];
}

/** What a run reads, as it was named. */
export function describeInput({ input, inputName }: Run): string {
  if (input === null) return '–';
  switch (input.type) {
    case 'path':
      return input.path;
    case 'upload':
      return inputName ?? `upload:${input.uploadId}`;
    case 'artifact':
      return inputName ?? `artifact:${input.artifactId}`;
  }
}

/** Says how a run ended badly: what happened, with which value, and what to do. */
export function describeFailure(run: Run, translate: Translate): string {
  const time = run.durationSeconds ?? 0;
  const head = translate('{0} failed after {1}.', makeHarmless(run.toolId), formatDuration(time));
  const sentences = [run.error?.message ?? '', ...(run.error?.suggestedActions ?? [])];
  const ended = sentences.filter((sentence) => sentence !== '').map(endSentence);
  return [head, ...ended].map(makeHarmless).join(' ');
}

/** A file of a run in a row: its size, and rows where it is a table. */
export function describeArtifact({ sizeBytes, rows }: Artifact, translate: Translate): string {
  const size = formatBytes(sizeBytes);
  if (rows === null) return size;
  return [size, rows === 1 ? translate('1 row') : translate('{0} rows', formatCount(rows))].join(BETWEEN);
}
