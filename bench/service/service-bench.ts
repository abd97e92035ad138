import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SERVICE_MARK, writeFigures } from '../figures.ts';
import { generateShortLog } from '../generated-logs.ts';
import { prepareMinute } from '../inputs.ts';
import { describeMachine } from '../machine.ts';
import type { Findings } from './findings.ts';
import type { Scene } from './scene.ts';
import { findWrongs, type FindingsBySection, judgeServiceGoals } from './service-goals.ts';
import { prepareServicePrograms } from './service-programs.ts';
import { renderServiceReport, type ServiceReport } from './service-report.ts';
import { SECTIONS, type SectionId, selectSections } from './service-sections.ts';

const ROOT = join(import.meta.dirname, '../..');
const OUT_DIR = join(ROOT, 'out/bench');
const DOCUMENT = join(ROOT, 'docs/PERFORMANCE.md');

/** Measures the service, and prints what it found. `docs/PERFORMANCE.md` says what the rows mean. */
export async function runServiceBench(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const report = await measureAll(selectSections(options.only), args);
  const text = renderServiceReport(report);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `\n${text}\n`);
  if (options['write-docs']) {
    writeFileSync(DOCUMENT, writeFigures(readFileSync(DOCUMENT, 'utf8'), text, SERVICE_MARK));
  }
  if (report.wrongs.length > 0) process.exitCode = 1;
}

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      'write-docs': { type: 'boolean', default: false },
    },
  });
  return values;
}

async function measureAll(ids: readonly SectionId[], args: readonly string[]): Promise<ServiceReport> {
  const folder = mkdtempSync(join(tmpdir(), 'cts-bench-'));
  try {
    const scene = await setScene(folder);
    const findings = await measureSections(ids, scene);
    return {
      command: ['npm run bench -- service', ...args].join(' '),
      machine: describeMachine(),
      log: `a minute of driving (${scene.minute.origin})`,
      findings,
      goals: judgeServiceGoals(findings),
      wrongs: findWrongs(findings),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function setScene(folder: string): Promise<Scene> {
  mkdirSync(OUT_DIR, { recursive: true });
  return {
    programs: await prepareServicePrograms(ROOT, OUT_DIR),
    minute: await prepareMinute(OUT_DIR),
    shortLog: await generateShortLog(OUT_DIR),
    makeFolder: () => mkdtempSync(join(folder, 'data-')),
  };
}

/** One after the other: each has the machine to itself. */
async function measureSections(ids: readonly SectionId[], scene: Scene): Promise<FindingsBySection> {
  const findings: Partial<Record<SectionId, Findings>> = {};
  for (const id of ids) {
    process.stderr.write(`bench: ${SECTIONS[id].title}\n`);
    findings[id] = await SECTIONS[id].measure(scene).catch(describeBreak);
  }
  return findings;
}

/** What breaks one part leaves the others. */
function describeBreak(error: unknown): Findings {
  process.exitCode = 1;
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`bench: ${reason}\n`);
  return { times: [], omissions: [`broke off: ${reason.split('\n', 1).join('')}`] };
}
