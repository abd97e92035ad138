import { readdirSync, readFileSync } from 'node:fs';

/** A process below a VS Code server, or below an extension host. */
export interface EditorProcess {
  readonly pid: number;
  readonly command: string;
  /** Memory that it would free, with its share of what is shared. */
  readonly memoryBytes: number;
}

/** A process, those that it started, and those started by them; Linux only. */
function listEditorProcesses(topPid: number): readonly EditorProcess[] {
  const parents = new Map(listPids().map((pid) => [pid, readParent(pid)]));
  const isBelow = (pid: number): boolean => {
    for (let each: number | undefined = pid; each !== undefined; each = parents.get(each)) {
      if (each === topPid) return true;
    }
    return false;
  };
  return [...parents.keys()].filter(isBelow).map((pid) => ({
    pid,
    command: readProc(pid, 'cmdline').replaceAll('\0', ' '),
    memoryBytes: Number(/^Pss:\s+(\d+) kB/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0) * 1024,
  }));
}

/** The backends of the extension. */
export function listBackends(topPid: number): readonly EditorProcess[] {
  return listEditorProcesses(topPid).filter(({ command }) => /dist\/server\.cjs/.test(command));
}

/** The extension hosts of open windows. */
export function listExtensionHosts(serverPid: number): readonly EditorProcess[] {
  return listEditorProcesses(serverPid).filter(({ command }) => command.includes('--type=extensionHost'));
}

function listPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function readParent(pid: number): number | undefined {
  const parent = /\) \S (\d+) /.exec(readProc(pid, 'stat'))?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** Empty where the process has ended meanwhile. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
