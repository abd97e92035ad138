import type { MessageView } from '../rlog/message-view.ts';
import type { LogSchema } from './log-schema.ts';
import { StructReader } from './struct-reader.ts';

/** What a log says of the device and software that wrote it. Texts are empty where it does not say. */
export interface InitData {
  readonly dongleId: string;
  /** Of openpilot, such as `0.10.0`. */
  readonly version: string;
  readonly gitCommit: string;
  readonly gitBranch: string;
  readonly gitRemote: string;
  /** Whether the software had local changes. */
  readonly isDirty: boolean;
  readonly deviceType: string;
  /** Nanoseconds since 1970 when the log was begun, by the device's clock; 0 where it does not say. */
  readonly wallTimeNanos: bigint;
  /** How many parameters of the device it lists. */
  readonly paramCount: number;
}

/**
 * Reads the facts of an `initData` event from the message that `view` was opened on. The slots concerned are the same
 * in every release and fork, so that any schema will do; the right one is chosen by what is read here.
 */
export function readInitData(view: MessageView, schema: LogSchema): InitData | undefined {
  const reader = new StructReader(schema, 'InitData');
  if (!reader.openContent(view)) return undefined;
  return {
    dongleId: reader.text('dongleId'),
    version: reader.text('version'),
    gitCommit: reader.text('gitCommit'),
    gitBranch: reader.text('gitBranch'),
    gitRemote: reader.text('gitRemote'),
    isDirty: reader.number('dirty') !== 0,
    deviceType: reader.enumName('deviceType'),
    wallTimeNanos: reader.bigint('wallTimeNanos'),
    paramCount: reader.mapSize('params'),
  };
}
