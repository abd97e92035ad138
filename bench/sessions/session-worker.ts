/** Opens a log as editors do, asks what its tabs ask, and says on standard output what that took, as JSON. */
import process from 'node:process';
import { createLogFiles } from '../../server/adapters/files/log-files.ts';
import { createInputGate } from '../../server/adapters/files/input-roots.ts';
import { FileLogLocator } from '../../server/adapters/files/log-locator.ts';
import { createDbcFiles } from '../../server/adapters/files/dbc-files.ts';
import { systemClock } from '../../server/adapters/time/system-clock.ts';
import { createDatabaseChooser } from '../../server/services/dbc/sources/database-chooser.ts';
import { createDatabaseLibrary } from '../../server/services/dbc/sources/database-library.ts';
import { createSessionRequests } from '../../server/services/sessions/session-requests.ts';
import type { RequestContext, RequestHandlers, SessionState } from '#protocol';
import { StepWatch } from './step-watch.ts';
import type { SessionFigures, Took } from './session-figures.ts';

const COLUMNS = 600;
const ROWS = 60;
const JUMPS = 20;
const ASKING_MS = 500;
const PLOTTED_FIELD = 'carState.vEgo';

const [, , path = '', dbcFolder = ''] = process.argv;
const gate = createInputGate('anywhere');
const dbcFiles = createDbcFiles(gate, { maxFileBytes: 16 * 1024 * 1024 });
const library = createDatabaseLibrary(dbcFiles, { searchPaths: dbcFolder === '' ? [] : [dbcFolder] });
const requests = createSessionRequests({
  logs: new FileLogLocator({ within: gate.roots }),
  files: createLogFiles(gate),
  chooser: createDatabaseChooser({ files: dbcFiles, library, choices: [] }),
  encodeBase64: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  clock: systemClock,
  createId: () => String(++opened),
  onFault: (error) => {
    process.stderr.write(`${String(error)}\n`);
  },
});
const { handlers } = requests;
let opened = 0;
const context: RequestContext = { signal: new AbortController().signal, notify: () => undefined };
const steps = new StepWatch();

type Method = Extract<keyof RequestHandlers, `sessions/${string}`>;

function ask<Name extends Method>(
  method: Name,
  params: Parameters<RequestHandlers[Name]>[0],
): ReturnType<RequestHandlers[Name]> {
  const handler = handlers[method] as (its: unknown, of: RequestContext) => ReturnType<RequestHandlers[Name]>;
  return handler(params, context);
}

async function time(work: () => Promise<unknown>): Promise<Took> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  steps.reset();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  await steps.settle();
  return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000, ...steps.longest };
}

async function showFirstRows(): Promise<SessionState> {
  const state = await ask('sessions/open', { path });
  const { session } = state;
  await Promise.all([
    ask('sessions/overview', { session, columns: COLUMNS }),
    ask('sessions/events', { session, filter: {}, from: 0, count: ROWS }),
  ]);
  return state;
}

/** As a page that stands on the overview does while its log is read. */
async function readToEnd(session: string): Promise<void> {
  for (;;) {
    const { phase } = await ask('sessions/open', { path });
    if (phase !== 'reading') return;
    await ask('sessions/overview', { session, columns: COLUMNS });
    await ask('sessions/activity', { session, columns: 120 });
    await ask('sessions/events', { session, filter: {}, from: 0, count: ROWS });
    await ask('sessions/messages', { session });
    await new Promise((resolve) => setTimeout(resolve, ASKING_MS));
  }
}

async function jump(session: string, atSeconds: number): Promise<void> {
  const { row } = await ask('sessions/findEvent', { session, filter: {}, atSeconds });
  const from = Math.max(0, row - ROWS / 2);
  const { rows } = await ask('sessions/events', { session, filter: {}, from, count: ROWS });
  if (rows.length === 0) throw new Error(`No row at ${String(atSeconds)} s`);
}

async function measureJumps(session: string, seconds: number): Promise<Took> {
  const taken: Took[] = [];
  for (let number = 0; number < JUMPS; number++)
    taken.push(await time(() => jump(session, ((number * 0.618_034) % 1) * seconds)));
  taken.sort((a, b) => a.wallMs - b.wallMs);
  const [middle] = taken.slice(JUMPS / 2);
  if (middle === undefined) throw new Error('Nothing was measured');
  return { ...middle, worstWallMs: taken.at(-1)?.wallMs ?? 0 };
}

/** Until a stretch near the end shows its samples. */
async function plotStretch(session: string, seconds: number): Promise<void> {
  const stretch = { fromSeconds: 0.9 * seconds, toSeconds: 0.9 * seconds + 5, columns: COLUMNS };
  for (;;) {
    const { series } = await ask('sessions/series', { session, keys: [PLOTTED_FIELD], ...stretch });
    if ((series[0]?.samples ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function plotWhole(session: string, seconds: number): Promise<void> {
  await ask('sessions/samples', {
    session,
    keys: [PLOTTED_FIELD],
    fromSeconds: 0,
    toSeconds: seconds,
    from: 0,
    count: 1,
  });
}

async function measure(): Promise<SessionFigures> {
  await showFirstRows().then(({ session }) => ask('sessions/close', { session }));
  const firstRows = await time(showFirstRows);
  const { session } = await ask('sessions/open', { path });
  const reading = await time(() => readToEnd(session));
  const { seconds, events } = await ask('sessions/open', { path });
  const overview = await time(() => ask('sessions/overview', { session, columns: COLUMNS + 1 }));
  const activity = await time(() => ask('sessions/activity', { session, columns: 121 }));
  const messages = await time(() => ask('sessions/messages', { session }));
  const canAt = await time(() => ask('sessions/canAt', { session, atSeconds: seconds / 2 }));
  const jumps = await measureJumps(session, seconds);
  const stretch = await time(() => plotStretch(session, seconds));
  const plot = await time(() => plotWhole(session, seconds));
  const lines = await time(() =>
    ask('sessions/logLines', { session, filter: { text: 'e' }, from: 0, count: ROWS }),
  );
  await ask('sessions/events', { session, filter: { services: ['carState'] }, from: 1000, count: ROWS });
  const tree = await time(() => ask('sessions/event', { session, index: Math.floor(events / 2) }));
  const residentMb = process.resourceUsage().maxRSS / 1024;
  const took = { firstRows, reading, overview, activity, messages, canAt, jumps, stretch, plot, lines, tree };
  return { events, seconds, residentMb, took };
}

process.stdout.write(JSON.stringify(await measure()));
requests.close();
steps.end();
