import type { SessionState } from '#protocol';
import type { Answer } from '../../webviews/shared/host/page-host.ts';
import { makeActivity, makeOverview, makeSessionState, makeThumbnail, FAKE_PATH } from './fake-log.ts';
import { createFakePageHost, type FakeAnswers, type FakePageHost, waitForever } from './fake-page-host.ts';

/** What a fake log is, besides complete and whole. */
export interface FakeLogOptions {
  readonly state?: Partial<SessionState>;
  readonly overview?: Partial<Answer<'sessions/overview'>>;
  /** More answers, of the tab under test for example. */
  readonly answers?: FakeAnswers;
  readonly remembered?: object;
  readonly isTrusted?: boolean;
}

/** Makes the host of a page that was opened on the fake log. */
export function makeFakeLogHost(options: FakeLogOptions = {}): FakePageHost {
  const { state = {}, overview = {}, answers = {}, remembered, isTrusted = true } = options;
  const session = makeSessionState(state);
  return createFakePageHost({
    input: { page: 'log', path: FAKE_PATH, name: 'drive-minute.rlog.zst' },
    isTrusted,
    remembered: remembered === undefined ? null : JSON.stringify(remembered),
    answers: {
      'sessions/open': () => session,
      'sessions/follow': ({ session: id }) =>
        session.phase === 'reading' ? waitForever() : { ...session, session: id },
      'sessions/stop': () => ({ ...session, phase: 'stopped', revision: session.revision + 1 }),
      'sessions/resume': () => ({ ...session, phase: 'reading', revision: session.revision + 1 }),
      'sessions/overview': () => makeOverview(overview),
      'sessions/activity': ({ columns }) => makeActivity(columns),
      'sessions/thumbnail': () => makeThumbnail(),
      ...answers,
    },
  });
}
