import type { EventBatch } from '../rlog/event-batch.ts';
import { MessageView } from '../rlog/message-view.ts';
import { SERVICE_TAGS } from '../rlog/service-tags.ts';
import { type InitData, readInitData } from './init-data.ts';
import type { LogSchema } from './log-schema.ts';
import { chooseSchema, NEWEST_SCHEMA, openSchema, type SchemaChoice } from './schema-choice.ts';

/**
 * Chooses the schema of a log while it is walked: by the initData in the first window that holds events, where every
 * logger writes one; the newest schema where there is none.
 */
export class SchemaSurvey {
  /** Undefined before the first event. */
  choice: SchemaChoice | undefined;
  #schema: LogSchema | undefined;
  readonly #override: string | undefined;

  /**
   * @param override Id of the schema to read with, whatever the log says.
   * @throws {CtsError} SCHEMA_NOT_FOUND with the nearest ids.
   */
  constructor(override?: string) {
    this.#override = override === undefined ? undefined : openSchema(override).id;
  }

  /** Returns the schema of the log that a batch is from; undefined as long as there were no events. */
  choose(batch: EventBatch): LogSchema | undefined {
    if (this.#schema !== undefined || batch.length === 0) return this.#schema;
    this.choice = chooseSchema(findInitData(batch), this.#override);
    return (this.#schema = openSchema(this.choice.id));
  }
}

function findInitData(batch: EventBatch): InitData | undefined {
  const row = batch.tag.subarray(0, batch.length).indexOf(SERVICE_TAGS.initData);
  if (row < 0) return undefined;
  const view = new MessageView(batch.window);
  view.open(batch.window, batch.start[row]!);
  // Its slots are the same in every schema.
  return readInitData(view, openSchema(NEWEST_SCHEMA));
}
