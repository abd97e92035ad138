import { type ShownPayload, unpackChange } from '../../shared/can/byte-change.ts';

/** Bytes whose changes are not coloured, since they always change. */
export class SuppressedBytes {
  readonly #bytes = new Set<string>();

  /** Suppresses a byte, or shows it again. */
  turn(message: string, byte: number): void {
    const key = `${message}:${String(byte)}`;
    if (!this.#bytes.delete(key)) this.#bytes.add(key);
  }

  /** Suppresses all bytes of a message that toggle now. */
  addToggling(message: string, { changes }: ShownPayload): void {
    changes.forEach((packed, byte) => {
      if (unpackChange(packed).kind === 'toggling') this.#bytes.add(`${message}:${String(byte)}`);
    });
  }

  clear(): void {
    this.#bytes.clear();
  }

  /** A payload without the changes that are suppressed. */
  quieten(message: string, payload: ShownPayload | null): ShownPayload | null {
    if (payload === null || this.#bytes.size === 0) return payload;
    const changes = payload.changes.map((packed, byte) =>
      this.#bytes.has(`${message}:${String(byte)}`) ? 0 : packed,
    );
    return { bytes: payload.bytes, changes };
  }
}
