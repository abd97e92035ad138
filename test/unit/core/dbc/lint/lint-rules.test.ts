import { describe, expect, it } from 'vitest';
import type { LintProfile } from '../../../../../server/core/dbc/lint/diagnostic.ts';
import { LINT_RULES } from '../../../../../server/core/dbc/lint/lint-rules.ts';
import { formatLintReference } from '../../../../../server/core/dbc/lint/lint-reference.ts';
import { lint } from './linting.ts';

const PROFILES: readonly LintProfile[] = ['opendbc', 'candb++', 'cantools'];
/** Codes whose severity depends on how many bytes a letter has, or on what the letters were read as. */
const ENCODINGS: Readonly<Record<LintProfile, 'cp1252' | 'utf-8'>> = {
  opendbc: 'cp1252',
  'candb++': 'utf-8',
  cantools: 'utf-8',
};

describe('LINT_RULES', () => {
  const cases = Object.entries(LINT_RULES).flatMap(([code, rule]) =>
    PROFILES.map((profile) => ({ code, rule, profile })),
  );
  it.each(cases)(
    'finds $code in its example, and not in what mends it ($profile)',
    ({ code, rule, profile }) => {
      const options = { profile, fileName: rule.exampleFile ?? 'example.dbc', encoding: ENCODINGS[profile] };
      const found = lint(rule.example, options).filter((diagnostic) => diagnostic.code === code);
      if (rule.severity[profile] === 'off') expect(found).toEqual([]);
      else expect(found.map(({ severity }) => severity)).toContain(rule.severity[profile]);
      if (rule.exampleFixed === undefined) return;
      const encoding = /[^\0-\x7F]/.test(rule.exampleFixed) ? ENCODINGS[profile] : 'ascii';
      expect(
        lint(rule.exampleFixed, { ...options, encoding }).map((diagnostic) => diagnostic.code),
      ).not.toContain(code);
    },
  );

  it.each(cases.filter(({ rule }) => rule.fix !== undefined))(
    'has a fix for $code in some profile ($profile)',
    ({ code, rule }) => {
      const fixes = PROFILES.flatMap((profile) =>
        lint(rule.example, { profile }).filter((diagnostic) => diagnostic.code === code && diagnostic.fix),
      );
      expect(fixes.length).toBeGreaterThan(0);
    },
  );

  it('has the codes of the measured diagnostics', () => {
    const codes =
      'syntax id-range dup-id dup-message-name dup-signal overlap exceeds-dlc length-0 length-64 dlc float-size valtype-value min-max range-unreachable factor-0 unknown-sender unknown-receiver no-receiver mux-no-M mux-two-M mux-id-size mux-marker mulval-reversed mulval-cycle ref-message ref-signal ref-node attr-undefined attr-range attr-enum-index attr-enum-text attr-scope attr-type attr-default val-dup val-range val-float name-length name-start name-charset comment-syntax number-form format-opendbc';
    expect(codes.split(' ').filter((code) => !Object.hasOwn(LINT_RULES, code))).toEqual([]);
  });
});

describe('formatLintReference', () => {
  it('describes every rule once, with its example', () => {
    const reference = formatLintReference();
    for (const code of Object.keys(LINT_RULES)) expect(reference.split(`#### \`${code}\`\n`)).toHaveLength(2);
    expect(reference).toContain(
      '| `overlap` | Two signals share bits in the same frame: not in different branches',
    );
    expect(reference.replaceAll('attr-undefined', '')).not.toContain('undefined');
  });
});
