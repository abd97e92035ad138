import type { Database } from '../model/database.ts';
import type { SyntaxTree } from '../syntax/syntax-tree.ts';
import { leaveOutAllowed } from './allowed-codes.ts';
import { checkAttributeDefinitions } from './checks/check-attribute-definitions.ts';
import { checkAttributes } from './checks/check-attributes.ts';
import { beginPlaceholders, beginProtection, checkImports } from './checks/check-conventions.ts';
import { checkEncoding } from './checks/check-encoding.ts';
import { checkIds } from './checks/check-ids.ts';
import { beginLayout } from './checks/check-layout.ts';
import { beginMultiplexing, checkSelections } from './checks/check-multiplexing.ts';
import { beginSignalNames, checkNames } from './checks/check-names.ts';
import { beginOpendbcMessages, checkOpendbcLines } from './checks/check-opendbc-lines.ts';
import { beginOverlaps } from './checks/check-overlaps.ts';
import { beginReceivers, checkReferences } from './checks/check-references.ts';
import { beginScaling } from './checks/check-scaling.ts';
import { checkSections } from './checks/check-sections.ts';
import { checkSyntax } from './checks/check-syntax.ts';
import { checkValueTypes } from './checks/check-value-types.ts';
import { checkValues } from './checks/check-values.ts';
import type { Diagnostic } from './diagnostic.ts';
import { createFindings, type Findings } from './findings.ts';
import {
  type BeginCheck,
  type Check,
  type LintOptions,
  type LintSubject,
  surveyTree,
} from './lint-subject.ts';
import { readBits } from './signal-bits.ts';
import { isLineUsual } from './opendbc-lines.ts';
import type { WrittenMessage } from './written-messages.ts';

const CHECKS: readonly Check[] = [
  checkSyntax,
  checkEncoding,
  checkSections,
  checkNames,
  checkIds,
  checkValueTypes,
  checkSelections,
  checkValues,
  checkAttributeDefinitions,
  checkAttributes,
  checkReferences,
  checkOpendbcLines,
  checkImports,
];

const MESSAGE_CHECKS: readonly BeginCheck[] = [
  beginSignalNames,
  beginLayout,
  beginScaling,
  beginOverlaps,
  beginMultiplexing,
  beginReceivers,
  beginOpendbcMessages,
  beginPlaceholders,
  beginProtection,
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
  checkMessages(subject, findings);
  return leaveOutAllowed(findings.list(), subject);
}

/** Goes through the messages once: what is known of a message is close at hand while all checks look at it. */
function checkMessages(subject: LintSubject, findings: Findings): void {
  const checks = MESSAGE_CHECKS.map((begin) => begin(subject, findings));
  for (const message of subject.messages) {
    const bits = readBits(message.signals, subject.profile);
    const isUsual = subject.profile === 'opendbc' && subject.isAscii && areLinesUsual(message, subject);
    const seen = { message, bits, isUsual };
    for (const check of checks) check(seen);
  }
}

function areLinesUsual({ statement, signals }: WrittenMessage, { tree: { text } }: LintSubject): boolean {
  if (!isLineUsual(text, statement)) return false;
  for (const signal of signals) if (!isLineUsual(text, signal.statement)) return false;
  return true;
}
