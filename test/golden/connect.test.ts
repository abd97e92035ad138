import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CtsError, type CommaFileType, type Download } from '#protocol';
import { CommaClient, reachOf } from '../../server/adapters/comma/comma-client.ts';
import { redactToken } from '../../server/adapters/comma/comma-token.ts';
import { FolderOfDownloads } from '../../server/adapters/comma/folder-of-downloads.ts';
import { WebFileFetcher } from '../../server/adapters/comma/web-file-fetcher.ts';
import { parseRouteName } from '../../server/core/rlog/route-name.ts';
import { DownloadService } from '../../server/services/downloads/download-service.ts';
import { planFiles } from '../../server/services/downloads/file-plan.ts';
import { findRoute, formatCommaRoute } from '../../server/services/downloads/route-search.ts';
import { createCountedIds, FakeClock } from '../support/fake-clock.ts';
import { answerStatus, FakeCommaApi } from '../support/fake-comma-api.ts';
import { MemoryDownloadStore } from '../support/memory-download-store.ts';
import { sharedDir } from '../support/shared.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { ScriptedComma } from '../unit/services/downloads/scripted-comma.ts';

interface Vector<Args, Result> {
  readonly args: Args;
  readonly result?: Result;
  readonly error?: { readonly message: string };
}

interface WholeDownload {
  readonly name: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly routes: Readonly<Record<string, unknown>>;
  readonly preexisting: Readonly<Record<string, string>>;
  readonly runs: number;
  readonly exit_code: number;
  readonly stderr: string;
  readonly requests: readonly (readonly [string, string, string | null, string | null, string | null])[];
  readonly files: Readonly<Record<string, string>>;
}

interface ConnectGolden {
  readonly parse_input: readonly Vector<{ readonly s: string }, readonly [string, string]>[];
  readonly redact_token: readonly Vector<{ readonly token: string; readonly show_chars: number }, string>[];
  readonly build_file_plan: readonly Vector<
    { readonly route: string; readonly file_types: Readonly<Record<string, boolean>> },
    readonly (readonly [string, string])[]
  >[];
  readonly resolve: readonly Vector<
    { readonly input: string; readonly case: string; readonly search_days: number },
    { readonly route: string; readonly calls: readonly (readonly (string | number)[])[] }
  >[];
  readonly e2e: readonly WholeDownload[];
}

interface DestinationGolden {
  readonly validate_dest_path: readonly Vector<
    { readonly dest_root: string; readonly base_path: string },
    string
  >[];
}

const connect = readGolden('golden/connect/connect.json') as ConnectGolden | undefined;
const functions = readGolden('golden/api/functions.json') as DestinationGolden | undefined;
const TYPES: readonly CommaFileType[] = ['logs', 'qlogs', 'cameras', 'dcameras', 'ecameras', 'qcameras'];

/** What the command line alone decides, before anything is downloaded. */
const OF_THE_COMMAND_LINE = ['no file type', 'dry run'];

