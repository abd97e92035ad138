import { CTS_VERSION } from '#protocol';
import { formatAddress } from '../../../core/can/address-text.ts';
import { describeBit } from '../../../core/can/bits/bit-position.ts';
import { PythonFloat, type PythonJson } from '../../../core/table/json-text.ts';
import type { TableSchema } from '../../../core/table/table-schema.ts';
import { formatMinutes } from '../../../core/text/minutes-text.ts';
import { roundHalfEvenTo } from '../../../core/text/python-number.ts';
import type { InputFacts, RunFacts } from '../../tool.ts';
import type { CruiseAnalysis } from '../analysis/cruise-analysis.ts';
import type { CruiseParameters } from '../cruise-parameters.ts';
import { CRUISE_MESSAGES, type CruiseMessageName } from '../../subaru/subaru-signals.ts';

export const TOOL_ID = 'cruise-control-analyzer';
export const TOOL_VERSION = '1.0.0';

/** How buses are dealt with, as the files say it. */
const BUS_POLICY = 'statistics=per-bus, story=max-frames';

/** What the files of a run say of it. */
export interface RunDescription {
  readonly run: RunFacts;
  readonly inputs: readonly InputFacts[];
  readonly parameters: CruiseParameters;
  readonly analysis: CruiseAnalysis;
  /** Name of the log, for where its files are several. */
  readonly logName: string;
  /** Last event of the log, in seconds since the device was started. */
  readonly endSeconds: number;
}

/** A JSON object whose members stand in a certain order. */
export type Members = Readonly<Record<string, PythonJson | undefined>>;

/** What was run, on what and how: `config_snapshot.json`. */
export function describeConfiguration(description: RunDescription): Members {
  const { run, inputs, parameters } = description;
  return {
    timestamp: run.startedAt.toISOString(),
    cli_args: listArguments(parameters, inputs[0]?.name ?? description.logName),
    input_metadata: describeInput(description),
    gate_sources: describeSources(description.analysis),
    bus_selection_policy: BUS_POLICY,
    analyzer_version: TOOL_VERSION,
    marker_config: {
      marker_type: parameters.marker_type,
      pre_time: new PythonFloat(parameters.marker_pre),
      post_time: new PythonFloat(parameters.marker_post),
      timeout: new PythonFloat(parameters.marker_timeout),
      enabled: parameters.marker_type !== 'none',
    },
  };
}

/** What stands beside one table: its `.analysis_meta.json`, and the lines in front of its CSV. */
export function describeTable(
  description: RunDescription,
  schema: TableSchema,
  buses: ReadonlyMap<string, readonly number[]>,
): Members {
  const { parameters, analysis, run, inputs } = description;
  return {
    ...describeConfiguration(description),
    tool_version: `${TOOL_ID} ${TOOL_VERSION} (CTS ${CTS_VERSION})`,
    input_files: inputs.map(({ name }) => name),
    input_hashes: inputs.map(({ sha256 }) => `sha256:${sha256}`),
    schema_version: schema.version,
    ...describeTimes(description),
    ...describeSources(analysis),
    bus_policy: BUS_POLICY,
    id_bus_map: describeBuses(buses),
    engaged_mode: parameters.engaged_mode,
    engaged_bit: parameters.engaged_bit ?? null,
    engaged_bus: analysis.engaged?.bus ?? parameters.engaged_bus ?? null,
    engaged_margin_s: new PythonFloat(parameters.engaged_margin),
    engaged_intervals_count: analysis.engaged?.intervals.length ?? 0,
    candidates_scope: parameters.engaged_mode === 'filter' ? 'full-window' : undefined,
    scoring: { chatter_penalty_start: 40, chatter_penalty_slope: new PythonFloat(0.1) },
    reserved_fields: schema.name === 'candidates' ? ['score_engaged'] : undefined,
    analysis_id: run.id,
  };
}

/** Names as comma-tools has them on its command line, then ours. */
function listArguments(parameters: CruiseParameters, logFile: string): Members {
  return {
    log_file: logFile,
    speed_min: new PythonFloat(parameters.speed_min),
    speed_max: new PythonFloat(parameters.speed_max),
    repo_root: parameters.repo_root ?? null,
    deps_dir: parameters.deps_dir ?? null,
    install_missing_deps: parameters.install_missing_deps,
    marker_type: parameters.marker_type,
    marker_pre: new PythonFloat(parameters.marker_pre),
    marker_post: new PythonFloat(parameters.marker_post),
    marker_timeout: new PythonFloat(parameters.marker_timeout),
    export_csv: parameters.export_csv,
    export_json: parameters.export_json,
    output_dir: parameters.output_dir,
    engaged_bit: parameters.engaged_bit ?? null,
    engaged_bus: parameters.engaged_bus ?? null,
    engaged_mode: parameters.engaged_mode,
    engaged_margin: new PythonFloat(parameters.engaged_margin),
    marker_times: parameters.marker_times,
    watch: parameters.watch,
    max_events: parameters.max_events ?? null,
  };
}

function describeInput({ inputs, logName }: RunDescription): Members {
  const [first] = inputs;
  const name = first?.name ?? logName;
  return {
    file_path: inputs.length > 1 ? logName : name,
    file_size: inputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    file_extension: /\.[^./\\]+$/.exec(name)?.[0] ?? '',
  };
}

/** Times count from the start of the device; the window is what was analyzed. */
function describeTimes({ analysis, endSeconds }: RunDescription): Members {
  const start = roundHalfEvenTo(analysis.zeroSeconds, 3);
  const end = roundHalfEvenTo(endSeconds, 3);
  return {
    time_origin: 'device_start',
    window_start_abs_s: new PythonFloat(start),
    window_end_abs_s: new PythonFloat(end),
    window_start_mmss: formatMinutes(start),
    window_end_mmss: formatMinutes(end),
  };
}

function describeSources(analysis: CruiseAnalysis): Members {
  return {
    main_source: describeBitSource(analysis, 'Cruise_Status', 'cruise_on'),
    brake_source: describeBitSource(analysis, 'Brake_Pedal', 'brake_lights'),
    speed_source: `${describeMessage(analysis, 'Wheel_Speeds')}, mean of the four wheels`,
  };
}

function describeBitSource(analysis: CruiseAnalysis, message: CruiseMessageName, signal: string): string {
  const { arbitrationId, signals } = CRUISE_MESSAGES[message];
  const { global, shortMsb } = describeBit(signals[signal]?.startBit ?? 0);
  const bit = `${formatAddress(arbitrationId)}:${shortMsb} (MSB), bit ${String(global)}`;
  return `${bit}, ${message}.${signal}${describeBus(analysis, message)}`;
}

function describeMessage(analysis: CruiseAnalysis, message: CruiseMessageName): string {
  return `${formatAddress(CRUISE_MESSAGES[message].arbitrationId)} ${message}${describeBus(analysis, message)}`;
}

function describeBus({ sources }: CruiseAnalysis, message: CruiseMessageName): string {
  const bus = sources.find((source) => source.message === message)?.bus;
  return bus === undefined ? ', not in this log' : `, bus ${String(bus)}`;
}

/** A number for an address that has rows of one bus, a list for one that has rows of several. */
function describeBuses(buses: ReadonlyMap<string, readonly number[]>): Members | undefined {
  if (buses.size === 0) return undefined;
  const entries = [...buses].map(([address, list]) => [
    address,
    list.length === 1 ? (list[0] ?? null) : list,
  ]);
  return Object.fromEntries(entries) as Members;
}
