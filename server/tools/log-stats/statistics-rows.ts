import { formatAddress } from '../../core/can/address-text.ts';
import { findOrigin } from '../../core/can/bus-origin.ts';
import type { Row } from '../../core/table/table-schema.ts';
import { roundHalfEvenTo } from '../../core/text/python-number.ts';
import type { BusOverview } from './bus-loads.ts';
import type { MessageSummary } from '../../core/can/message-statistics.ts';
import type { PeriodSummary } from '../../core/rlog/period-statistics.ts';
import { type JudgedService, rateOf } from './service-verdicts.ts';
import type { Silence } from './silences.ts';
import type { StateSummary } from './state-statistics.ts';

/** Rows of `SERVICES_TABLE`. @param start Second 0 of the log, in nanoseconds after the zero of the reading. */
export function listServiceRows(services: readonly JudgedService[], start: number): readonly Row[] {
  return services.map(({ name, expectedHz, rateHz, verdict, times }): Row => {
    const head = [name, times?.count ?? 0, roundRate(expectedHz), roundRate(rateHz), verdict];
    if (times === undefined) return [...head, null, null, null, null, null, 0];
    return [
      ...head,
      toSeconds(times.first - start),
      toSeconds(times.last - start),
      ...describeLongestGap(times, start),
      toMilliseconds(times.periods?.deviation),
      times.inversions,
    ];
  });
}

/** Rows of `MESSAGES_TABLE`. */
export function listMessageRows(messages: readonly MessageSummary[], start: number): readonly Row[] {
  return messages.map(({ bus, arbitrationId, times, lengths, changedBits }): Row => {
    const { periods } = times;
    return [
      bus,
      findOrigin(bus),
      formatAddress(arbitrationId),
      times.count,
      roundRate(rateOf(times)),
      toMilliseconds(periods?.mean),
      toMilliseconds(periods?.median),
      toMilliseconds(periods?.deviation),
      toMilliseconds(periods?.deviation95),
      toMilliseconds(periods?.largestDeviation),
      ...describeLongestGap(times, start),
      toSeconds(times.first - start),
      toSeconds(times.last - start),
      lengths.join(' '),
      countBits(changedBits),
      toHex(changedBits),
      times.inversions,
    ];
  });
}

/** Rows of `BUS_LOAD_TABLE`. */
export function listLoadRows(buses: readonly BusOverview[]): readonly Row[] {
  return buses.flatMap(({ bus, loads }) =>
    loads.map(({ traffic, from, seconds, load, totalLoad }): Row => [
      bus,
      findOrigin(bus),
      round(from, 6),
      round(seconds, 6),
      traffic.frames,
      traffic.fdFrames,
      traffic.nominalBits,
      traffic.dataBits,
      round(load, 3),
      round(totalLoad, 3),
    ]),
  );
}

/** Rows of `STATES_TABLE`. */
export function listStateRows(states: readonly StateSummary[]): readonly Row[] {
  return states.flatMap(({ name, values }) => {
    const known = values.reduce((sum, { nanoseconds }) => sum + nanoseconds, 0);
    return values.map((each): Row => [
      name,
      each.value,
      toSeconds(each.nanoseconds),
      known === 0 ? null : round((100 * each.nanoseconds) / known, 3),
      each.entries,
      toSeconds(each.longest),
    ]);
  });
}

/** Rows of `GAPS_TABLE`. */
export function listGapRows(silences: readonly Silence[]): readonly Row[] {
  return silences.map(({ scope, name, kind, from, to, usualPeriod }): Row => [
    scope,
    name,
    kind,
    round(from, 6),
    round(to, 6),
    round(to - from, 6),
    round(1000 * usualPeriod, 3),
  ]);
}

function describeLongestGap({ longest: [gap] }: PeriodSummary, start: number): readonly (number | null)[] {
  return gap === undefined ? [null, null] : [toSeconds(gap.to - gap.from), toSeconds(gap.from - start)];
}

function toSeconds(nanoseconds: number): number | null {
  return round(nanoseconds / 1e9, 6);
}

function toMilliseconds(nanoseconds: number | undefined): number | null {
  return nanoseconds === undefined ? null : round(nanoseconds / 1e6, 3);
}

function roundRate(rateHz: number | undefined): number | null {
  return round(rateHz, 4);
}

function round(value: number | undefined, digits: number): number | null {
  return value === undefined ? null : roundHalfEvenTo(value, digits);
}

function countBits(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
}
