import * as z from 'zod';
import type { Wire } from './wire.ts';

const path = z.string().min(1).max(4096);

/** Where something stands in a text. */
export const TextPlace = z
  .strictObject({
    start: z.strictObject({ line: z.number(), character: z.number() }),
    end: z.strictObject({ line: z.number(), character: z.number() }),
  })
  .describe('Lines and characters (UTF-16 code units) from 0; the end is not included')
  .meta({ id: 'TextPlace' });

/** Where something stands in a text. */
export type TextPlace = Wire<typeof TextPlace>;

/** Whose eyes a DBC file is looked at with. */
export const LintProfile = z.enum(['opendbc', 'candb++', 'cantools']);

/** Whose eyes a DBC file is looked at with. */
export type LintProfile = Wire<typeof LintProfile>;

/** What `dbc/lint` is asked. */
export const LintParams = z
  .strictObject({
    path,
    profile: LintProfile.exactOptional().describe(
      'Whose rules count: opendbc (default), candb++ for Vector tools, cantools',
    ),
    fix: z.boolean().exactOptional().describe('Whether to hand back the file with every safe fix applied'),
  })
  .meta({ id: 'LintParams' });

/** What `dbc/lint` is asked. */
export type LintParams = Wire<typeof LintParams>;

/** Something that is wrong in a DBC file, or read differently by different readers. */
export const DbcFinding = z
  .strictObject({
    code: z.string().describe('Stable; all are listed in docs/DBC.md'),
    severity: z.enum(['error', 'warning', 'information', 'hint']),
    message: z.string(),
    place: TextPlace,
    related: z.array(z.strictObject({ message: z.string(), place: TextPlace })),
    fix: z
      .strictObject({
        title: z.string(),
        edits: z.array(z.strictObject({ place: TextPlace, text: z.string() })),
      })
      .nullable()
      .describe('What mends it; null where no change is safe'),
  })
  .meta({ id: 'DbcFinding' });

/** Something that is wrong in a DBC file, or read differently by different readers. */
export type DbcFinding = Wire<typeof DbcFinding>;

/** What `dbc/lint` found. */
export const LintResult = z
  .strictObject({
    path: z.string(),
    encoding: z.enum(['ascii', 'utf-8', 'utf-16', 'cp1252']),
    messages: z.number(),
    signals: z.number(),
    findings: z.array(DbcFinding).describe('By place'),
    omitted: z.number().describe('Findings beyond the most that are handed out'),
    fixed: z
      .strictObject({
        contentBase64: z.string().describe('The whole file as it should be'),
        applied: z.number().describe('Fixes applied'),
      })
      .nullable()
      .describe('Null where nothing was to be fixed, or nobody asked'),
  })
  .meta({ id: 'LintResult' });

/** What `dbc/lint` found. */
export type LintResult = Wire<typeof LintResult>;

/** What `dbc/rules` is asked. */
export const LintRulesParams = z
  .strictObject({
    profile: LintProfile.exactOptional().describe('Whose severities are told. Default opendbc'),
  })
  .meta({ id: 'LintRulesParams' });

/** What `dbc/rules` is asked. */
export type LintRulesParams = Wire<typeof LintRulesParams>;

/** Something that `dbc/lint` looks for. */
export const LintRuleInfo = z
  .strictObject({
    code: z.string().describe('Stable'),
    summary: z.string(),
    help: z.string().describe('What each engine does with it, a line each'),
    severity: DbcFinding.shape.severity
      .nullable()
      .describe('In the profile that was asked for; null where nobody who uses it is concerned'),
  })
  .meta({ id: 'LintRuleInfo' });

/** Something that `dbc/lint` looks for. */
export type LintRuleInfo = Wire<typeof LintRuleInfo>;

/** Everything that `dbc/lint` looks for. */
export const LintRules = z
  .strictObject({ rules: z.array(LintRuleInfo).describe('By code') })
  .meta({ id: 'LintRules' });

/** Everything that `dbc/lint` looks for. */
export type LintRules = Wire<typeof LintRules>;
