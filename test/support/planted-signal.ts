import { FrameTable } from '../../server/core/can/frame-table.ts';
import type { SignalLayout } from '../../server/core/dbc/signal-layout.ts';

/** A signal that is hidden in a message. */
export interface PlantedSignal extends Pick<SignalLayout, 'startBit' | 'length' | 'byteOrder' | 'isSigned'> {
  /** Raw value at a time, rounded here. */
  readonly raw: (seconds: number) => number;
}

/** A message with signals in it, and what surrounds them. */
export interface PlantedMessage {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly byteLength: number;
  /** Frames a second. */
  readonly rate: number;
  readonly signals: readonly PlantedSignal[];
  /** Byte whose lower half counts frames. */
  readonly counterByte?: number;
  /** Byte that is made of all the others. */
  readonly checksumByte?: number;
}

/** A frame as it is written. */
export interface PlantedFrame {
  readonly seconds: number;
  readonly bus: number;
  readonly arbitrationId: number;
  readonly data: Uint8Array;
}

/** Lists the frames of messages between 0 and so many seconds, by time. */
export function plantFrames(messages: readonly PlantedMessage[], seconds: number): readonly PlantedFrame[] {
  const frames = messages.flatMap((message) => {
    const count = Math.floor(seconds * message.rate);
    return Array.from({ length: count }, (_, i) => makeFrame(message, i));
  });
  return frames.sort((a, b) => a.seconds - b.seconds);
}

/** Puts frames into a table. */
export function tabulateFrames(frames: readonly PlantedFrame[]): FrameTable {
  const table = new FrameTable();
  for (const frame of frames) table.push(frame, frame.data, [0, frame.data.length]);
  return table;
}

function makeFrame(message: PlantedMessage, index: number): PlantedFrame {
  const { bus, arbitrationId, byteLength, rate, signals, counterByte, checksumByte } = message;
  // Messages do not come at the same moments.
  const seconds = (index + ((arbitrationId * 7) % 10) / 10) / rate;
  const data = new Uint8Array(byteLength);
  for (const signal of signals) writeSignal(data, signal, Math.round(signal.raw(seconds)));
  if (counterByte !== undefined) data[counterByte] = ((data[counterByte] ?? 0) & 0xf0) | (index & 15);
  if (checksumByte !== undefined) data[checksumByte] = sumUp(data, checksumByte);
  return { seconds, bus, arbitrationId, data };
}

function writeSignal(data: Uint8Array, { startBit, length, byteOrder }: PlantedSignal, raw: number): void {
  let rest = BigInt.asUintN(length, BigInt(raw));
  const bits = listBits(startBit, length, byteOrder);
  for (const bit of bits) {
    if ((rest & 1n) === 1n) data[bit >> 3] = (data[bit >> 3] ?? 0) | (1 << (bit & 7));
    rest >>= 1n;
  }
}

/** From the least significant; big-endian signals start at their most significant bit. */
function listBits(startBit: number, length: number, byteOrder: SignalLayout['byteOrder']): readonly number[] {
  if (byteOrder === 'little-endian') return Array.from({ length }, (_, i) => startBit + i);
  const bits = [startBit];
  while (bits.length < length) {
    const last = bits.at(-1) ?? 0;
    bits.push(last % 8 === 0 ? last + 15 : last - 1);
  }
  return bits.reverse();
}

/** CRC-8 with the polynomial of SAE J1850. */
function sumUp(data: Uint8Array, skipped: number): number {
  let crc = 0xff;
  for (const [i, byte] of data.entries()) {
    if (i === skipped) continue;
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x80) === 0 ? crc << 1 : ((crc << 1) ^ 0x1d) & 0xff;
  }
  return crc & 0xff;
}