describe.skipIf(connect === undefined)('what comma-tools did with comma connect', () => {
  const {
    parse_input: names = [],
    redact_token: tokens = [],
    build_file_plan: plans = [],
    resolve = [],
    e2e = [],
  } = connect ?? {};

  it.each(names.filter(({ result }) => result !== undefined))('reads $args.s', ({ args, result }) => {
    const { dongleId, logId } = parseRouteName(args.s);
    const [kind, text] = result ?? [];
    expect(kind === 'canonical' ? `${dongleId ?? ''}|${logId}` : dongleId).toBe(text?.trim());
  });

  it('refuses what is no route, and reads more spellings of what is one', () => {
    const refused = names.filter(({ error }) => error !== undefined).filter(({ args }) => !canRead(args.s));
    expect(refused.map(({ args }) => args.s.split('|')[1])).toEqual(['invalid-timestamp']);
  });

  it.each(tokens)('shortens $args.token', ({ args, result }) => {
    expect(redactToken(args.token, args.show_chars)).toBe(result);
  });

  it.each(plans)(
    'puts files of $args.file_types in their places, without the signature',
    ({ args, result = [] }) => {
      const { dongleId = '', logId } = parseRouteName(args.route);
      const files = { logs: result.map(([url]) => url) };
      const wanted = TYPES.filter((type) => args.file_types[type] === true);
      const planned = planFiles({ dongleId, logId, files }, wanted, {}).files;
      const expected = result.map(([url, path]) => [url, path.replace(/\?.*$/, '')]);
      expect(planned.map(({ url, path }) => [url, `/d/${dongleId}/${logId}/${path}`])).toEqual(expected);
    },
  );

  it.each(resolve)('finds the route of a link: $args.case', async ({ args, result }) => {
    const { dongleId = '', logId } = parseRouteName(args.input);
    const comma = new ScriptedComma();
    const [, found = ''] = result?.route.split('|') ?? [];
    const startMs =
      found === '' ? undefined : Date.parse(found.replace('--', 'T').replace(/-(\d\d)-(\d\d)$/, ':$1:$2Z'));
    if (result !== undefined) comma.files.set(result.route, { logs: ['https://h/0/rlog.zst'] });
    if (args.case.startsWith('500'))
      comma.refusals.set('anonymous', new CtsError('COMMA_UNREACHABLE', '500'));
    comma.segments = [{ url: `https://h/${logId}/0`, startMs }];
    const window = { fromMs: 0, toMs: args.search_days * 86_400_000 };
    const request = { name: { dongleId, logId }, isLink: true, window };
    const finding = findRoute(comma, request, new AbortController().signal);
    if (result === undefined) return expect(finding).rejects.toBeInstanceOf(CtsError);
    expect(formatCommaRoute(await finding)).toBe(result.route);
    const calls = comma.calls.map(([what, , ...rest]) => [
      what === 'files' ? 'route_files' : 'device_segments',
      ...rest,
    ]);
    // What was found is asked for its files in the same breath.
    expect(calls.slice(0, result.calls.length)).toEqual(result.calls);
  });

  describe('from start to end', () => {
    const home = useTemporaryFolder();
    let api: FakeCommaApi;

    beforeEach(async () => {
      api = await FakeCommaApi.start();
    });
    afterEach(() => api.close());

    it.each(e2e.filter(({ name }) => !OF_THE_COMMAND_LINE.includes(name)))('$name', async (golden) => {
      const root = join(realpathSync(home.path), 'dl');
      serve(golden);
      for (const [path, text] of Object.entries(golden.preexisting)) writeBelow(join(root, path), text);
      const ends: (Download | CtsError)[] = [];
      for (let run = 0; run < golden.runs; run++) ends.push(await download(golden, root));

      const end = ends.at(-1);
      const reason = end instanceof CtsError ? end.message : (end?.error?.message ?? '');
      expect(end instanceof CtsError ? 'failed' : end?.state).toBe(
        golden.exit_code === 0 ? 'completed' : 'failed',
      );
      if (golden.exit_code === 1) expect(`Error: ${reason}`).toBe(golden.stderr.trim());
      expect(listRequests(golden.name)).toEqual(listAsked(golden));
      expect(readBelow(root)).toEqual(correctIndex(golden));
    });

    function serve({ routes, env }: WholeDownload): void {
      api.tokens.add((env['COMMA_JWT'] ?? '').trim());
      const resolveBase = (body: unknown): unknown =>
        JSON.parse(JSON.stringify(body).replaceAll('BASE', api.url)) as unknown;
      for (const [path, served] of Object.entries(routes)) {
        if (typeof served === 'string') api.serveFile(path, served);
        else if (typeof served === 'number')
          api.spoil(path, ...Array.from({ length: 9 }, () => answerStatus(served)));
        else if (isGuarded(served)) api.answer(path, resolveBase(served.body), 'token');
        else api.answer(path, resolveBase(served), 'public');
      }
    }

    async function download({ argv, env }: WholeDownload, root: string): Promise<Download | CtsError> {
      const clock = new FakeClock('2024-04-20T00:00:00.000Z');
      const ticking = setInterval(() => clock.advance(1000), 1);
      const folder = new FolderOfDownloads(root);
      const comma = new CommaClient({
        clock,
        tokenPlaces: { environment: env, homeFolder: home.path },
        baseUrl: api.url,
      });
      const files = new WebFileFetcher({ clock, folder, reach: reachOf(api.url) });
      const ports = {
        store: new MemoryDownloadStore(),
        comma,
        files,
        folder,
        clock,
        createId: createCountedIds('d'),
      };
      const service = await DownloadService.open(ports);
      try {
        return await follow(service, argv);
      } catch (error) {
        if (error instanceof CtsError) return error;
        throw error;
      } finally {
        clearInterval(ticking);
        await service.close();
        comma.close();
        files.close();
      }
    }

    function listRequests(name: string): readonly string[] {
      const seen = api.requests.map(({ method, path, headers }) =>
        JSON.stringify([path, method, headers.authorization ?? null, headers.range ?? null]),
      );
      return sortOnce(name === 'second run' ? seen.slice(seen.length / 2) : seen);
    }
  });
});

