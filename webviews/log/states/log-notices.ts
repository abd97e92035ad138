import type { BackendState, SessionState } from '#protocol';
import { formatAmount } from '../../shared/number-text.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { Overview } from '../overview-feed.ts';
import type { LogNotice } from './log-notice.ts';
import { listConnectButton, listReportNotices } from './report-notices.ts';

/** Everything that is said above a log. */
export interface NoticeFacts {
  readonly path: string;
  readonly state: SessionState | null;
  readonly overview: Overview | null;
  readonly isTrusted: boolean;
  readonly backend: BackendState;
  /** Whether the backend was there before. */
  readonly wasReady: boolean;
}

/** Says what has to be known about an open log, the most pressing first. */
export function listNotices(facts: NoticeFacts): readonly LogNotice[] {
  const { path, overview } = facts;
  // Where nothing can be shown, what stands in its place says why.
  const state = facts.state?.events === 0 && facts.state.failure !== null ? null : facts.state;
  const route = overview?.info.route ?? null;
  const reading = state === null ? [] : listReadingNotices(state);
  const report =
    state === null ? [] : listReportNotices(state.report, { path, seconds: state.seconds, route });
  return [
    ...listBackendNotices(facts),
    ...reading,
    ...report,
    ...listKindNotices(state, route),
    ...(overview === null ? [] : listUnknownKinds(overview)),
    ...(facts.isTrusted ? [] : [UNTRUSTED]),
  ];
}

/** Where versions of the extension are told. */
const UPDATES = 'https://marketplace.visualstudio.com/items?itemName=cts.cts';

const UNTRUSTED: LogNotice = {
  id: 'untrusted',
  tone: 'note',
  title: 'This workspace is not trusted.',
  text: 'Logs can be viewed; analyzers do not run.',
  buttons: [{ label: 'Manage Trust', deed: { kind: 'act', action: { action: 'manageTrust' } } }],
};

function listBackendNotices({ backend, wasReady }: NoticeFacts): readonly LogNotice[] {
  if (backend === 'ready' || (backend === 'starting' && !wasReady)) return [];
  const isOver = backend === 'stopped';
  return [
    {
      id: `backend-${isOver ? 'stopped' : 'gone'}`,
      tone: isOver ? 'error' : 'warning',
      title: 'The CTS backend stopped.',
      text: isOver
        ? 'Open logs stay as they are. It stopped too often to be started again.'
        : 'Open logs stay as they are; it is starting again.',
      buttons: [{ label: 'Show Log', deed: { kind: 'act', action: { action: 'showBackendLog' } } }],
    },
  ];
}

function listReadingNotices({
  phase,
  hasGrown,
  seconds,
  failure,
  events,
}: SessionState): readonly LogNotice[] {
  const notices: LogNotice[] = [];
  if (phase === 'failed' && failure !== null && events > 0) notices.push(describeBreak(seconds, failure));
  if (phase === 'stopped') {
    notices.push({
      id: 'stopped',
      tone: 'note',
      title: `Reading was stopped at ${formatTime(seconds, 1)}.`,
      text: 'Everything before it is shown.',
      buttons: [{ label: 'Read On', deed: { kind: 'readOn' } }],
    });
  }
  if (hasGrown) {
    notices.push({
      id: 'grown',
      tone: 'note',
      title: 'This log has grown since it was read.',
      text: 'What was there is shown; the rest is read when you ask for it.',
      buttons: [{ label: 'Read Anew', deed: { kind: 'readAnew' } }],
    });
  }
  return notices;
}

function describeBreak(
  seconds: number,
  { code, message }: { readonly code: string; readonly message: string },
): LogNotice {
  const isGone = code === 'FILE_NOT_FOUND';
  return {
    id: 'broken-off',
    tone: 'error',
    title: isGone ? 'The file of this log is gone.' : `Reading broke off at ${formatTime(seconds, 1)}.`,
    text: isGone
      ? `What was read up to ${formatTime(seconds, 1)} is shown.`
      : `${message} Everything before it is shown.`,
    buttons: [{ label: 'Read Anew', deed: { kind: 'readAnew' } }],
  };
}

function listKindNotices(state: SessionState | null, route: string | null): readonly LogNotice[] {
  if (state === null || state.kinds.length === 0 || state.kinds.some((kind) => kind !== 'qlog')) return [];
  return [
    {
      id: 'qlog',
      tone: 'note',
      title: 'This is a qlog.',
      text: 'It holds a sample of the events and almost no CAN frames.',
      buttons: listConnectButton('Get rlog…', route),
    },
  ];
}

function listUnknownKinds({ info }: Overview): readonly LogNotice[] {
  const unknown = info.services.filter(({ service }) => service.startsWith('unknown('));
  const events = unknown.reduce((sum, { count }) => sum + count, 0);
  if (events === 0) return [];
  const known = /\d+\.\d+\.\d+/.exec(info.schema.id)?.[0];
  const newer = known === undefined ? 'newer than this CTS' : `newer than ${known}`;
  return [
    {
      id: 'newer',
      tone: 'note',
      title: `${formatAmount(events, 'event')} of unknown kinds, kept as they are.`,
      text: `Recorded by openpilot ${newer}. A CTS update may name them.`,
      buttons: [
        {
          label: 'Check for Updates',
          deed: { kind: 'act', action: { action: 'openExternal', url: UPDATES } },
        },
      ],
    },
  ];
}
