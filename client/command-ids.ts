/** Every command of the extension; package.json names the same, which a test compares. */
export const COMMANDS = [
  'cts.openLog',
  'cts.openRoute',
  'cts.openSampleLog',
  'cts.runAnalyzer',
  'cts.runAnalyzerOnLog',
  'cts.runTool',
  'cts.changeParameters',
  'cts.startMonitor',
  'cts.stopMonitor',
  'cts.cancelRun',
  'cts.rerun',
  'cts.showRun',
  'cts.showRunLog',
  'cts.openReport',
  'cts.openArtifact',
  'cts.openArtifactByName',
  'cts.saveArtifact',
  'cts.copyCommand',
  'cts.compareRuns',
  'cts.cleanRuns',
  'cts.filterRuns',
  'cts.refreshRuns',
  'cts.showMoreRuns',
  'cts.removeRoute',
  'cts.startService',
  'cts.stopService',
  'cts.setServiceToken',
  'cts.showBackendLog',
  'cts.showBackendActions',
  'cts.restartBackend',
] as const;

/** Name of a command of the extension. */
export type CommandId = (typeof COMMANDS)[number];

/** Views of the extension, by their ids. */
export const VIEWS = ['cts.runs', 'cts.tools', 'cts.monitors', 'cts.routes'] as const;

/** Name of a view of the extension. */
export type ViewId = (typeof VIEWS)[number];

/** Tools that language models may call. */
export const LANGUAGE_TOOLS = [
  'cts_inspect_log',
  'cts_open_log',
  'cts_run_analyzer',
  'cts_list_runs',
  'cts_read_artifact',
] as const;
