import { CanFrameReader } from '../../../server/core/can/can-frames.ts';
import { CanFrameColumns } from '../../../server/core/can/frame-columns.ts';
import { FrameTable, UPTIME_CLOCK } from '../../../server/core/can/frame-table.ts';
import type { EventBatch } from '../../../server/core/rlog/event-batch.ts';
import { SERVICE_TAGS } from '../../../server/core/rlog/service-tags.ts';
import { appendFieldValues, FieldColumn } from '../../../server/core/schema/field-column.ts';
import { compileFieldPath, type FieldPath } from '../../../server/core/schema/field-path.ts';
import { SchemaSurvey } from '../../../server/core/schema/schema-survey.ts';
import type { BatchReader } from '../../../server/tools/input-access.ts';
import { openLog } from '../../support/tool-run.ts';

/** Values of a field, and when they were logged, in seconds since the device was started. */
export interface FieldSeries {
  readonly seconds: Float64Array;
  readonly values: Float64Array;
}

/** Frames and some fields of a log. */
export interface DriveColumns {
  readonly table: FrameTable;
  readonly fields: readonly FieldSeries[];
}

/** Reads all frames of a log, and the values of fields. */
export async function readDrive(path: string, fields: readonly string[]): Promise<DriveColumns> {
  const reader = new DriveReader(fields);
  await (await openLog(path)).read([reader]);
  return { table: reader.table, fields: reader.listSeries() };
}

class DriveReader implements BatchReader {
  readonly table = new FrameTable();
  readonly #fields: readonly string[];
  readonly #columns: readonly FieldColumn[];
  readonly #schemas = new SchemaSurvey();
  readonly #reader = new CanFrameReader(SERVICE_TAGS.can);
  readonly #frames = new CanFrameColumns();
  #paths: readonly FieldPath[] | undefined;

  constructor(fields: readonly string[]) {
    this.#fields = fields;
    this.#columns = fields.map(() => new FieldColumn());
  }

  append(batch: EventBatch): void {
    this.#frames.clear();
    this.#reader.append(batch, this.#frames);
    this.table.append(this.#frames, UPTIME_CLOCK);
    const schema = this.#schemas.choose(batch);
    if (schema === undefined) return;
    this.#paths ??= this.#fields.map((field) => compileFieldPath(schema, field));
    for (const [i, column] of this.#columns.entries()) {
      const path = this.#paths[i];
      if (path !== undefined) appendFieldValues(batch, path, column);
    }
  }

  listSeries(): readonly FieldSeries[] {
    return this.#columns.map(({ length, value, monoTime }) => ({
      seconds: Float64Array.from(monoTime.subarray(0, length), (time) => Number(time) / 1e9),
      values: value.slice(0, length),
    }));
  }
}
