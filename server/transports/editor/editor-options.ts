import * as z from 'zod';
import { CTS_VERSION, CtsError, PROTOCOL_VERSION } from '#protocol';

/** Settings of the editor that its backend follows. */
const EditorSettings = z.object({
  dbcPaths: z.array(z.string().max(4096)).max(100).optional(),
  maxConcurrentRuns: z.int().optional(),
  retentionDays: z.number().optional(),
  logLevel: z.string().max(20).optional(),
});

const Options = z.object({
  /** Left out by clients that speak whatever is spoken. */
  protocolVersion: z.int().optional(),
  dataFolder: z.string().min(1).max(4096),
  settings: EditorSettings.default({}),
});

/** What an editor's backend is begun with. */
export type EditorOptions = Readonly<Omit<z.output<typeof Options>, 'protocolVersion'>>;

/** Settings of the editor that its backend follows. */
export type EditorSettings = z.output<typeof EditorSettings>;

/**
 * Reads what an editor hands over when it begins.
 *
 * @throws {CtsError} INVALID_PARAMETER, also where it speaks another version of the protocol.
 */
export function readEditorOptions(given: unknown): EditorOptions {
  const read = Options.safeParse(given);
  if (!read.success) throw refuse(read.error.issues);
  const { protocolVersion = PROTOCOL_VERSION, ...options } = read.data;
  if (protocolVersion !== PROTOCOL_VERSION) throw refuseVersion(protocolVersion);
  return options;
}

function refuse(issues: readonly z.core.$ZodIssue[]): CtsError {
  const reasons = issues
    .slice(0, 5)
    .map(({ path, message }) => `${z.core.toDotPath(path) || 'they'}: ${message}`);
  return new CtsError('INVALID_PARAMETER', `Cannot read the initializationOptions: ${reasons.join('; ')}`, {
    actions: ['Hand over { "dataFolder": "/path", "settings": {} }.'],
  });
}

function refuseVersion(asked: number): CtsError {
  const older = asked < PROTOCOL_VERSION ? 'extension' : 'backend';
  return new CtsError(
    'INVALID_PARAMETER',
    `The extension speaks version ${asked} of the protocol, CTS ${CTS_VERSION} speaks version ${PROTOCOL_VERSION}`,
    {
      details: { protocolVersion: PROTOCOL_VERSION, ctsVersion: CTS_VERSION },
      actions: [`Update the ${older}.`],
    },
  );
}
