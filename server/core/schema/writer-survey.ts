import type { EventBatch } from '../rlog/event-batch.ts';
import { MessageView } from '../rlog/message-view.ts';
import { SERVICE_TAGS } from '../rlog/service-tags.ts';
import { type CarParams, readCarParams } from './car-params.ts';
import { type InitData, readInitData } from './init-data.ts';
import type { LogSchema } from './log-schema.ts';
import { NEWEST_SCHEMA, openSchema } from './schema-choice.ts';

/** Picks from a log what it says of its writer and its car: the first initData and carParams that say anything. */
export class WriterSurvey {
  init: InitData | undefined;
  car: CarParams | undefined;
  // These fields have the same place in every schema.
  readonly #schema: LogSchema = openSchema(NEWEST_SCHEMA);
  #view: MessageView | undefined;

  /** Looks through a batch; costs next to nothing once both are found. */
  add(batch: EventBatch): void {
    if (this.init !== undefined && this.car !== undefined) return;
    for (let row = 0; row < batch.length; row++) {
      const tag = batch.tag[row];
      if (tag === SERVICE_TAGS.initData && this.init === undefined)
        this.init = readInitData(this.#open(batch, row), this.#schema);
      if (tag === SERVICE_TAGS.carParams && this.car === undefined)
        this.car = readCarParams(this.#open(batch, row), this.#schema);
    }
  }

  #open(batch: EventBatch, row: number): MessageView {
    const view = (this.#view ??= new MessageView(batch.window));
    view.open(batch.window, batch.start[row] ?? 0);
    return view;
  }
}