describe.skipIf(functions === undefined)('where comma-tools let downloads go', () => {
  const temporary = useTemporaryFolder();

  it.each(functions?.validate_dest_path ?? [])('$args.dest_root', async ({ args, result, error }) => {
    const base = join(realpathSync(temporary.path), 'dl');
    const asked = args.dest_root.replace(` + 'a'*4200`, 'a'.repeat(4200)).replace(args.base_path, base);
    const resolved = new FolderOfDownloads(base).resolve(asked);
    // A relative one counts from the download folder here, and from the folder of the process there.
    if (asked === 'relative') expect(await resolved).toBe(join(base, asked));
    else if (error === undefined) expect(await resolved).toBe(result?.replace(args.base_path, base));
    else await expect(resolved).rejects.toThrow(`Invalid destination path: ${error.message}`);
  });
});

function readGolden(path: string): unknown {
  const file = join(sharedDir ?? '', path);
  return sharedDir === undefined || !existsSync(file) ? undefined : JSON.parse(readFileSync(file, 'utf8'));
}

function canRead(route: string): boolean {
  try {
    return parseRouteName(route).logId !== '';
  } catch {
    return false;
  }
}

function isGuarded(served: unknown): served is { readonly body: unknown } {
  return typeof served === 'object' && served !== null && '__auth' in served;
}

async function follow(service: DownloadService, argv: readonly string[]): Promise<Download> {
  const valueOf = (flag: string): string | undefined =>
    argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined;
  const since = valueOf('--since');
  const { id } = await service.start({
    route: valueOf('--route') ?? valueOf('--url') ?? '',
    fileTypes: TYPES.filter((type) => argv.includes(`--${type}`)),
    searchDays: 7,
    ...(since === undefined ? {} : { since }),
    resume: !argv.includes('--no-resume'),
    parallel: Number(valueOf('--parallel') ?? 4),
  });
  for (;;) {
    const download = await service.get(id);
    if (download.completedAt !== null) return download;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What the original asked, by path; our name is another. */
function listAsked({ requests }: WholeDownload): readonly string[] {
  return sortOnce(
    requests.map(([method, path, ...rest]) => JSON.stringify([path, method, ...rest.slice(0, 2)])),
  );
}

/** Each question once: the original asked some of them twice, and we try again where that may help. */
function sortOnce(requests: readonly string[]): readonly string[] {
  return [...new Set(requests)].sort();
}

function writeBelow(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Every file below the folder. */
function readBelow(root: string): Readonly<Record<string, string>> {
  if (!existsSync(root)) return {};
  const paths = readdirSync(root, { recursive: true }).map(String);
  const files = paths.filter((path) => statSync(join(root, path)).isFile());
  return Object.fromEntries(files.map((path) => [`dl/${path}`, readFileSync(join(root, path), 'utf8')]));
}

/** Files that were whole are skipped, not written (B22). */
function correctIndex({ name, files }: WholeDownload): Readonly<Record<string, string>> {
  if (name !== 'second run') return files;
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text
        .replace('"written_files": 2', '"written_files": 0')
        .replace('"skipped_files": 0', '"skipped_files": 2'),
    ]),
  );
}
