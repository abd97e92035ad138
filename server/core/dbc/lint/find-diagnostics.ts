import type { Database } from '../model/database.ts';
import type { SyntaxTree } from '../syntax/syntax-tree.ts';
import { leaveOutAllowed } from './allowed-codes.ts';
import { checkAttributeDefinitions } from './checks/check-attribute-definitions.ts';
import { checkAttributes } from './checks/check-attributes.ts';
import { checkConventions } from './checks/check-conventions.ts';
import { checkEncoding } from './checks/check-encoding.ts';
import { checkIds } from './checks/check-ids.ts';
import { checkLayout } from './checks/check-layout.ts';
import { checkMultiplexing } from './checks/check-multiplexing.ts';
import { checkNames } from './checks/check-names.ts';
import { checkOpendbcLines } from './checks/check-opendbc-lines.ts';
import { checkOverlaps } from './checks/check-overlaps.ts';
import { checkReferences } from './checks/check-references.ts';
import { checkScaling } from './checks/check-scaling.ts';
import { checkSections } from './checks/check-sections.ts';
import { checkSyntax } from './checks/check-syntax.ts';
import { checkValueTypes } from './checks/check-value-types.ts';
import { checkValues } from './checks/check-values.ts';
import type { Diagnostic } from './diagnostic.ts';
import { createFindings } from './findings.ts';
import { type Check, type LintOptions, surveyTree } from './lint-subject.ts';

const CHECKS: readonly Check[] = [
  checkSyntax,
  checkEncoding,
  checkSections,
  checkNames,
  checkIds,
  checkLayout,
  checkScaling,
  checkValueTypes,
  checkOverlaps,
  checkMultiplexing,
  checkValues,
  checkAttributeDefinitions,
  checkAttributes,
  checkReferences,
  checkOpendbcLines,
  checkConventions,
];

/**
 * Finds what is wrong in a DBC file, or read differently by different readers. Of one kind in one message at most 50 are
 * told apart, and 500 outside of messages; the last of them says how many there are besides. Those that can be fixed are
 * all there.
 *
 * @param database Built from the same tree.
 * @returns By place.
 */
export function findDiagnostics(
  tree: SyntaxTree,
  database: Database,
  options: LintOptions,
): readonly Diagnostic[] {
  const subject = surveyTree(tree, database, options);
  const findings = createFindings(options.profile);
  for (const check of CHECKS) check(subject, findings);
  return leaveOutAllowed(findings.list(), subject);
}
