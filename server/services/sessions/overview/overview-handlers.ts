import {
  type ByteBlock,
  CtsError,
  MOST_BLOCK_BYTES,
  type RequestHandlers,
  type SessionOverview,
  type ThumbnailImage,
} from '#protocol';
import { allocateWindow } from '../../../core/rlog/log-window.ts';
import { MessageView } from '../../../core/rlog/message-view.ts';
import { EventWalk } from '../../../core/schema/event-walk.ts';
import type { OpenLog } from '../open-log.ts';
import type { SessionTable } from '../session-table.ts';
import type { EncodeBlock } from './encode-block.ts';
import { describeOverview } from './log-overview.ts';
import { recognizePicture } from './picture-kind.ts';
import { LogActivities } from './service-activity.ts';

/** So old may the overview of a log be that is still read. */
const FRESH_MS = 500;

/** Requests about an open log as a whole. */
export type OverviewMethod = `sessions/${'overview' | 'activity' | 'thumbnail'}`;

/** What answering them needs. */
export interface OverviewPorts {
  readonly sessions: Pick<SessionTable, 'find'>;
  readonly encodeBase64: (bytes: Uint8Array) => string;
}

/** Answers what is asked of an open log as a whole. */
export function createOverviewHandlers({
  sessions,
  encodeBase64,
}: OverviewPorts): Pick<RequestHandlers, OverviewMethod> {
  const encode = (bytes: Uint8Array): ByteBlock => ({ base64: encodeBase64(bytes) });
  const overviews = new RecentOverviews(encode);
  const activities = new LogActivities(encode);
  return {
    'sessions/overview': async ({ session, columns }) => overviews.find(sessions.find(session), columns),
    'sessions/activity': ({ session, columns }) => activities.find(sessions.find(session), columns),
    'sessions/thumbnail': ({ session, index }) => readPicture(sessions.find(session), index, encode),
  };
}

interface KnownOverview {
  readonly columns: number | undefined;
  readonly madeAtMs: number;
  readonly overview: SessionOverview;
}

/** Keeps the last overview of each log: while it is read, every batch would ask for another one. */
class RecentOverviews {
  readonly #encode: EncodeBlock;
  readonly #known = new WeakMap<OpenLog, KnownOverview>();

  constructor(encode: EncodeBlock) {
    this.#encode = encode;
  }

  find(log: OpenLog, columns: number | undefined): SessionOverview {
    const known = this.#known.get(log);
    if (known !== undefined && known.columns === columns && isFresh(known, log)) return known.overview;
    const overview = describeOverview(log, columns, this.#encode);
    this.#known.set(log, { columns, madeAtMs: performance.now(), overview });
    return overview;
  }
}

function isFresh({ overview, madeAtMs }: KnownOverview, log: OpenLog): boolean {
  if (overview.revision === log.revision) return true;
  // The first events are shown at once.
  return !log.isComplete && overview.info.durationSeconds > 0 && performance.now() - madeAtMs < FRESH_MS;
}

/** The picture of an event: the largest Data of it. */
async function readPicture(log: OpenLog, index: number, encode: EncodeBlock): Promise<ThumbnailImage> {
  if (index >= log.events.length) throw createNoPicture(index);
  const { window, start } = await log.messageOf(index);
  const view = new MessageView(allocateWindow(0));
  let picture = new Uint8Array(0);
  if (view.open(window, start)) {
    new EventWalk(log.schema).walk(view, log.events.tag[index] ?? 0, {
      visit: ({ type, length, depth }, walk) => {
        if (type.kind === 'data' && length > picture.length) picture = walk.bytes().slice();
        return depth === 0;
      },
    });
  }
  const contentType = recognizePicture(picture);
  if (contentType === undefined || picture.length > MOST_BLOCK_BYTES) throw createNoPicture(index);
  return { contentType, bytes: encode(picture) };
}

function createNoPicture(index: number): CtsError {
  return new CtsError('INVALID_PARAMETER', `Event ${String(index)} holds no picture of up to 1 MiB`, {
    details: { parameter: 'index', index },
  });
}
