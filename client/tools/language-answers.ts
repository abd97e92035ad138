import type { Artifact, LogInfo, Run, RunPage, ToolManifest } from '#protocol';
import { formatBytes } from '../number-text.ts';
import { describeInput } from '../runs/run-words.ts';

/** Most characters that a language model is answered with. */
export const MOST_ANSWER_CHARACTERS = 24_000;

/** Says what a log is and holds, for a language model. */
export function writeLogAnswer(info: LogInfo): string {
  const { name, route, device, car, durationSeconds, report } = info;
  const problems = [...report.problems, ...report.segments.flatMap(({ problems: found }) => found)];
  const lines = [
    `Log ${name}, ${durationSeconds.toFixed(1)} s, ${report.events} events in ${report.segments.length} segments.`,
    `Route: ${route ?? 'unknown'}. Car: ${car.fingerprint ?? 'unknown'}. openpilot: ${device.version ?? 'unknown'}.`,
    `CAN buses: ${info.buses.map(({ bus, frames, arbitrationIds }) => `${bus} (${frames} frames, ${arbitrationIds} ids)`).join(', ') || 'none'}.`,
    report.isWhole ? 'The log is whole.' : `The log is damaged or incomplete; ${problems.length} findings:`,
    ...problems.slice(0, 20).map(({ code, message }) => `- ${code}: ${message}`),
    'Services (events, rate measured, rate expected):',
    ...info.services.map(
      ({ service, count, rateHz, expectedHz }) =>
        `- ${service}: ${count}, ${writeRate(rateHz)}, ${expectedHz === null ? 'none' : writeRate(expectedHz)}`,
    ),
  ];
  return cut(lines.join('\n'));
}

function writeRate(rateHz: number | null): string {
  return rateHz === null ? 'unknown' : `${rateHz.toFixed(1)} Hz`;
}

/** Lists runs for a language model. */
export function writeRunsAnswer({ runs, total }: RunPage): string {
  if (runs.length === 0) return 'There are no runs that match.';
  const lines = runs.map(
    (run) => `- ${run.id}: ${run.toolId} on ${describeInput(run)}, ${run.state}, created ${run.createdAt}`,
  );
  return cut([`${runs.length} of ${total} runs, newest first:`, ...lines].join('\n'));
}

/** Says how a run ended and what it left, for a language model. */
export function writeRunAnswer(run: Run, artifacts: readonly Artifact[]): string {
  const error =
    run.error === null
      ? []
      : [`Failure ${run.error.code}: ${run.error.message}`, ...run.error.suggestedActions];
  const files = artifacts.map(({ name, mediaType, sizeBytes, rows }) => {
    const size = rows === null ? formatBytes(sizeBytes) : `${formatBytes(sizeBytes)}, ${rows} rows`;
    return `- ${name} (${mediaType}, ${size})`;
  });
  const hint = files.length === 0 ? [] : ['Files it left; read them with cts_read_artifact:', ...files];
  return cut([`Run ${run.id} of ${run.toolId} is ${run.state}.`, ...error, ...hint].join('\n'));
}

/** Says which analyzers there are, where one was named that is none. */
export function writeUnknownTool(name: string, tools: readonly ToolManifest[]): string {
  const known = tools.map(({ id, summary }) => `- ${id}: ${summary}`);
  return cut([`There is no analyzer ${JSON.stringify(name.slice(0, 100))}. There are:`, ...known].join('\n'));
}

/** Cuts what is too long for a language model, and says so. */
export function cut(text: string): string {
  if (text.length <= MOST_ANSWER_CHARACTERS) return text;
  return `${text.slice(0, MOST_ANSWER_CHARACTERS)}\n… ${text.length - MOST_ANSWER_CHARACTERS} more characters are left out.`;
}
