import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { CtsError, type Problem } from '#protocol';

import { type NamedKind, parseSegmentPath, readRouteName } from '../../core/rlog/route-name.ts';
import { toFileError } from './file-error.ts';

/** A file of a folder that is called as logs are. */
export interface SegmentFile {
  readonly path: string;
  readonly kind: NamedKind;
  readonly dongleId?: string;
  /** Absent where neither file nor folders tell. */
  readonly logId?: string;
  /** Absent where the file stands alone. */
  readonly segment?: number;
  /** The folder that holds the route where nothing names it. */
  readonly folder: string;
}

/** What a folder holds. */
export interface SegmentFiles {
  readonly files: readonly SegmentFile[];
  /** Names of logs in the folder itself that belong to no segment, such as `drive.rlog.zst`. */
  readonly otherLogs: readonly string[];
  /** Folders of segments that could not be read. */
  readonly problems: readonly Problem[];
}

/** Where to look. */
export interface SegmentSearch {
  readonly folder: string;
  /** Passes by what is called after another route. */
  readonly logId?: string | undefined;
}

// A folder of routes may hold `dongle/log/segment/file`.
const MAX_DEPTH = 3;
/** A device holds some ten thousand files; a folder with more than so many is not one of logs. */
const MAX_ENTRIES = 100_000;

const SEGMENT_FOLDER = /^\d{1,9}$/;
const DONGLE_FOLDER = /^[0-9a-f]{16}$/i;
const SEGMENT_FILE = /^(?<kind>[rq])log(?:\.zst|\.bz2)?$/i;
const OTHER_LOG = /[rq]log(?:\.zst|\.bz2)?$/i;

/**
 * Finds the files of segments in a folder: in device form, download form, nested form, or lying in the folder itself.
 * Enters only folders that are called as routes and segments are.
 *
 * @throws {CtsError} FILE_NOT_FOUND or FILE_UNREADABLE when the folder cannot be read, NO_SEGMENTS when it is too large.
 */
export async function findSegmentFiles(search: SegmentSearch): Promise<SegmentFiles> {
  const walk = new FolderWalk(search.logId);
  await walk.enter(search.folder, 0);
  return walk;
}

class FolderWalk implements SegmentFiles {
  readonly files: SegmentFile[] = [];
  readonly otherLogs: string[] = [];
  readonly problems: Problem[] = [];
  readonly #logId: string | undefined;
  #entries = 0;

  constructor(logId: string | undefined) {
    this.#logId = logId;
  }

  async enter(folder: string, depth: number): Promise<void> {
    try {
      for await (const entry of await opendir(folder)) {
        this.#countEntry(folder);
        await this.#visit(join(folder, entry.name), entry, depth);
      }
    } catch (error) {
      if (depth === 0 || error instanceof CtsError) throw toFileError(folder, error);
      this.#tellUnreadable(folder, error);
    }
  }

  async #visit(path: string, entry: Dirent, depth: number): Promise<void> {
    const kind = await kindOfEntry(path, entry);
    if (kind === 'folder' && depth < MAX_DEPTH && this.#mayEnter(entry.name))
      await this.enter(path, depth + 1);
    if (kind === 'file') this.#noteFile(path, depth);
  }

  #mayEnter(name: string): boolean {
    if (SEGMENT_FOLDER.test(name) || DONGLE_FOLDER.test(name)) return true;
    const logId = readRouteName(name)?.logId;
    return logId !== undefined && (this.#logId ?? logId) === logId;
  }

  #noteFile(path: string, depth: number): void {
    const file = readSegmentFile(path);
    if (file !== undefined) {
      if (this.#logId === undefined || file.logId === this.#logId) this.files.push(file);
    } else if (depth === 0 && OTHER_LOG.test(path)) {
      this.otherLogs.push(basename(path));
    }
  }

  #countEntry(folder: string): void {
    if (++this.#entries <= MAX_ENTRIES) return;
    throw new CtsError(
      'NO_SEGMENTS',
      `Cannot open ${folder}: it holds more than ${MAX_ENTRIES} files. Open the folder of one route.`,
      { details: { path: folder } },
    );
  }

  #tellUnreadable(folder: string, error: unknown): void {
    const segment = parseSegmentPath(resolve(folder))?.segment;
    const { message } = toFileError(folder, error);
    this.problems.push({
      code: 'SEGMENT_UNREADABLE',
      message,
      ...(segment === undefined ? {} : { segment }),
    });
  }
}

/** A link counts as what it leads to; a link to nothing is passed by. */
async function kindOfEntry(path: string, entry: Dirent): Promise<'file' | 'folder' | undefined> {
  const found = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
  if (found?.isDirectory() === true) return 'folder';
  return found?.isFile() === true ? 'file' : undefined;
}

function readSegmentFile(path: string): SegmentFile | undefined {
  const absolute = resolve(path);
  const folder = dirname(absolute);
  const named = parseSegmentPath(absolute);
  if (named?.kind !== undefined) return { ...named, kind: named.kind, path, folder };
  const letter = SEGMENT_FILE.exec(basename(path))?.groups?.['kind']?.toLowerCase();
  if (letter === undefined) return undefined;
  const kind = letter === 'r' ? 'rlog' : 'qlog';
  const number = basename(folder);
  if (!SEGMENT_FOLDER.test(number)) return { path, kind, folder };
  return { path, kind, folder: dirname(folder), segment: Number(number) };
}
