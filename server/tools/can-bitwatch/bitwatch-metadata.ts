import { CTS_VERSION } from '#protocol';
import { formatPythonJson, PythonFloat, type PythonJson } from '../../core/table/json-text.ts';
import type { InputFacts, RunFacts } from '../tool.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';
import type { BitwatchParameters } from './bitwatch-parameters.ts';
import { describeWatch } from './watched-bits.ts';
import type { Watch } from './watched-signals.ts';

/** What the metadata tell of a run. */
export interface RunDescription {
  readonly tool: { readonly id: string; readonly version: string };
  readonly run: RunFacts;
  readonly inputs: readonly InputFacts[];
  readonly parameters: BitwatchParameters;
  readonly watches: readonly Watch[];
  readonly analysis: BitwatchAnalysis;
  /** Names of the files that the run leaves beside it. */
  readonly files: readonly string[];
}

/** Writes `analysis_meta.json`: what was analyzed, by what and how. */
export function formatMetadata(description: RunDescription): string {
  const { tool, run, inputs, analysis, files } = description;
  const members: PythonJson = {
    schema_version: 'analysis_meta.v1',
    analysis_id: run.id,
    timestamp: run.startedAt.toISOString(),
    tool: tool.id,
    tool_version: tool.version,
    cts_version: CTS_VERSION,
    inputs: inputs.map(({ name, sizeBytes, sha256 }) => ({ name, size_bytes: sizeBytes, sha256 })),
    parameters: describeParameters(description),
    watched_bits: description.watches.map(describeWatch),
    time_origin: analysis.source === 'log' ? 'first can event' : 'column timestamp',
    window_start_s: new PythonFloat(analysis.windowStart),
    window_end_s: new PythonFloat(analysis.windowEnd),
    frames: analysis.table.length,
    messages: analysis.messages.length,
    frames_out_of_order: analysis.framesOutOfOrder,
    bus_policy: 'statistics per bus and address',
    bit_numbering: 'global_idx = 8 * byte + lsb_bit; msb_bit = 7 - lsb_bit',
    files,
  };
  return formatPythonJson(members, { indent: 2 });
}

function describeParameters({ parameters, analysis }: RunDescription): PythonJson {
  const { window_start, window_dur, window_end, pulse_sec, pulse_tol } = parameters;
  return {
    output_prefix: parameters.output_prefix,
    window_start: describeSeconds(window_start),
    window_dur: describeSeconds(window_dur),
    window_end: describeSeconds(window_end),
    marker: parameters.marker,
    watch: parameters.watch,
    watchlist: parameters.watchlist ?? null,
    dbc: parameters.dbc,
    buses: parameters.buses,
    pulse_sec: new PythonFloat(pulse_sec),
    pulse_tol: new PythonFloat(pulse_tol),
    pulse_count: parameters.pulse_count,
    payload_bytes: analysis.payloadBytes,
    export_json: parameters.export_json,
  };
}

function describeSeconds(seconds: number | undefined): PythonJson {
  return seconds === undefined ? null : new PythonFloat(seconds);
}
