import { type Artifact, type Run, writeRunCommand } from '#protocol';
import { makeBanner } from '../shared/banners.ts';
import { makeButton, makeElement, makeLink } from '../shared/element.ts';
import type { PageHost } from '../shared/host/page-host.ts';
import { formatBytes } from '../shared/number-text.ts';
import { describeFailedRun, describeProgress, STATE_WORDS } from './run-words.ts';

/** What the detail of a run is made of. */
export interface RunDetailParts {
  readonly run: Run;
  readonly artifacts: readonly Artifact[];
  readonly logLines: readonly string[];
}

/** What the detail of a run tells. */
export interface RunDetailEvents {
  /** Another run was started. */
  readonly onStart: (runId: string) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Makes what is known of a run: state, files, parameters, log, and what can be done. */
export function makeRunDetail(
  host: PageHost,
  { run, artifacts, logLines }: RunDetailParts,
  events: RunDetailEvents,
): HTMLElement {
  const sections = [
    makeHead(host, run, events),
    ...makeFailure(run),
    makeSection('Files', makeArtifacts(host, run, artifacts)),
    makeSection('Parameters', makeParameters(run)),
    makeSection(
      'Run log',
      makeElement('pre', { className: 'run-log mono', tabIndex: 0 }, logLines.join('\n') || 'Empty'),
    ),
  ];
  return makeElement('div', { className: 'run-detail' }, ...sections);
}

function makeHead(host: PageHost, run: Run, { onStart, onFailure }: RunDetailEvents): HTMLElement {
  const isAtWork = run.state === 'running' || run.state === 'queued';
  const buttons = makeElement('div', { className: 'button-row' });
  if (isAtWork) {
    const cancel = (): void => void host.request('runs/cancel', { runId: run.id }).catch(onFailure);
    buttons.append(makeButton({ label: 'Cancel Run', icon: 'stop', kind: 'small', act: cancel }));
  } else {
    const rerun = (): void =>
      void host.request('runs/rerun', { runId: run.id }).then(({ id }) => {
        onStart(id);
      }, onFailure);
    buttons.append(makeButton({ label: 'Run Again', icon: 'refresh', kind: 'small', act: rerun }));
  }
  const copy = (): void =>
    void host.act({ action: 'copyText', text: writeRunCommand(run, undefined, 'posix') });
  buttons.append(makeButton({ label: 'Copy as cts command', icon: 'code', kind: 'small', act: copy }));
  if (run.input?.type === 'path') {
    const { path } = run.input;
    buttons.append(
      makeButton({
        label: 'Open Log',
        icon: 'open',
        kind: 'small',
        act: () => void host.act({ action: 'openLog', path }),
      }),
    );
  }
  const words = [STATE_WORDS[run.state].word, describeProgress(run), run.inputName ?? ''];
  const line = [...new Set(words)].filter((word) => word !== '').join(' · ');
  return makeElement(
    'header',
    {},
    makeElement('h2', { className: 'run-title' }, run.name ?? run.toolId),
    makeElement('p', { className: 'dim' }, line),
    buttons,
  );
}

function makeFailure(run: Run): readonly HTMLElement[] {
  if (run.error === null) return [];
  const text = [run.error.message, ...run.error.suggestedActions].join(' ');
  return [makeBanner({ id: run.id, tone: 'error', title: describeFailedRun(run), text })];
}

function makeSection(title: string, content: HTMLElement): HTMLElement {
  return makeElement('section', {}, makeElement('h3', {}, title), content);
}

function makeArtifacts(host: PageHost, run: Run, artifacts: readonly Artifact[]): HTMLElement {
  if (artifacts.length === 0) return makeElement('p', { className: 'dim' }, 'None');
  const items = artifacts.map(({ name, sizeBytes }) =>
    makeElement(
      'li',
      {},
      makeLink(name, () => void host.act({ action: 'openArtifact', runId: run.id, name })),
      makeElement('span', { className: 'dim' }, formatBytes(sizeBytes)),
    ),
  );
  return makeElement('ul', { className: 'run-files' }, ...items);
}

function makeParameters({ parameters }: Run): HTMLElement {
  const rows = Object.entries(parameters).flatMap(([name, value]) => [
    makeElement('dt', {}, name),
    makeElement(
      'dd',
      { className: 'mono' },
      Array.isArray(value) ? value.map(String).join(', ') : String(value),
    ),
  ]);
  if (rows.length === 0) return makeElement('p', { className: 'dim' }, 'Those that it takes by itself');
  return makeElement('dl', { className: 'run-parameters' }, ...rows);
}
