import type { DecodeTextParams, DecodeTextResult } from '#protocol';
import { CandumpReader } from '../../../core/can/csv/candump-reader.ts';
import { FrameTable } from '../../../core/can/frame-table.ts';
import { FrameLines } from '../../../core/dbc/lines/frame-lines.ts';
import type { DatabaseChooser, SearchPlaces } from '../bus-databases.ts';
import { chooseForm, readWanted } from './decode-wishes.ts';
import { WorkTurns } from './work-turns.ts';

/** Text that is read before its frames are decoded. */
const SLICE_CHARS = 128 * 1024;

/**
 * Decodes frames of a text that candump wrote, in its order. Each text is one of its own: what counters were before is
 * not known.
 *
 * @throws {CtsError} INVALID_PARAMETER for a name that no database has, and what opening a database throws.
 */
export async function decodeText(
  chooser: DatabaseChooser,
  params: DecodeTextParams,
  signal: AbortSignal,
): Promise<DecodeTextResult> {
  const databases = await chooser.chooseAsAsked(params.databases, readPlaces(params), signal);
  const lines = new FrameLines({
    databaseOf: (bus) => databases.of(bus)?.opened,
    wanted: readWanted(params, databases),
    form: chooseForm(params),
  });
  const table = new FrameTable(0);
  const reader = new CandumpReader(table, params.firstLine ?? 1, params.interfaces);
  const turns = new WorkTurns(signal);
  const texts: string[] = [];
  for (let start = 0; start < params.text.length; start += SLICE_CHARS) {
    table.clear();
    reader.append(params.text.slice(start, start + SLICE_CHARS));
    if (start + SLICE_CHARS >= params.text.length) reader.finish();
    for (const some of lines.read(table)) texts.push(...some);
    await turns.give();
  }
  return {
    lines: texts,
    frames: reader.dataFrames + reader.remoteFrames,
    decodedFrames: lines.decodedFrames,
    interfaces: reader.interfaces.map(({ name }) => name),
    unreadable: [...reader.unreadable],
  };
}

function readPlaces({ searchPaths, projectFolder }: DecodeTextParams): SearchPlaces {
  return { ...(searchPaths && { searchPaths }), ...(projectFolder !== undefined && { projectFolder }) };
}
