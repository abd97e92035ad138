import type { LintRule } from './lint-rule.ts';
import { ATTRIBUTE_RULES } from './rules/attribute-rules.ts';
import { CONVENTION_RULES } from './rules/convention-rules.ts';
import { ID_RULES } from './rules/id-rules.ts';
import { LAYOUT_RULES } from './rules/layout-rules.ts';
import { MULTIPLEXING_RULES } from './rules/multiplexing-rules.ts';
import { NAME_RULES } from './rules/name-rules.ts';
import { OPENDBC_RULES } from './rules/opendbc-rules.ts';
import { REFERENCE_RULES } from './rules/reference-rules.ts';
import { SECTION_RULES } from './rules/section-rules.ts';
import { TEXT_RULES } from './rules/text-rules.ts';
import { VALUE_RULES } from './rules/value-rules.ts';

const RULES = {
  ...TEXT_RULES,
  ...SECTION_RULES,
  ...NAME_RULES,
  ...ID_RULES,
  ...LAYOUT_RULES,
  ...MULTIPLEXING_RULES,
  ...VALUE_RULES,
  ...ATTRIBUTE_RULES,
  ...REFERENCE_RULES,
  ...OPENDBC_RULES,
  ...CONVENTION_RULES,
} as const;

/** What a finding is called; stable. */
export type LintCode = keyof typeof RULES;

/**
 * Everything that is looked for. Severities follow practice: in the profile `cantools` an error is what makes cantools
 * refuse the file as it loads it by default; in `opendbc` what its parser drops or misreads, or what is wrong in any
 * case; in `candb++` what the description of the format does not allow. Facts about engines were measured with opendbc
 * 7343a66d and cantools c1dcd39.
 */
export const LINT_RULES: Readonly<Record<LintCode, LintRule>> = RULES;
