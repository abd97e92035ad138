import { writeMandoCornerRadar, writeMandoFrontRadar, writeRivianRadar } from './mando-radars.ts';
import { RAM_DT_IDS, RAM_HD_IDS, renumberMessages, STELLANTIS_MESSAGES } from './ram-messages.ts';
import { writeBoschRadar, writeContinentalRadar } from './tesla-radars.ts';
import { writeToyotaRadar } from './toyota-radar.ts';

/** An included file that a script of opendbc makes from another. */
export interface IncludeMaker {
  /** File beside it that it is made from. */
  readonly source: string;
  /** @param text Of `source`. */
  write(text: string): string;
}

/** A signal in a script as DBC has it, where its name and its bits are no variables. */
const WRITTEN_SIGNAL = /SG_ (\w+)(?: \w+)? : (\d+\|\d+@[01][+-] \([^{}()]*\))/g;

const WRITERS: ReadonlyMap<string, (script: string) => string> = new Map([
  ['hyundai_kia_mando_corner_radar_generated', writeMandoCornerRadar],
  ['hyundai_kia_mando_front_radar_generated', writeMandoFrontRadar],
  ['rivian_mando_front_radar_generated', writeRivianRadar],
  ['tesla_radar_bosch_generated', writeBoschRadar],
  ['tesla_radar_continental_generated', writeContinentalRadar],
  ['toyota_tss3_radar_generated', writeToyotaRadar],
]);

const INCLUDES: ReadonlyMap<string, IncludeMaker> = new Map([
  ['_stellantis_common_ram_dt_generated.dbc', makeRamInclude(RAM_DT_IDS)],
  ['_stellantis_common_ram_hd_generated.dbc', makeRamInclude(RAM_HD_IDS)],
]);

/**
 * Writes a database that a script of opendbc makes. The script itself is not run: it only shows whether the signals
 * that are known of it are still those it writes.
 *
 * @param name With `_generated`, without `.dbc`.
 * @param script Text of the script.
 * @returns Undefined where no generator is known, or where the script writes signals which the generator does not.
 */
export function writeScriptedDatabase(name: string, script: string): string | undefined {
  const text = WRITERS.get(name)?.(script);
  if (text === undefined) return undefined;
  const written = new Set(listSignals(text));
  return listSignals(script).every((signal) => written.has(signal)) ? text : undefined;
}

/** Finds what makes an included file, by its file name. */
export function findIncludeMaker(fileName: string): IncludeMaker | undefined {
  return INCLUDES.get(fileName);
}

function makeRamInclude(ids: typeof RAM_DT_IDS): IncludeMaker {
  return { source: STELLANTIS_MESSAGES, write: (text) => renumberMessages(text, ids) };
}

function listSignals(text: string): readonly string[] {
  return [...text.matchAll(WRITTEN_SIGNAL)].map(([, name = '', layout = '']) => `${name} ${layout}`);
}
