import * as z from 'zod';
import type { Report, ReportProvenance } from '../../core/report/report.ts';
import { renderReport } from '../../core/report/report-page.ts';
import type { Analyzer, ToolContext } from '../tool.ts';

/** What of a run a report tells, and where it leaves its file. */
export type ReportContext = Pick<
  ToolContext<Readonly<Record<string, unknown>>>,
  'artifacts' | 'describeInputs' | 'files' | 'input' | 'parameters'
>;

/** The tool that the report comes from. */
export type ReportingTool = Pick<Analyzer, 'id' | 'version' | 'parameters'>;

/** A report, but for where it comes from. */
export interface ReportArtifact {
  readonly tool: ReportingTool;
  readonly fileName: string;
  readonly report: Omit<Report, 'provenance'>;
}

/**
 * Writes a report as an HTML file, and into it where it comes from.
 *
 * @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL.
 */
export async function writeReport(
  context: ReportContext,
  { tool, fileName, report }: ReportArtifact,
): Promise<void> {
  const provenance = await describeProvenance(context, tool);
  const writer = await context.artifacts.create(fileName, 'text/html');
  await writer.write(new TextEncoder().encode(renderReport({ ...report, provenance })));
  await writer.finish();
}

/** Tells what a report, or metadata beside it, is made of: parameters that are not the defaults, inputs, command. */
export async function describeProvenance(
  context: Omit<ReportContext, 'artifacts'>,
  tool: ReportingTool,
): Promise<ReportProvenance> {
  const parameters = listParameters(context, tool);
  const inputs = await context.describeInputs();
  return {
    tool: tool.id,
    version: tool.version,
    parameters,
    inputs: inputs.map(({ name, sha256 }) => ({ name, sha256 })),
    command: writeCommand(tool.id, inputs[0]?.name ?? context.input.name, parameters),
  };
}

function listParameters(
  { parameters, files }: Omit<ReportContext, 'artifacts'>,
  { parameters: schema }: ReportingTool,
): [name: string, value: string][] {
  const defaults = readDefaults(schema);
  return Object.keys(schema.shape)
    .filter((name) => parameters[name] !== undefined && !isSame(parameters[name], defaults[name]))
    .map((name) => {
      // Where a file came from is no fact of the result; its name is.
      const names = files(name).map((file) => file.name);
      return [name, names.length > 0 ? names.join(',') : writeValue(parameters[name])];
    });
}

/** What the parameters are when nothing is given. */
function readDefaults(schema: ReportingTool['parameters']): Readonly<Record<string, unknown>> {
  const members = Object.entries(z.toJSONSchema(schema, { io: 'input' }).properties ?? {});
  return Object.fromEntries(
    members.map(([name, member]) => [name, typeof member === 'object' ? member.default : undefined]),
  );
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function writeValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(writeValue).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function writeCommand(
  id: string,
  path: string,
  parameters: readonly (readonly [name: string, value: string])[],
): string {
  const pairs = parameters.map(([name, value]) => ` -p ${quoteForShell(`${name}=${value}`)}`);
  return `cts run ${id} --path ${quoteForShell(path)}${pairs.join('')}`;
}

/** Quotes an argument where a POSIX shell would read it otherwise. Every character stays: the command makes the same report. */
function quoteForShell(argument: string): string {
  if (/^[\w%+,./:=@-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
