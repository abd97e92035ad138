import type { DiagnosticFix } from './diagnostic.ts';
import type { LintSubject } from './lint-subject.ts';

const NOBODY = 'Vector__XXX';
/** What a node may be called in a list that every reader takes. */
const NODE_NAME = /^[A-Za-z_]\w*$/;

/** Ends lines as a text does; with a line feed where it has none. */
export function nameLineEnd(text: string): string {
  const at = text.search(/[\r\n]/);
  if (at < 0) return '\n';
  return text.startsWith('\r\n', at) ? '\r\n' : (text[at] ?? '\n');
}

/** Adds an empty `BS_`, or a `BU_` with all nodes that are named, where it belongs. */
export function addSection(kind: 'BS_' | 'BU_', subject: LintSubject): DiagnosticFix {
  const lineEnd = nameLineEnd(subject.tree.text);
  const nodes = kind === 'BU_' ? gatherNodes(subject) : [];
  const line = [`${kind}:`, ...nodes].join(' ');
  const at = findPlace(kind, subject);
  const lead = at === 0 || /[\r\n]/.test(subject.tree.text[at - 1] ?? '') ? '' : lineEnd;
  const edits = [{ start: at, end: at, text: `${lead}${line}${lineEnd}${lineEnd}` }];
  return { title: kind === 'BS_' ? 'Add an empty BS_' : 'Add BU_ with the nodes that are named', edits };
}

/** Before the first statement that comes later: `BS_` behind `VERSION` and `NS_`, `BU_` behind `BS_`. */
function findPlace(kind: 'BS_' | 'BU_', { tree: { statements, text }, runs }: LintSubject): number {
  const before = kind === 'BS_' ? ['VERSION', 'NS_', '//'] : ['VERSION', 'NS_', 'BS_', '//'];
  const run = runs.find((each) => !before.includes(each.kind));
  const next = run && statements[run.first];
  if (next === undefined) return text.length;
  const lineStart =
    Math.max(text.lastIndexOf('\n', next.start - 1), text.lastIndexOf('\r', next.start - 1)) + 1;
  return text.slice(lineStart, next.start).trim() === '' && next.start > 0 ? lineStart : next.start;
}

/** Lists the nodes that messages and signals name, in the order in which they first do. */
function gatherNodes({ messages, statements }: LintSubject): readonly string[] {
  const nodes = new Set<string>();
  for (const { statement: message, signals } of messages) {
    nodes.add(message.transmitterText ?? NOBODY);
    for (const { statement } of signals) for (const text of statement.receiverTexts) nodes.add(text);
  }
  for (const { nodes: senders } of statements.BO_TX_BU_) for (const { text } of senders) nodes.add(text);
  nodes.delete(NOBODY);
  return [...nodes].filter((name) => NODE_NAME.test(name));
}
