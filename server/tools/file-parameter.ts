import * as z from 'zod';
import type { ToolInput } from '#protocol';

/** What the file that a parameter names may be. */
export interface FileParameter {
  readonly kinds: ToolInput['kinds'];
  readonly description: string;
}

const name = z.string().min(1).max(4096);

/** A parameter that names one more file to read: a path, `upload:ID` or `artifact:ID`. */
export function fileParameter({ kinds, description }: FileParameter): z.ZodOptional<z.ZodString> {
  return name.optional().meta({ description, accepts: kinds });
}

/** A parameter that names several files to read. */
export function filesParameter({ kinds, description }: FileParameter): z.ZodDefault<z.ZodArray<z.ZodString>> {
  return z.array(name).max(100).default([]).meta({ description, accepts: kinds });
}

/** A parameter that names files for one bus each, `0=FILE`, or for all buses that have no other, `FILE`. */
export function busFilesParameter({
  kinds,
  description,
}: FileParameter): z.ZodDefault<z.ZodArray<z.ZodString>> {
  return z.array(name).max(256).default([]).meta({ description, accepts: kinds, byBus: true });
}

/** A file, and the bus that it is for. */
export interface BusFile {
  /** Panda bus number as logged; undefined: all that have no other. */
  readonly bus: number | undefined;
  readonly file: string;
}

/** Reads a value of `busFilesParameter`. A file whose own name begins so is named with its folder: `./0=x.dbc`. */
export function readBusFile(text: string): BusFile {
  const [, bus, file = ''] = /^(\d{1,3})=(.+)$/s.exec(text) ?? [];
  return bus === undefined || Number(bus) > 255 ? { bus: undefined, file: text } : { bus: Number(bus), file };
}

/** What `readBusFile` reads. */
export function formatBusFile({ bus, file }: BusFile): string {
  return bus === undefined ? file : `${String(bus)}=${file}`;
}
