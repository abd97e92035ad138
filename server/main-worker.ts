import { type ExecuteJob, serveRun } from './adapters/workers/worker-program.ts';

/** The worker: a process that executes one run for the service and ends. */
serveRun(loadExecution);

/** The watchdog's thread starts meanwhile; it needs nothing of this. */
async function loadExecution(): Promise<ExecuteJob> {
  const [
    { artifactFolders },
    { FileLogLocator },
    { fileInputs },
    { textFiles },
    { openZstdEngine },
    { executeJob },
    { ToolRegistry },
    { systemClock },
    { createAnalyzers },
    { encodeParquet },
  ] = await Promise.all([
    import('./adapters/artifacts/artifact-folder.ts'),
    import('./adapters/files/log-locator.ts'),
    import('./adapters/workers/file-inputs.ts'),
    import('./adapters/files/text-files.ts'),
    import('./adapters/zstd/engine-choice.ts'),
    import('./services/execution/execute-job.ts'),
    import('./services/tools/tool-registry.ts'),
    import('./adapters/time/system-clock.ts'),
    import('./tools/analyzers.ts'),
    import('./adapters/parquet/parquet-encoder.ts'),
  ]);
  await openZstdEngine('auto');
  const ports = {
    tools: new ToolRegistry(createAnalyzers({ encodeParquet })),
    openLogs: (within: readonly string[]) => new FileLogLocator({ within }),
    folders: artifactFolders,
    inputs: fileInputs,
    texts: textFiles,
    clock: systemClock,
  };
  return (job, context) => executeJob(job, ports, context);
}
