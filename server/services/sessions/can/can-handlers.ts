import type { FrameRows, FrameRowsParams, RequestHandlers } from '#protocol';
import { type EncodeBase64, findCanAt } from './can-at.ts';
import type { CanLog, CanLogs, MessagePlace } from './can-logs.ts';
import { findFramePlace, type ListedFrames, listFrameRows } from './frame-rows.ts';
import type { FoundMessage } from './log-databases.ts';
import { describeMessageDetail } from './message-detail.ts';
import { describeMessages } from './message-table.ts';

/** Requests about the CAN frames of an open log. */
export type CanMethod =
  `sessions/${'databases' | 'useDatabases' | 'messages' | 'canAt' | 'message' | 'frames' | 'findFrame'}`;

/** What answering them needs. */
export interface CanPorts {
  readonly canLogs: CanLogs;
  readonly encodeBase64: EncodeBase64;
}

/** Answers what is asked of the CAN frames of open logs. */
export function createCanHandlers({ canLogs, encodeBase64 }: CanPorts): Pick<RequestHandlers, CanMethod> {
  return {
    'sessions/databases': async ({ session }) => canLogs.find(session).databases.describe(),
    'sessions/useDatabases': async ({ session, databases }) => {
      const can = canLogs.find(session);
      await can.databases.use(databases);
      return can.databases.describe();
    },
    'sessions/messages': async ({ session, service }) => describeMessages(canLogs.find(session), service),
    'sessions/canAt': async ({ session, atSeconds, service }) => {
      const can = canLogs.find(session);
      return { revision: can.log.revision, ...findCanAt(can.messagesOf(service), atSeconds, encodeBase64) };
    },
    'sessions/message': async (params) =>
      describeMessageDetail(canLogs.find(params.session), params, encodeBase64),
    'sessions/frames': async (params) => listFrames(canLogs.find(params.session), params),
    'sessions/findFrame': async (params) => {
      const { frames } = await findFrames(canLogs.find(params.session), params);
      return findFramePlace(frames, params.atSeconds, params.step ?? 0);
    },
  };
}

async function listFrames(can: CanLog, params: FrameRowsParams): Promise<FrameRows> {
  const { frames, found, problem } = await findFrames(can, params);
  return {
    revision: can.log.revision,
    total: frames.places?.length ?? frames.rows.length,
    all: frames.rows.length,
    conditionProblem: problem ?? null,
    rows: listFrameRows(frames, found, params),
  };
}

interface FoundFrames {
  readonly frames: ListedFrames;
  readonly found: FoundMessage | undefined;
  readonly problem: string | undefined;
}

async function findFrames(
  can: CanLog,
  params: MessagePlace & Pick<FrameRowsParams, 'condition'>,
): Promise<FoundFrames> {
  const databases = await can.databases.chooseIfPossible();
  const messages = can.messagesOf(params.service);
  const message = can.findMessage(params);
  const found = databases.findMessage(params.bus, params.arbitrationId);
  const { condition } = params;
  const { places, problem } = can.conditions.find({ messages, message, found, condition });
  return {
    frames: { table: messages.table, rows: messages.index.borrowRows(message), places },
    found,
    problem,
  };
}
