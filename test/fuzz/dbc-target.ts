import { isDeepStrictEqual } from 'node:util';
import { CtsError } from '#protocol';
import { FrameTable } from '../../server/core/can/frame-table.ts';
import { encodeMessage } from '../../server/core/dbc/codec/encode-message.ts';
import { compileMessage } from '../../server/core/dbc/codec/message-plan.ts';
import { decodeMessage } from '../../server/core/dbc/codec/signal-columns.ts';
import { applyFixes } from '../../server/core/dbc/lint/apply-fixes.ts';
import type { Diagnostic, LintProfile } from '../../server/core/dbc/lint/diagnostic.ts';
import { findDiagnostics } from '../../server/core/dbc/lint/find-diagnostics.ts';
import { buildDatabase } from '../../server/core/dbc/model/build-database.ts';
import type { Database } from '../../server/core/dbc/model/database.ts';
import { editTree } from '../../server/core/dbc/syntax/edit-tree.ts';
import { parseDbc } from '../../server/core/dbc/syntax/parse-dbc.ts';
import { printTree } from '../../server/core/dbc/syntax/print-tree.ts';
import { decodeDbcText, encodeDbcText } from '../../server/core/dbc/syntax/source-text.ts';
import type { SyntaxTree, TextEdit } from '../../server/core/dbc/syntax/syntax-tree.ts';
import { locateOffset, offsetAt } from '../../server/core/dbc/syntax/text-position.ts';
import { SeededRandom } from '../../tools/sample-log/seeded-random.ts';
import { describeTree } from '../unit/core/dbc/syntax/plain-tree.ts';
import { hashBytes } from './case-hash.ts';
import { expectThat, Finding } from './finding.ts';
import type { CaseOutcome } from './rlog-target.ts';

const PROFILES: readonly LintProfile[] = ['opendbc', 'candb++', 'cantools'];
const FILE_NAMES = ['toyota_x.dbc', 'honda_x.dbc', 'vw_mqb.dbc', 'x.dbc'] as const;
/** Processor time that no stage may take for a file of this size. */
const MAX_STAGE_MS = 1000;
const EDITS_PER_CASE = 3;
const ROWS = 8;
const PIECES = ['', '"', '\n', ';', ' ', 'x', '1', 'CM_ "', '\nBO_ 1 X: 8 A\n', '//', ' SG_ '] as const;

/**
 * Takes a DBC file the whole way: text, tree, edits, database, findings and their fixes, frames decoded and encoded.
 *
 * @throws {Finding} When something is not as promised. Any other error is a finding too.
 */
export async function readDbcCase(bytes: Uint8Array): Promise<CaseOutcome> {
  const random = new SeededRandom(hashBytes(bytes));
  const source = decodeDbcText(bytes);
  expectThat(Buffer.compare(encodeDbcText(source), bytes) === 0, 'the bytes of a file come back');
  const tree = time('parseDbc', () => parseDbc(source.text));
  checkTree(tree);
  checkPositions(tree, random);
  checkEdits(tree, random);
  const database = time('buildDatabase', () => buildDatabase(tree));
  time('buildDatabase as cantools', () => buildDatabase(tree, { readAs: 'cantools' }));
  const diagnostics = PROFILES.flatMap((profile) => lint(tree, database, [profile, random.pick(FILE_NAMES)]));
  time('decode and encode', () => exerciseMessages(database, random));
  const codes = [...tree.statements.flatMap(({ problems }) => problems), ...diagnostics].map(
    ({ code }) => code,
  );
  return { container: source.encoding, problems: [...new Set(codes)], events: tree.statements.length };
}

function time<T>(stage: string, run: () => T): T {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  expectThat(ms < MAX_STAGE_MS, `${stage} takes less than ${MAX_STAGE_MS} ms`);
  return result;
}

function checkTree(tree: SyntaxTree): void {
  const { text, statements } = tree;
  expectThat(printTree(tree) === text, 'a tree prints its text');
  let end = 0;
  for (const statement of statements) {
    expectThat(text.slice(end, statement.start).trim() === '', 'white space stands between statements');
    expectThat(statement.end > statement.start, 'a statement is not empty');
    end = statement.end;
    for (const problem of statement.problems) {
      const isInside = problem.start >= statement.start && problem.end <= end && problem.start <= problem.end;
      expectThat(isInside, 'a problem lies in its statement');
    }
  }
  expectThat(text.slice(end).trim() === '', 'white space stands behind the last statement');
}

function checkPositions(tree: SyntaxTree, random: SeededRandom): void {
  const offset = random.below(tree.text.length + 1);
  const back = offsetAt(tree, locateOffset(tree, offset));
  const isInBreak = tree.text.slice(offset - 1, offset + 1) === '\r\n';
  expectThat(back === (isInBreak ? offset - 1 : offset), 'a position leads back to its offset');
}

function checkEdits(tree: SyntaxTree, random: SeededRandom): void {
  let edited = tree;
  for (let i = 0; i < EDITS_PER_CASE; i++) {
    const edits = Array.from({ length: 1 + random.below(2) }, () => chooseEdit(edited.text, random));
    edited = time('editTree', () => editTree(edited, edits));
  }
  const isSame = isDeepStrictEqual(describeTree(edited), describeTree(parseDbc(edited.text)));
  expectThat(isSame, 'an edited tree is that of the edited text');
}

function chooseEdit(text: string, random: SeededRandom): TextEdit {
  const start = random.below(text.length + 1);
  const end = random.below(2) === 0 ? start : start + random.below(random.pick([4, 100]));
  return { start, end, text: random.pick(PIECES) };
}

function lint(
  tree: SyntaxTree,
  database: Database,
  [profile, fileName]: readonly [LintProfile, string],
): readonly Diagnostic[] {
  const diagnostics = time('findDiagnostics', () => findDiagnostics(tree, database, { profile, fileName }));
  let last = 0;
  for (const { start, end } of diagnostics) {
    expectThat(
      start >= last && end >= start && end <= tree.text.length,
      'findings are sorted and in the text',
    );
    last = start;
  }
  const fixed = time('applyFixes', () => applyFixes(tree.text, diagnostics));
  const again = time('parseDbc of the fixed text', () => parseDbc(fixed.text));
  checkTree(again);
  time('findDiagnostics of the fixed text', () =>
    findDiagnostics(again, buildDatabase(again), { profile, fileName }),
  );
  return diagnostics;
}

function exerciseMessages(database: Database, random: SeededRandom): void {
  const table = createFrames(random);
  const rows = Uint32Array.from({ length: ROWS }, (_, row) => row);
  for (const message of database.messages) {
    const plan = compileMessage(message);
    const columns = decodeMessage(plan, table, rows);
    expectThat(columns.length === plan.signals.length, 'each signal has its column');
    const values = new Map(message.signals.map(({ name }, i) => [name, columns[i]?.[0] ?? 0]));
    refuse(() => encodeMessage(plan, values));
  }
}

/** What cannot be encoded is refused with an error of ours. */
function refuse(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof CtsError)) throw error;
    if (error.message === '') throw new Finding('an error says what is wrong', { cause: error });
  }
}

function createFrames(random: SeededRandom): FrameTable {
  const table = new FrameTable(ROWS);
  for (let row = 0; row < ROWS; row++) {
    const payload = Uint8Array.from({ length: random.pick([0, 1, 7, 8, 8, 8, 64]) }, () => random.below(256));
    table.push({ seconds: row, bus: 0, arbitrationId: 1 }, payload, [0, payload.length]);
  }
  return table;
}
