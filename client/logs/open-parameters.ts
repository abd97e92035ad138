import type { DbcChoice } from '#protocol';

/** Settings that concern the reading of logs. */
export interface LogSettings {
  readonly maxUnpackedBytes: number;
  readonly dbcPaths: readonly string[];
  /** DBC file by bus; `*` for all that have no other. */
  readonly dbcFiles: Readonly<Record<string, string>>;
}

type Params = Readonly<Record<string, unknown>>;

/** Adds what the settings say to how a log is opened; what was asked for counts more. */
export function completeOpenParams(
  params: Params,
  settings: LogSettings,
  projectFolder: string | undefined,
): Params {
  const { maxUnpackedBytes, dbcPaths } = settings;
  const databases = listDatabases(settings.dbcFiles);
  return {
    ...(maxUnpackedBytes > 0 && { maxBytes: Math.trunc(maxUnpackedBytes) }),
    ...(dbcPaths.length > 0 && { searchPaths: dbcPaths.filter(isPath).slice(0, 50) }),
    ...(databases.length > 0 && { databases }),
    ...(projectFolder !== undefined && { projectFolder }),
    ...params,
  };
}

function listDatabases(files: Readonly<Record<string, string>>): readonly DbcChoice[] {
  return Object.entries(files).flatMap(([bus, path]) => {
    if (!isPath(path)) return [];
    if (bus === '*') return [{ path }];
    const number = /^\d{1,3}$/.test(bus) ? Number(bus) : NaN;
    return number <= 255 ? [{ bus: number, path }] : [];
  });
}

function isPath(path: unknown): path is string {
  return typeof path === 'string' && path !== '' && path.length <= 4096;
}
