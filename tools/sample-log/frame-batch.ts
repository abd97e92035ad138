import type { CanBatch } from '../../server/adapters/capnp/can-event-writer.ts';

/** Frames of one event, in columns that are filled anew for every event. */
export class FrameBatch implements CanBatch {
  length = 0;
  bus = new Uint8Array(64);
  arbitrationId = new Uint32Array(64);
  dataStart = new Uint32Array(65);
  data = new Uint8Array(4096);

  clear(): void {
    this.length = 0;
  }

  /** Adds a frame; the payload is copied. */
  add(arbitrationId: number, bus: number, payload: Uint8Array): void {
    const row = this.length++;
    const start = this.dataStart[row] ?? 0;
    this.#reserve(this.length, start + payload.length);
    this.arbitrationId[row] = arbitrationId;
    this.bus[row] = bus;
    this.data.set(payload, start);
    this.dataStart[row + 1] = start + payload.length;
  }

  #reserve(rows: number, bytes: number): void {
    if (rows > this.bus.length) {
      this.bus = extend(this.bus, new Uint8Array(rows * 2));
      this.arbitrationId = extend(this.arbitrationId, new Uint32Array(rows * 2));
      this.dataStart = extend(this.dataStart, new Uint32Array(rows * 2 + 1));
    }
    if (bytes > this.data.length) this.data = extend(this.data, new Uint8Array(bytes * 2));
  }
}

function extend<T extends Uint8Array | Uint32Array>(column: T, larger: T): T {
  larger.set(column);
  return larger;
}
