import { readFileSync } from 'node:fs';
import { type DrivePlan, planDrive, SAMPLE_PLAN_CHOICES } from './drive-plan.ts';
import type { DriveSummary } from './drive-truth.ts';
import type { WrittenLog } from './write-log.ts';

const FORMAT = 'cts-drive-plan/1';

/** A plan with what came out of it, as kept beside a committed log. */
export interface PlanFile {
  readonly format: string;
  readonly plan: DrivePlan;
  readonly truth: PlanTruth;
}

/** Counts and digests of the decompressed bytes; compressed bytes differ from one zstd version to the next. */
export interface PlanTruth extends DriveSummary {
  readonly rawBytes: number;
  readonly rawSha256: string;
}

/** Returns the text of a plan file for a drive of one segment. */
export function formatPlanFile(
  plan: DrivePlan,
  summary: DriveSummary,
  { rawBytes, rawSha256 }: WrittenLog,
): string {
  const file: PlanFile = { format: FORMAT, plan, truth: { rawBytes, rawSha256, ...summary } };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** @throws {Error} When the file is not a plan file. */
export function readPlanFile(path: string | URL): PlanFile {
  const file = JSON.parse(readFileSync(path, 'utf8')) as PlanFile;
  if (file.format === FORMAT) return file;
  throw new Error(`${String(path)} is not a drive plan of format ${FORMAT}`);
}

/** The plan named on the command line: `sample`, or the path of a plan file. */
export function loadPlan(name: string): DrivePlan {
  return name === 'sample' ? planDrive(SAMPLE_PLAN_CHOICES) : readPlanFile(name).plan;
}
