import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DbcFinding, LintResult, LintRuleInfo, TextPlace } from '#protocol';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const SOURCE_ROOT = '%SRCROOT%';

/** SARIF knows three levels. */
const LEVELS = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

const ENCODINGS: Readonly<Record<LintResult['encoding'], string>> = {
  ascii: 'US-ASCII',
  'utf-8': 'UTF-8',
  'utf-16': 'UTF-16',
  cp1252: 'windows-1252',
};

/** What a log is written of. */
export interface SarifFindings {
  readonly files: readonly { readonly path: string; readonly result: LintResult }[];
  readonly unread: readonly { readonly path: string; readonly message: string }[];
}

/** What a log says of the program that wrote it. */
export interface SarifTool {
  readonly rules: readonly LintRuleInfo[];
  readonly version: string;
  /** Files below it are named from here, as services that show findings beside a source want it. */
  readonly folder: string;
}

/** Writes findings as SARIF 2.1.0. @returns The document, ready for JSON. */
export function writeSarif({ files, unread }: SarifFindings, { rules, version, folder }: SarifTool): object {
  const indexByCode = new Map(rules.map(({ code }, index) => [code, index]));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cts dbc lint', version, rules: rules.map(describeRule) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [SOURCE_ROOT]: { uri: `${pathToFileURL(folder).href}/` } },
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map((file) => describeUnread(file, folder)),
          },
        ],
        artifacts: files.map(({ path, result: { encoding } }) => ({
          location: locateFile(path, folder),
          encoding: ENCODINGS[encoding],
          sourceLanguage: 'dbc',
        })),
        results: files.flatMap(({ path, result }, index) =>
          result.findings.map((finding) =>
            describeFinding(finding, { ...locateFile(path, folder), index }, indexByCode),
          ),
        ),
      },
    ],
  };
}

function describeRule({ code, summary, help, severity }: LintRuleInfo): object {
  return {
    id: code,
    shortDescription: { text: summary },
    help: { text: help },
    defaultConfiguration: severity === null ? { enabled: false } : { level: LEVELS[severity] },
  };
}

function describeUnread(
  { path, message }: { readonly path: string; readonly message: string },
  folder: string,
): object {
  return {
    level: 'error',
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: locateFile(path, folder) } }],
  };
}

interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: string;
  readonly index?: number;
}

/** Names a file from the source root where it lies below it, else by its whole address. */
function locateFile(path: string, folder: string): ArtifactLocation {
  const whole = resolve(folder, path);
  const near = relative(folder, whole);
  if (near === '' || near.startsWith('..') || isAbsolute(near)) return { uri: pathToFileURL(whole).href };
  return { uri: near.split(sep).map(encodeURIComponent).join('/'), uriBaseId: SOURCE_ROOT };
}

function describeFinding(
  { code, severity, message, place, related, fix }: DbcFinding,
  artifactLocation: ArtifactLocation,
  indexByCode: ReadonlyMap<string, number>,
): object {
  const ruleIndex = indexByCode.get(code);
  return {
    ruleId: code,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, region: describeRegion(place) } }],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({
        id,
        message: { text: other.message },
        physicalLocation: { artifactLocation, region: describeRegion(other.place) },
      })),
    }),
    ...(fix !== null && fix.edits.length > 0 && { fixes: [describeFix(fix, artifactLocation)] }),
  };
}

function describeFix(
  { title, edits }: NonNullable<DbcFinding['fix']>,
  artifactLocation: ArtifactLocation,
): object {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation,
        replacements: edits.map(({ place, text }) => ({
          deletedRegion: describeRegion(place),
          ...(text !== '' && { insertedContent: { text } }),
        })),
      },
    ],
  };
}

/** Counted from 1; the end is not included. */
function describeRegion({ start, end }: TextPlace): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
