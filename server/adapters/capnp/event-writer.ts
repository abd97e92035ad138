import { MessageArena } from './message-arena.ts';
import type { PlainValue } from './plain-value.ts';
import type { SchemaSource } from './schema-source.ts';
import { type StructLayout, StructLayouts, suggestName } from './struct-layout.ts';
import { StructWriter } from './struct-writer.ts';

/** One event to write. */
export interface EventToWrite {
  /** Nanoseconds since boot. */
  readonly logMonoTime: bigint;
  /** True when left out, as openpilot's publishers do. */
  readonly valid?: boolean;
  /** Name of the union member in the newest schema, `carState`. */
  readonly service: string;
  readonly value: PlainValue;
}

/** How an event is laid out in segments. */
export interface EventWriterOptions {
  /** A segment takes no further object beyond this length; 8 KiB as libcapnp when left out. */
  readonly segmentBytes?: number;
}

/** Writes openpilot events from plain objects, driven by the layout of the log schema. */
export class EventWriter {
  readonly #layouts: StructLayouts;

  constructor(schema: SchemaSource) {
    this.#layouts = new StructLayouts(schema);
  }

  /**
   * Returns one event as a framed, unpacked Cap'n Proto message.
   *
   * @throws {Error} When a name is not in the schema (the nearest one is named) or a value does not fit its type.
   */
  write(event: EventToWrite, options: EventWriterOptions = {}): Uint8Array {
    const { logMonoTime, valid = true, service, value } = event;
    const layout = this.#layouts.root;
    const member = layout.fields.get(service);
    if (member?.discriminant === undefined) {
      throw new Error(
        `No service "${service}" in the log schema${suggestName(service, listServices(layout))}`,
      );
    }
    const message = new StructWriter(this.#layouts, new MessageArena(options.segmentBytes));
    return message.write({ logMonoTime, valid, [service]: value }, service);
  }
}

function listServices(event: StructLayout): string[] {
  return [...event.fields.values()]
    .filter((field) => field.discriminant !== undefined)
    .map(({ name }) => name);
}
