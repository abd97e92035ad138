import type { LintRuleInfo, LintRulesParams } from '#protocol';
import { LINT_RULES } from '../../../core/dbc/lint/lint-rules.ts';
import type { LintRule } from '../../../core/dbc/lint/lint-rule.ts';

/** Lists everything that is looked for, by code. */
export function listRules({ profile = 'opendbc' }: LintRulesParams): LintRuleInfo[] {
  const rules: readonly (readonly [string, LintRule])[] = Object.entries(LINT_RULES);
  return rules
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, rule]) => {
      const severity = rule.severity[profile];
      return {
        code,
        summary: rule.summary,
        help: writeHelp(rule),
        severity: severity === 'off' ? null : severity,
      };
    });
}

function writeHelp({ opendbc, cantools, vector, fix }: LintRule): string {
  return [
    `opendbc: ${opendbc}`,
    `cantools: ${cantools}`,
    ...(vector === undefined ? [] : [`Vector: ${vector}`]),
    ...(fix === undefined ? [] : [`--fix: ${fix}`]),
  ].join('\n');
}
