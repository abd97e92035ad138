import { CtsError } from '#protocol';
import { parseAddress } from '../../core/can/address-text.ts';
import { unifyByteOrders } from '../../core/field-search/byte-order-choice.ts';
import { type Candidate, fitCandidates, rankCandidates } from '../../core/field-search/candidate-fit.ts';
import { type Message, takeMessage } from '../../core/field-search/message-samples.ts';
import { FEWEST_SAMPLES, searchMessage } from '../../core/field-search/message-search.ts';
import { type Screening, screenMessage } from '../../core/field-search/message-screening.ts';
import type { ToolContext } from '../tool.ts';
import type { GivenDatabases } from '../reading/given-databases.ts';
import { WorkPauses } from '../reading/work-pauses.ts';
import type { SearchInput } from './search-input.ts';
import type { SearchParameters } from './search-parameters.ts';

/** Messages that are searched thoroughly, at most. */
const MOST_MESSAGES = 16;
/** Of those, so many are searched however little they promise. */
const SURE_MESSAGES = 8;
/** Messages that promise less than this share of the most promising one are left aside. */
const FAR_BEHIND = 0.25;

/** What was looked at, and what was not. */
export interface SearchEffort {
  readonly messages: number;
  /** Messages in which no bit varies. */
  readonly constantMessages: number;
  /** Messages with too few frames in the time of the reference. */
  readonly rareMessages: number;
  /** Bits that vary. */
  readonly varyingBits: number;
  /** Fields that were correlated. */
  readonly fields: number;
  /** Messages that were searched thoroughly. */
  readonly searchedMessages: number;
  /** In those: bits that count frames. */
  readonly counterBits: number;
  /** In those: bits of bytes that look like checksums. */
  readonly noiseBits: number;
}

/** What is searched, and what is known of it. */
export interface SearchSubject extends SearchInput {
  /** None where none was given. */
  readonly databases: GivenDatabases;
}

/** What a search found. */
export interface SearchFindings extends SearchSubject {
  /** The best first. */
  readonly candidates: readonly Candidate[];
  /** How many there were before the list was cut. */
  readonly totalCandidates: number;
  readonly effort: SearchEffort;
}

interface Screened {
  readonly message: Message;
  readonly screening: Screening;
}

/** What was found in a message. */
interface Searched {
  readonly candidates: readonly Candidate[];
  readonly counterBits: number;
  readonly noiseBits: number;
}

const SCREENING_FROM = 0.3;
const SEARCH_FROM = 0.6;

/** Looks at all messages quickly, then at those that promise most thoroughly. */
export async function searchSignals(
  context: ToolContext<SearchParameters>,
  input: SearchSubject,
): Promise<SearchFindings> {
  const { parameters } = context;
  const screened = await screenMessages(context, input);
  const searched = await searchThoroughly(context, input, choosePromising(screened));
  const candidates = unifyByteOrders(rankCandidates(searched.flatMap((each) => each.candidates)));
  return {
    ...input,
    candidates: candidates.slice(0, parameters.max_candidates),
    totalCandidates: candidates.length,
    effort: describeEffort(screened, searched),
  };
}

function createQuery({ parameters }: ToolContext<SearchParameters>, { reference }: SearchInput): Query {
  const limits = { minLength: parameters.min_length, maxLength: parameters.max_length };
  return { reference, limits, maxLag: parameters.max_lag };
}

type Query = Parameters<typeof screenMessage>[2];

async function screenMessages(
  context: ToolContext<SearchParameters>,
  input: SearchInput,
): Promise<readonly Screened[]> {
  const pauses = new WorkPauses(context.signal);
  const wanted = listWanted(input, context.parameters);
  const query = createQuery(context, input);
  const screened: Screened[] = [];
  for (const [i, index] of wanted.entries()) {
    const message = takeMessage(input.frames.table, input.frames.groups, index);
    screened.push({ message, screening: screenMessage(input.frames.table, message, query) });
    const share = SCREENING_FROM + (SEARCH_FROM - SCREENING_FROM) * (i / wanted.length);
    context.tellProgress(share, `Looking at ${String(wanted.length)} messages`);
    await pauses.pauseWhenDue();
  }
  return screened;
}

/** @throws {CtsError} INVALID_PARAMETER where buses and ids leave no message. */
function listWanted({ frames }: SearchInput, { buses, ids }: SearchParameters): readonly number[] {
  const { groups } = frames;
  const wantedBuses = new Set(buses.map(Number));
  const wantedIds = new Set(ids.map(parseAddress));
  const all = Array.from({ length: groups.count }, (_, i) => i);
  const onBuses = all.filter((i) => wantedBuses.size === 0 || wantedBuses.has(groups.bus[i] ?? -1));
  const wanted = onBuses.filter((i) => wantedIds.size === 0 || wantedIds.has(groups.arbitrationId[i] ?? -1));
  if (wanted.length > 0) return wanted;
  const parameter = onBuses.length === 0 ? 'buses' : 'ids';
  const found = [...new Set(all.map((i) => groups.bus[i] ?? 0))].sort((a, b) => a - b).join(', ');
  throw new CtsError(
    'INVALID_PARAMETER',
    `Parameter '${parameter}': "${frames.name}" holds no such frames; its buses are ${found}`,
    { details: { parameter }, actions: ['Leave the parameter out to search all messages.'] },
  );
}

/** The most promising first. */
function choosePromising(screened: readonly Screened[]): readonly Screened[] {
  const sorted = screened
    .filter(({ screening }) => screening.explained > 0)
    .sort((a, b) => b.screening.explained - a.screening.explained);
  const limit = FAR_BEHIND * (sorted[0]?.screening.explained ?? 0);
  return sorted
    .slice(0, MOST_MESSAGES)
    .filter(({ screening }, i) => i < SURE_MESSAGES || screening.explained >= limit);
}

async function searchThoroughly(
  context: ToolContext<SearchParameters>,
  input: SearchInput,
  promising: readonly Screened[],
): Promise<readonly Searched[]> {
  const pauses = new WorkPauses(context.signal);
  const query = createQuery(context, input);
  const { table } = input.frames;
  const searched: Searched[] = [];
  for (const [i, { message, screening }] of promising.entries()) {
    const finding = searchMessage(table, message, { ...query, lag: screening.lag });
    await pauses.pauseWhenDue();
    const candidates = finding === undefined ? [] : fitCandidates(table, finding, input.reference);
    searched.push({ counterBits: 0, noiseBits: 0, ...finding, candidates });
    context.tellProgress(SEARCH_FROM + (1 - SEARCH_FROM) * ((i + 1) / promising.length), 'Comparing fields');
    await pauses.pauseWhenDue();
  }
  return searched;
}

function describeEffort(screened: readonly Screened[], searched: readonly Searched[]): SearchEffort {
  const sum = (take: (screening: Screening) => number): number =>
    screened.reduce((total, { screening }) => total + take(screening), 0);
  return {
    messages: screened.length,
    constantMessages: sum(({ varyingBits }) => Number(varyingBits === 0)),
    rareMessages: sum(({ samples, varyingBits }) => Number(varyingBits > 0 && samples < FEWEST_SAMPLES)),
    varyingBits: sum(({ varyingBits }) => varyingBits),
    fields: sum(({ fields }) => fields),
    searchedMessages: searched.length,
    counterBits: searched.reduce((total, { counterBits }) => total + counterBits, 0),
    noiseBits: searched.reduce((total, { noiseBits }) => total + noiseBits, 0),
  };
}
