import type { MessageDetail, MessageDetailParams } from '#protocol';
import { LONGEST_PAYLOAD } from '../../../core/can/frame-bits.ts';
import { countUpTo } from '../../../core/can/message-index.ts';
import { describeSignal, type SignalRole } from '../../../core/dbc/model/described-message.ts';
import { findProtection } from '../../../core/dbc/checksums/protection.ts';
import { isPresent } from '../../../core/dbc/codec/signal-values.ts';
import { findSparkline } from '../../../core/series/sparkline.ts';
import type { LogSeries } from '../series/log-series.ts';
import type { SignalSeries } from '../series/signal-series.ts';
import type { EncodeBase64 } from './can-at.ts';
import type { CanLog } from './can-logs.ts';
import type { FoundMessage } from './log-databases.ts';
import type { LogMessages } from './log-messages.ts';
import { describeMessageRow } from './message-table.ts';
import { readSignal } from './signal-text.ts';

const USUAL_COLUMNS = 132;
/** How far back a signal is looked for that is not in every frame. */
const MOST_FRAMES_BACK = 256;

type SignalDetail = MessageDetail['signals'][number];

/** What is looked at. */
interface DetailView {
  readonly params: MessageDetailParams;
  readonly messages: LogMessages;
  /** Number of the message in its index. */
  readonly message: number;
  readonly from: number;
  readonly to: number;
  readonly encode: EncodeBase64;
}

/** Describes a message: its bits over the whole log, its signals in a stretch and at a time. */
export async function describeMessageDetail(
  can: CanLog,
  params: MessageDetailParams,
  encode: EncodeBase64,
): Promise<MessageDetail> {
  const databases = await can.databases.chooseIfPossible();
  const messages = can.messagesOf(params.service);
  const message = can.findMessage(params);
  const found = databases.findMessage(params.bus, params.arbitrationId);
  const { fromSeconds: from = 0, toSeconds: to = can.log.durationSeconds } = params;
  const view = { params, messages, message, from, to: Math.max(from, to), encode };
  const checked = found && can.checks.check(messages, message, found);
  return {
    revision: can.log.revision,
    message: describeMessageRow(messages, message, databases),
    database: found?.opened.name ?? null,
    comment: found?.message.comment ?? null,
    sizeBytes: found?.message.size ?? null,
    toggles: { base64: encode(copyToggles(messages, message)) },
    signals: found === undefined ? [] : listSignals(can.series, found, view),
    checksums: checked?.checksums ?? null,
    counters: checked?.counters ?? null,
  };
}

function copyToggles(messages: LogMessages, message: number): Uint8Array {
  const { maxBytes } = messages.countChanges(message);
  const { counts } = messages.countToggles(message);
  return new Uint8Array(counts.slice(0, 8 * Math.min(maxBytes, LONGEST_PAYLOAD)).buffer);
}

function listSignals(series: LogSeries, found: FoundMessage, view: DetailView): SignalDetail[] {
  const { checksum, counter } = findProtection(found.message, found.opened.name) ?? {};
  const roles = new Map<unknown, SignalRole>([
    [counter?.signal, 'counter'],
    [checksum?.signal, 'checksum'],
  ]);
  return found.message.signals.flatMap((signal, index) => {
    const opened = series.openSignal(view.messages, view.message, { found, index });
    return opened === undefined ? [] : describeOne(opened, view, roles.get(signal));
  });
}

function describeOne(opened: SignalSeries, view: DetailView, role: SignalRole | undefined): SignalDetail {
  const { samples, signal } = opened;
  const { from, to, encode } = view;
  const first = samples.countBefore(from);
  const { lowest, highest } = samples.pyramid.findExtremes(first, Math.max(first, samples.countUpTo(to)));
  const [minimum = null, maximum = null] = [samples.values[lowest], samples.values[highest]];
  const columns = view.params.sparklineColumns ?? USUAL_COLUMNS;
  return {
    signal: describeSignal(signal, role),
    minimum,
    maximum,
    isConstant: minimum === maximum,
    ...readAt(opened, view),
    sparkline: { base64: encode(new Uint8Array(findSparkline(samples, { from, to, columns }).buffer)) },
  };
}

/** Of a signal that is multiplexed the last frame that holds it counts. */
function readAt(
  opened: SignalSeries,
  { params, messages, message }: DetailView,
): Pick<SignalDetail, 'value' | 'raw' | 'label'> {
  const { table, index } = messages;
  const rows = index.borrowRows(message);
  const end = countUpTo(table.seconds, rows, params.atSeconds ?? Infinity);
  for (let i = end - 1; i >= Math.max(0, end - MOST_FRAMES_BACK); i--) {
    const row = rows[i];
    if (row !== undefined && isPresent(opened.plan, table, row)) return readSignal(opened, table, row);
  }
  return { value: null, raw: null, label: null };
}
