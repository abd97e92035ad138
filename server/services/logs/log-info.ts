import type { LogInfo, LogInfoParams } from '#protocol';
import { CanFrameReader } from '../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../core/can/frame-columns.ts';
import { SERVICE_TAGS } from '../../core/rlog/service-tags.ts';
import { LogFacts } from './log-facts.ts';
import { LogPass, type LogPassOptions } from './log-pass.ts';
import type { LogSource } from './log-source.ts';

/** Walks a log once and tells what it is and holds. */
export async function describeLog(
  source: LogSource,
  params: LogInfoParams,
  options: LogPassOptions,
): Promise<LogInfo> {
  const facts = new LogFacts();
  const reader = new CanFrameReader(SERVICE_TAGS.can);
  const columns = new CanFrameColumns();
  const pass = new LogPass(source, options);
  pass.includeFindings(() => reader.takeProblems());
  for await (const batch of pass) {
    if (pass.isBehindFirstEvents) facts.services.fixStart();
    columns.clear();
    reader.append(batch, columns);
    facts.add(batch, columns);
  }
  return facts.describe({ path: params.path, source, schema: params.schema, report: pass.report });
}
