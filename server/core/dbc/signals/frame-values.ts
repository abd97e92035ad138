import type { SignalValues } from '#protocol';
import type { FrameTable } from '../../can/frame-table.ts';
import { NOT_CHECKABLE, RIGHT, verifyChecksums } from '../checksums/protection-checks.ts';
import { findProtection } from '../checksums/protection.ts';
import { compileMessage } from '../codec/message-plan.ts';
import { labelOf } from '../codec/signal-labels.ts';
import type { SignalPlan } from '../codec/signal-plan.ts';
import { readRaw, readRawNumber, readValue } from '../codec/signal-values.ts';
import type { DatabaseMessage, DatabaseSignal } from '../model/database.ts';

/** A signal of one frame. */
type SignalValue = SignalValues['messages'][number]['signals'][number];

/** Reads all signals of the first frame of a table, in the order of the database. */
export function readFrameValues(message: DatabaseMessage, table: FrameTable): SignalValue[] {
  const { signals } = compileMessage(message);
  return message.signals.flatMap((signal, i) => {
    const plan = signals[i];
    return plan === undefined ? [] : [readSignal(signal, plan, table)];
  });
}

/**
 * Tells whether the checksum of the first frame of a table is right; undefined where there is none to check.
 *
 * @param fileName Of the database: how messages are protected goes by it.
 */
export function isChecksumRight(
  message: DatabaseMessage,
  table: FrameTable,
  fileName: string,
): boolean | undefined {
  const protection = findProtection(message, fileName);
  const result = protection && verifyChecksums(protection, table, Uint32Array.of(0))[0];
  return result === undefined || result === NOT_CHECKABLE ? undefined : result === RIGHT;
}

function readSignal(signal: DatabaseSignal, plan: SignalPlan, table: FrameTable): SignalValue {
  const { name, unit } = signal;
  const raw = readRaw(plan, table, 0);
  if (raw === undefined) return { name, raw: null, value: null, label: null, unit };
  const value = readValue(plan, table, 0);
  // Floats are told as the number that they are, not as their bits.
  const number = isFloat(signal) ? readRawNumber(plan, table, 0) : raw;
  return {
    name,
    raw: String(number),
    value: Number.isFinite(value) ? value : null,
    label: labelOf(signal, number) ?? null,
    unit,
  };
}

function isFloat({ valueType }: DatabaseSignal): boolean {
  return valueType === 'float32' || valueType === 'float64';
}
