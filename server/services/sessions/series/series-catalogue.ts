import type { FoundSeries, SeriesInfo } from '#protocol';
import { formatAddress } from '../../../core/can/address-text.ts';
import { compileFieldPath } from '../../../core/schema/field-path.ts';
import type { ServiceStatistics } from '../../../core/rlog/service-statistics.ts';
import type { LogSchema } from '../../../core/schema/log-schema.ts';
import { listNumericFields } from '../../../core/schema/numeric-fields.ts';
import { expandPath } from '../../../core/series/list-lengths.ts';
import type { ChosenDatabases } from '../can/log-databases.ts';
import type { LogMessages } from '../can/log-messages.ts';
import type { OpenLog } from '../open-log.ts';
import { ServiceSamples } from './service-samples.ts';
import { describeField, describeSignal } from './series-info.ts';

/** Series that are listed when nobody says how many. */
const USUAL_LIMIT = 100;
/** Frames are series by their signals. */
const FRAME_SERVICES: readonly string[] = ['can', 'sendcan'];

/** More than all words of a text can add up to. */
const FORMER_RANK = 1000;

/** A series that can be found. */
interface Entry {
  /** In lower case, blanks between: the name, then where it is. */
  readonly name: string;
  readonly text: string;
  /** Fields that no release uses any more come last. */
  readonly isFormer: boolean;
  describe(): SeriesInfo;
}

/** Everything of a log that can be plotted, by name. */
export class SeriesCatalogue {
  readonly #log: OpenLog;
  readonly #messages: LogMessages;
  #signals: { readonly of: string; readonly entries: readonly Entry[] } | undefined;
  #fields: { readonly of: string; readonly entries: Promise<readonly Entry[]> } | undefined;

  constructor(log: OpenLog, messages: LogMessages) {
    this.#log = log;
    this.#messages = messages;
  }

  /** Finds series whose names hold all words of a text: signals first, then fields, the best match first. */
  async find(
    text: string,
    databases: ChosenDatabases,
    limit = USUAL_LIMIT,
  ): Promise<Omit<FoundSeries, 'revision'>> {
    const signals = this.#listSignals(databases);
    const fields = await this.#listFields();
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [...pickMatches(signals, words), ...pickMatches(fields, words)];
    return {
      all: signals.length + fields.length,
      matches: found.length,
      series: found.slice(0, limit).map((entry) => entry.describe()),
    };
  }

  #listSignals(databases: ChosenDatabases): readonly Entry[] {
    const { index } = this.#messages;
    const of = `${String(databases.version)}:${String(index.count)}`;
    if (this.#signals?.of !== of) this.#signals = { of, entries: this.#findSignals(databases) };
    return this.#signals.entries;
  }

  #findSignals(databases: ChosenDatabases): readonly Entry[] {
    const { index } = this.#messages;
    return this.#messages.listByBus().flatMap((message) => {
      const [bus, arbitrationId] = [index.busOf(message), index.arbitrationIdOf(message)];
      const found = databases.findMessage(bus, arbitrationId)?.message;
      const address = formatAddress(arbitrationId);
      return (found?.signals ?? []).map((signal): Entry => {
        const key = `${String(bus)}:${address}:${signal.name}`;
        const place = { key, bus, arbitrationId, messageName: found?.name ?? '', signal };
        return {
          name: signal.name.toLowerCase(),
          text: `${signal.name} ${found?.name ?? ''} ${key}`.toLowerCase(),
          isFormer: !signal.isDecodable,
          describe: () => describeSignal({ ...place, rateHz: this.#messages.rateOf(message) }),
        };
      });
    });
  }

  /** Anew when another service came, and once when all is read. */
  #listFields(): Promise<readonly Entry[]> {
    const { schema, isComplete, facts } = this.#log;
    const services = facts.services.list();
    const of = `${schema.id}:${String(isComplete)}:${services.map(({ tag }) => tag).join()}`;
    if (this.#fields?.of !== of) this.#fields = { of, entries: this.#findFields(schema, services) };
    return this.#fields.entries;
  }

  async #findFields(schema: LogSchema, services: readonly ServiceStatistics[]): Promise<readonly Entry[]> {
    const samples = new ServiceSamples(this.#log);
    const entries: Entry[] = [];
    for (const { tag, rateHz } of services) {
      const service = schema.serviceOf(tag)?.name;
      if (service === undefined || FRAME_SERVICES.includes(service)) continue;
      const fields = listNumericFields(schema, service);
      const hasLists = fields.some(({ kind }) => kind === 'length');
      const lengths = hasLists ? await samples.findListLengths(schema, tag) : new Map<string, number>();
      const plotted = fields.filter(({ kind }) => kind !== 'length');
      const place = { schema, service, rateHz: rateHz ?? null };
      for (const { path } of plotted)
        entries.push(...expandPath(path, lengths).map((key) => createFieldEntry(key, place)));
    }
    return entries;
  }
}

/** Where a field is. */
interface FieldPlace {
  readonly schema: LogSchema;
  readonly service: string;
  readonly rateHz: number | null;
}

function createFieldEntry(key: string, { schema, service, rateHz }: FieldPlace): Entry {
  const text = key.toLowerCase();
  return {
    name: text,
    text,
    isFormer: text.includes('deprecated'),
    describe: () => describeField({ key, path: compileFieldPath(schema, key), service, rateHz }),
  };
}

function pickMatches(entries: readonly Entry[], words: readonly string[]): readonly Entry[] {
  if (words.length === 0) return entries;
  const matches = entries.filter(({ text }) => words.every((word) => text.includes(word)));
  return matches
    .map((entry) => ({ entry, rank: rankEntry(entry, words) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

/** Of all words together; what no release uses any more comes last. */
function rankEntry(entry: Entry, words: readonly string[]): number {
  return words.reduce((sum, word) => sum + rankMatch(entry, word), entry.isFormer ? FORMER_RANK : 0);
}

/** The whole name or its last part, the beginning of either, that of a word, anywhere in it, elsewhere. */
function rankMatch({ name }: Entry, word: string): number {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (name === word || last === word) return 0;
  if (name.startsWith(word) || last.startsWith(word)) return 1;
  const at = name.indexOf(word);
  if (at > 0 && /[._[]/.test(name.charAt(at - 1))) return 2;
  return at >= 0 ? 3 : 4;
}
