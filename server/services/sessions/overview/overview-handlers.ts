import {
  type ByteBlock,
  CtsError,
  type RequestHandlers,
  type ServiceActivity,
  type SessionOverview,
  type ThumbnailImage,
} from '#protocol';
import { allocateWindow } from '../../../core/rlog/log-window.ts';
import { MessageView } from '../../../core/rlog/message-view.ts';
import { EventWalk } from '../../../core/schema/event-walk.ts';
import type { OpenLog } from '../open-log.ts';
import type { SessionTable } from '../session-table.ts';
import { describeOverview, type EncodeBlock } from './log-overview.ts';
import { recognizePicture } from './picture-kind.ts';

/** Most bytes of all blocks of one answer: see the protocol's `byte-block`. */
const MOST_BLOCK_BYTES = 1024 * 1024;
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
  return {
    'sessions/overview': async ({ session, columns }) => overviews.find(sessions.find(session), columns),
    'sessions/activity': async ({ session, columns }) =>
      countActivity(sessions.find(session), columns, encode),
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

/** Counts the events of each service per column of time. */
function countActivity(
  { events, revision, schema, durationSeconds }: OpenLog,
  columns: number,
  encode: EncodeBlock,
): ServiceActivity {
  const { tag, seconds, size, length } = events;
  const found = new Map<number, { bytes: number; readonly counts: Uint32Array }>();
  const most = Math.floor(MOST_BLOCK_BYTES / (4 * columns));
  const scale = columns / Math.max(durationSeconds, Number.MIN_VALUE);
  for (let row = 0; row < length; row++) {
    const own = found.get(tag[row] ?? 0) ?? addService(found, tag[row] ?? 0, { columns, most });
    if (own === undefined) continue;
    own.bytes += size[row] ?? 0;
    const column = Math.min(columns - 1, Math.max(0, Math.floor((seconds[row] ?? 0) * scale)));
    own.counts[column] = (own.counts[column] ?? 0) + 1;
  }
  const services = [...found].map(([service, { bytes, counts }]) => ({
    ...{ service: schema.serviceName(service), bytes },
    counts: encode(new Uint8Array(counts.buffer)),
  }));
  return { revision, services };
}

interface Activity {
  bytes: number;
  readonly counts: Uint32Array;
}

/** A hostile log has thousands of services: those that fit into an answer are counted. */
function addService(
  found: Map<number, Activity>,
  tag: number,
  { columns, most }: { readonly columns: number; readonly most: number },
): Activity | undefined {
  if (found.size >= most) return undefined;
  const added = { bytes: 0, counts: new Uint32Array(columns) };
  found.set(tag, added);
  return added;
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
