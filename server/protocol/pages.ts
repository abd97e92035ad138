import * as z from 'zod';
import type { Wire } from './wire.ts';

/** Most characters of what a page has remembered for the next time. */
export const MOST_REMEMBERED_CHARACTERS = 64 * 1024;

const text = z.string().max(4096);
const id = z.int().min(0);

/**
 * What a page asks of the place that shows it: an editor, or the browser itself. Everything else it asks of the engine.
 */
export const PageAction = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('copyText'), text: z.string().max(4 * 1024 * 1024) }),
    z.strictObject({
      action: z.literal('saveFile'),
      name: z.string().min(1).max(200),
      base64: z.string().max(64 * 1024 * 1024),
    }),
    z.strictObject({
      action: z.literal('openLog'),
      path: text.exactOptional().describe('Asks for one when left out'),
    }),
    z.strictObject({ action: z.literal('chooseInput') }).describe('A file or folder for a tool to read'),
    z.strictObject({ action: z.literal('openSampleLog') }),
    z.strictObject({ action: z.literal('openAsText'), path: text }),
    z.strictObject({ action: z.literal('openSetting'), key: z.string().max(200) }),
    z.strictObject({ action: z.literal('chooseDatabase'), bus: z.int().min(0).max(255) }),
    z.strictObject({
      action: z.literal('runTool'),
      tool: z.string().max(100).exactOptional(),
      path: text.exactOptional(),
    }),
    z.strictObject({ action: z.literal('openRun'), runId: z.string().max(64) }),
    z.strictObject({
      action: z.literal('openArtifact'),
      runId: z.string().max(64),
      name: z.string().min(1).max(255),
    }),
    z.strictObject({ action: z.literal('openExternal'), url: z.url().max(2000) }),
    z.strictObject({ action: z.literal('showBackendLog') }),
    z.strictObject({ action: z.literal('manageTrust') }),
    z.strictObject({
      action: z.literal('rememberValues'),
      tool: z.string().max(100),
      values: z.record(z.string().max(100), z.unknown()),
    }),
    z.strictObject({ action: z.literal('close') }),
  ])
  .meta({ id: 'PageAction' });

/** What a page asks of the place that shows it. */
export type PageAction = Wire<typeof PageAction>;

/** What came of an action: a chosen path, or nothing. */
export const ActionResult = z
  .strictObject({ path: z.string().nullable().describe('The file that was chosen or written; null: none') })
  .meta({ id: 'ActionResult' });

/** What came of an action. */
export type ActionResult = Wire<typeof ActionResult>;

/** What a page tells the editor. Everything is checked: a page shows what foreign files say. */
export const PageMessage = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ready') }),
    z.strictObject({
      kind: z.literal('request'),
      id,
      method: z.string().max(100),
      params: z.record(z.string(), z.unknown()),
    }),
    z.strictObject({ kind: z.literal('cancel'), id }),
    z.strictObject({ kind: z.literal('taken'), id }).describe('An answer with blocks has been received'),
    z.strictObject({ kind: z.literal('act'), id, what: PageAction }),
    z.strictObject({ kind: z.literal('remember'), state: z.string().max(MOST_REMEMBERED_CHARACTERS) }),
  ])
  .meta({ id: 'PageMessage' });

/** What a page tells the editor. */
export type PageMessage = Wire<typeof PageMessage>;

/** What a page is opened on. */
export const PageInput = z
  .discriminatedUnion('page', [
    z.strictObject({
      page: z.literal('log'),
      path: z.string(),
      name: z.string(),
      projectFolder: z.string().exactOptional(),
    }),
    z.strictObject({
      page: z.literal('form'),
      tool: z.string(),
      path: z.string().exactOptional(),
      values: z.record(z.string(), z.unknown()).describe('Those of the last time'),
    }),
    z.strictObject({ page: z.literal('runs') }),
  ])
  .meta({ id: 'PageInput' });

/** What a page is opened on. */
export type PageInput = Wire<typeof PageInput>;

/** How the engine behind the editor is. */
export const BackendState = z.enum(['starting', 'ready', 'restarting', 'stopped']);

/** How the engine behind the editor is. */
export type BackendState = Wire<typeof BackendState>;

/** A failure as pages are told. */
export const PageFailure = z
  .strictObject({
    code: z.string(),
    message: z.string(),
    actions: z.array(z.string()),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'PageFailure' });

/** A failure as pages are told. */
export type PageFailure = Wire<typeof PageFailure>;

/** What the editor tells a page. In `result` and `params`, `ByteBlock` is `{ bytes: ArrayBuffer }`. */
export type EditorMessage =
  | {
      readonly kind: 'begin';
      readonly input: PageInput;
      /** What was remembered the last time, as it was told; null at first. */
      readonly state: string | null;
      readonly isTrusted: boolean;
      readonly backend: BackendState;
    }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: PageFailure }
  | { readonly kind: 'news'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: 'backend'; readonly state: BackendState }
  | { readonly kind: 'trusted' }
  /** A command of the editor that the page in front carries out, such as `copy` or `find`. */
  | { readonly kind: 'command'; readonly command: string };

/** Requests that a page may send through an editor, besides those whose names begin with `sessions/`. */
export const REQUESTS_OF_PAGES = [
  'tools/list',
  'tools/get',
  'runs/list',
  'runs/get',
  'runs/start',
  'runs/cancel',
  'runs/rerun',
  'runs/watch',
  'runs/readLog',
  'artifacts/list',
] as const;
