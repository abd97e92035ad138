import type { PageFailure, SessionState } from '#protocol';
import { readFirstBytes } from './file-marks.ts';
import type { LogRefusal, NoticeButton } from './log-notice.ts';

/** What is known where a log shows nothing. */
export interface RefusalFacts {
  readonly path: string;
  readonly state: SessionState | null;
  /** Why the log could not be opened at all. */
  readonly failure: PageFailure | null;
}

const OPEN_ANOTHER: NoticeButton = {
  label: 'Open Another Log…',
  deed: { kind: 'act', action: { action: 'openLog' } },
};
const TRY_AGAIN: NoticeButton = { label: 'Try Again', deed: { kind: 'readAnew' } };

/** Says why nothing can be shown; null where something can. */
export function describeRefusal({ path, state, failure }: RefusalFacts): LogRefusal | null {
  if (state !== null && state.events > 0) return null;
  if (state?.failure) return describeByCode(path, state.failure.code, state.failure);
  if (failure === null) return null;
  const { firstBytesHex } = failure.details;
  return describeByCode(path, failure.code, {
    message: failure.message,
    firstBytesHex: typeof firstBytesHex === 'string' ? firstBytesHex : null,
  });
}

interface Reason {
  readonly message: string;
  readonly firstBytesHex: string | null;
}

function describeByCode(path: string, code: string, reason: Reason): LogRefusal {
  switch (code) {
    case 'NOT_A_LOG':
    case 'UNSUPPORTED_CONTAINER':
      return describeForeign(path, reason);
    case 'FILE_EMPTY':
      return {
        title: 'This log is empty: 0 bytes',
        text: ['The device created it and wrote nothing.'],
        buttons: [OPEN_ANOTHER],
      };
    case 'FILE_NOT_FOUND':
      return {
        title: 'This log is not there any more',
        text: ['Nothing is found at ', { code: path }, '. It was moved, renamed or deleted.'],
        buttons: [OPEN_ANOTHER, TRY_AGAIN],
      };
    case 'FILE_UNREADABLE':
      return {
        title: 'This log may not be read',
        text: [reason.message],
        buttons: [TRY_AGAIN, OPEN_ANOTHER],
      };
    default:
      return {
        title: 'This log could not be opened',
        text: [reason.message],
        buttons: [TRY_AGAIN, OPEN_ANOTHER],
      };
  }
}

function describeForeign(path: string, { message, firstBytesHex }: Reason): LogRefusal {
  const first = firstBytesHex === null ? null : readFirstBytes(firstBytesHex);
  const kinds = 'CTS reads zstd, bz2 and plain rlog files.';
  const buttons: readonly NoticeButton[] = [
    OPEN_ANOTHER,
    { label: 'Open as Text', deed: { kind: 'act', action: { action: 'openAsText', path } } },
  ];
  const title = 'This file is not an openpilot log';
  if (first === null) return { title, text: [`${message} ${kinds}`], buttons };
  const mark = describeMark(first.name);
  const advice = first.isPacked ? ' Unpack it first, then open the file inside.' : '';
  return { title, text: ['It begins with ', { code: first.shown }, `${mark}. ${kinds}${advice}`], buttons };
}

function describeMark(name: string | null): string {
  if (name === null) return '';
  return name === 'plain text' ? ', plain text' : `, the mark of ${name}`;
}
