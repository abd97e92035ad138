import { textFiles } from '../../../server/adapters/files/text-files.ts';
import { systemClock } from '../../../server/adapters/time/system-clock.ts';
import { artifactFolders } from '../../../server/adapters/artifacts/artifact-folder.ts';
import { FileLogLocator } from '../../../server/adapters/files/log-locator.ts';
import { fileInputs } from '../../../server/adapters/workers/file-inputs.ts';
import { serveRun } from '../../../server/adapters/workers/worker-program.ts';
import { executeJob } from '../../../server/services/execution/execute-job.ts';
import { ToolRegistry } from '../../../server/services/tools/tool-registry.ts';
import { chatter } from './chatter.ts';

/** As the worker of the product, with the tool that only talks. */
serveRun(async () => {
  const ports = {
    tools: new ToolRegistry([chatter]),
    openLogs: (within: readonly string[]) => new FileLogLocator({ within }),
    folders: artifactFolders,
    inputs: fileInputs,
    texts: textFiles,
    clock: systemClock,
  };
  return (job, context) => executeJob(job, ports, context);
});
