import { groupInSteps } from '../../core/can/message-groups.ts';
import { drawTimeChart } from '../../core/report/time-chart-svg.ts';
import { expectLog } from '../input-access.ts';
import { writeReport } from '../results/report-artifact.ts';
import type { Analyzer, ToolContext } from '../tool.ts';
import { takeSteps, WorkPauses } from '../reading/work-pauses.ts';
import { listConsoleLines } from './report/console-lines.ts';
import { analyzeInSteps, type CruiseAnalysis, type CruiseOptions } from './analysis/cruise-analysis.ts';
import { drawStory } from './report/cruise-chart.ts';
import { readCruiseLog, type CruiseLog } from './cruise-log.ts';
import {
  checkCruiseParameters,
  cruiseParameters,
  type CruiseParameters,
  toCruiseOptions,
} from './cruise-parameters.ts';
import { describeFindings } from './report/cruise-report.ts';
import { EXPORT_TABLES, type LeftFile, writeExports } from './exports/export-files.ts';
import { TOOL_ID, TOOL_VERSION } from './exports/metadata.ts';
import { writeTextFile } from '../results/text-artifact.ts';

const REPORT_FILE = 'analysis_report.html';
const CHART_FILE = 'speed_timeline.chart.json';
const IMAGE_FILE = 'speed_timeline.svg';

/** Part of the run that is reading. */
const READING = { from: 0, to: 0.6 };
/** Parts of the run that are done when the analysis and the tables are. */
const ANALYZED = 0.8;
const EXPORTED = 0.9;

/** Tells the story of cruise control on a Subaru: who pressed what at which speed, and what the car answered. */
export const cruiseControlAnalyzer: Analyzer<typeof cruiseParameters> = {
  id: TOOL_ID,
  version: TOOL_VERSION,
  title: 'Cruise Control Analyzer',
  summary: 'The story of cruise control on a Subaru, from a log, as report, chart and tables',
  description:
    'Reads wheel speeds, cruise buttons, cruise status, ES_Brake, brake pedal and blinkers of the Subaru global ' +
    'platform, every bus by itself. Leaves analysis_report.html and the chart of the drive; with export_csv or ' +
    'export_json also the tables counts_by_segment, candidates, edges, runs, timeline and engaged_intervals.',
  input: { parameter: 'log_file', kinds: ['log'], isRequired: true },
  outputTypes: ['text/html', 'image/svg+xml', 'application/json', 'text/csv'],
  tables: EXPORT_TABLES,
  parameters: cruiseParameters,
  checkParameters: checkCruiseParameters,
  async run(context) {
    tellIgnored(context);
    const log = await readCruiseLog(expectLog(context.input), {
      maxEvents: context.parameters.max_events,
      progress: READING,
    });
    const options = toCruiseOptions(context.parameters, log.zeroSeconds);
    const analysis = await analyzeLog(context, log, options);
    for (const line of listConsoleLines(analysis, log, options.speedRange)) context.tell('INFO', line);
    await writeFiles(context, log, analysis);
  },
};

/** A long log takes seconds: the run can be cancelled in between. */
async function analyzeLog(
  { signal, tellProgress }: ToolContext<CruiseParameters>,
  { frames }: CruiseLog,
  options: CruiseOptions,
): Promise<CruiseAnalysis> {
  signal.throwIfAborted();
  const pauses = new WorkPauses(signal);
  const groups = await takeSteps(groupInSteps(frames), () => pauses.pauseWhenDue());
  return takeSteps(analyzeInSteps(frames, groups, options), async (fraction) => {
    tellProgress(READING.to + (ANALYZED - READING.to) * fraction, 'analyzing');
    await pauses.pauseWhenDue();
  });
}

function tellIgnored({ parameters, tell }: ToolContext<CruiseParameters>): void {
  const { repo_root, deps_dir, install_missing_deps, output_dir } = parameters;
  const given = [
    ...(repo_root === undefined ? [] : ['repo_root']),
    ...(deps_dir === undefined ? [] : ['deps_dir']),
    ...(install_missing_deps ? ['install_missing_deps'] : []),
  ];
  if (given.length > 0)
    tell('INFO', `Ignored: ${given.join(', ')}. Neither openpilot nor Python packages are needed.`);
  if (output_dir !== '.')
    tell('INFO', 'Ignored: output_dir. Files become artifacts of the run; --out-dir brings them.');
}

async function writeFiles(
  context: ToolContext<CruiseParameters>,
  log: CruiseLog,
  analysis: CruiseAnalysis,
): Promise<void> {
  const { artifacts, parameters, run, input, signal } = context;
  context.tellProgress(ANALYZED, 'writing tables');
  const inputs = await context.describeInputs();
  signal.throwIfAborted();
  const { endSeconds } = log;
  const description = { run, inputs, parameters, analysis, logName: input.name, endSeconds };
  const tables = await writeExports(artifacts, description);
  signal.throwIfAborted();
  context.tellProgress(EXPORTED, 'writing the report');
  const files = [...(await writeChart(context, analysis)), ...tables];
  const inputName = inputs.length === 1 ? (inputs[0]?.name ?? input.name) : input.name;
  const report = describeFindings({ analysis, log, parameters, inputName, files });
  await writeReport(context, { tool: cruiseControlAnalyzer, fileName: REPORT_FILE, report });
  context.tell('INFO', `Wrote ${[REPORT_FILE, ...files.map(({ name }) => name)].join(', ')}.`);
}

/** Leaves the chart of the drive, where there is anything to draw. */
async function writeChart(
  { artifacts, parameters }: ToolContext<CruiseParameters>,
  analysis: CruiseAnalysis,
): Promise<readonly LeftFile[]> {
  const chart = drawStory(analysis, { minMph: parameters.speed_min, maxMph: parameters.speed_max });
  if (chart.panels.length + chart.lanes.length === 0) return [];
  await writeTextFile(artifacts, {
    name: IMAGE_FILE,
    mediaType: 'image/svg+xml',
    text: drawTimeChart(chart),
  });
  await writeTextFile(artifacts, {
    name: CHART_FILE,
    mediaType: 'application/json',
    text: JSON.stringify(chart),
  });
  return [
    { name: IMAGE_FILE, description: 'Speed and events as a picture' },
    { name: CHART_FILE, description: 'The same chart as data' },
  ];
}
