import type { DecodeLogParams } from '#protocol';
import type { CommandContext } from '../../context.ts';
import { EXIT_DONE } from '../../exit-codes.ts';
import { describeBusDatabases, type Paint } from '../../render/bus-databases.ts';
import { describeLoadReport } from '../../render/load-report.ts';
import { findText } from './candump-text.ts';
import { type DecodeOptions, nameWanted } from './decode-options.ts';
import { decodeText } from './decode-text.ts';
import { requestHere } from './engine-here.ts';
import { nameLog } from './search-places.ts';

/** `cts dbc decode [LOG]`: frames of a log, or of candump text, as values of signals. */
export async function decodeFrames(
  context: CommandContext,
  log: string | undefined,
  options: DecodeOptions,
): Promise<number> {
  const text = await findText(context, log);
  if (text !== undefined) return decodeText(context, text, options);
  return decodeLog(context, { ...nameLog(log ?? '', options), ...nameRange(options) }, options);
}

async function decodeLog(
  context: CommandContext,
  params: Pick<DecodeLogParams, 'path'>,
  options: DecodeOptions,
): Promise<number> {
  const { output } = context;
  const { delivered, buses, report } = await requestHere(context, 'dbc/decode', {
    params: { ...params, ...nameWanted(context, options) },
    on: {
      'dbc/framesDecoded': ({ lines }) => (lines.length > 0 ? output.print(lines.join('\n')) : undefined),
    },
  });
  const paint: Paint = (style, text) => output.styleNote(style, text);
  for (const line of describeBusDatabases(buses, paint)) output.note(line);
  if (delivered === 0) output.note('No frame was decoded.');
  if (!report.isWhole) for (const line of describeLoadReport(report, output)) output.note(line);
  return EXIT_DONE;
}

function nameRange({ from, to, changes, limit }: DecodeOptions): Omit<DecodeLogParams, 'path'> {
  return {
    ...(from !== undefined && { fromSeconds: from }),
    ...(to !== undefined && { toSeconds: to }),
    ...(changes !== undefined && { changesOnly: changes }),
    ...(limit !== undefined && { limit }),
  };
}
