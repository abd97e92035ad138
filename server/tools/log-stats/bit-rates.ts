import type { RatesOfBus } from './bus-loads.ts';

/** Usual in cars; source: ISO 11898-2 and what opendbc's buses run at. */
export const USUAL_BIT_RATE = 500_000;
/** Of CAN-FD's data phase. */
export const USUAL_DATA_BIT_RATE = 2_000_000;

/** A bit rate for all buses, or for one: `500000`, `1:250000`. 1 kbit/s to 20 Mbit/s. */
export const BIT_RATE_TEXT = /^(?:\d{1,2}:)?[1-9]\d{3,7}$/;

/** Reads bit rates as they are given: one for all buses, and others for single ones. */
export function readBitRates(nominal: readonly string[], data: readonly string[]): RatesOfBus {
  const nominalRates = readRates(nominal, USUAL_BIT_RATE);
  const dataRates = readRates(data, USUAL_DATA_BIT_RATE);
  return (bus) => ({ nominal: nominalRates(bus), data: dataRates(bus) });
}

function readRates(texts: readonly string[], usual: number): (bus: number) => number {
  const pairs = texts.map((text) => text.split(':').map(Number));
  const ofAll = pairs.findLast((pair) => pair.length === 1)?.[0] ?? usual;
  const ofBus = new Map(
    pairs.flatMap(([bus, rate]) => (bus === undefined || rate === undefined ? [] : [[bus, rate]])),
  );
  return (bus) => ofBus.get(bus) ?? ofAll;
}

/** A rate that is told twice for the same bus, or for all; undefined where each is told once. */
export function findRepeatedRate(texts: readonly string[]): string | undefined {
  const buses = texts.map((text) => (text.includes(':') ? Number(text.split(':')[0]) : -1));
  return texts.find((_, i) => buses.indexOf(buses[i] ?? NaN) < i);
}
