import { formatPythonJson } from '../../../core/table/json-text.ts';
import type { PythonJson } from '../../../core/table/json-text.ts';
import type { Members } from './metadata.ts';

/** Members that stand in front of a CSV by themselves, in the order of comma-tools. */
const HEADER = [
  'schema_version',
  'analysis_id',
  'tool_version',
  'input_files',
  'input_hashes',
  'time_origin',
  'window_start_abs_s',
  'window_end_abs_s',
  'window_start_mmss',
  'window_end_mmss',
  'main_source',
  'brake_source',
  'speed_source',
  'id_bus_map',
  'bus_policy',
  'scoring',
];

/** Lines in front of a CSV, without their `# `: the members that matter most, then all of them as JSON. */
export function writeHeader(metadata: Members): readonly string[] {
  const lines = HEADER.flatMap((name) => {
    const value = metadata[name];
    return value === undefined ? [] : [`${name}: ${writeValue(value)}`];
  });
  return [...lines, `meta_json: ${formatPythonJson(metadata)}`];
}

function writeValue(value: PythonJson): string {
  if (typeof value === 'string') return value;
  if (isTexts(value)) return value.join(', ');
  return formatPythonJson(value);
}

function isTexts(value: PythonJson): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
