import type { DbcMessageInfo, DbcSignalInfo } from '#protocol';
import type { Output } from '../terminal.ts';
import { type DrawnSignal, drawBitPicture } from './bit-picture.ts';
import { formatId, showName, showNames } from './database-info.ts';
import { makeHarmless } from './harmless-text.ts';
import { formatCount, formatPlural } from './quantities.ts';
import { listBranches, nameSelection } from './signal-branches.ts';
import { letterOf } from './signal-letters.ts';
import { layOutTable } from './text-table.ts';

const COLUMNS = [
  { heading: '' },
  { heading: 'signal' },
  { heading: 'bits' },
  { heading: 'factor', align: 'right' },
  { heading: 'offset', align: 'right' },
  { heading: 'range' },
  { heading: 'unit' },
  { heading: 'read by' },
  { heading: '' },
] as const;

const PAINTS = ['cyan', 'yellow', 'green', 'magenta', 'blue', 'red'] as const;

/** Lines for people that tell everything about a message: which bit is whose, and what each signal says. */
export function describeMessage(message: DbcMessageInfo, output: Output): readonly string[] {
  const { name, comment, signals } = message;
  return [
    `${output.style('bold', `${formatId(message)} ${showName(name)}`)}  ${describeTraffic(message)}`,
    ...(comment === null ? [] : indentText(comment)),
    '',
    ...drawPictures(message, output),
    '',
    ...layOutSignals(signals, output),
    ...signals.flatMap((signal, index) => describeTexts(signal, letterOf(index))),
  ];
}

function describeTraffic({ sizeBytes, isExtended, isFd, transmitters, cycleTimeMs }: DbcMessageInfo): string {
  return [
    formatPlural(sizeBytes, 'byte'),
    ...(isExtended ? ['29 bits of id'] : []),
    ...(isFd ? ['CAN FD'] : []),
    ...(transmitters.length > 0 ? [`from ${showNames(transmitters)}`] : []),
    ...(cycleTimeMs === null ? [] : [`every ${String(cycleTimeMs)} ms`]),
  ].join(', ');
}

function drawPictures(message: DbcMessageInfo, output: Output): readonly string[] {
  const drawn = new Map(message.signals.map((signal, index) => [signal, createDrawn(signal, index, output)]));
  const { branches, omitted } = listBranches(message.signals);
  const pictures = branches.map(({ name, signals }) => [
    ...(name === undefined ? [] : [makeHarmless(name)]),
    ...drawBitPicture(
      message,
      signals.flatMap((signal) => drawn.get(signal) ?? []),
    ),
  ]);
  return [
    ...pictures.flatMap((picture, index) => (index === 0 ? picture : ['', ...picture])),
    ...(omitted > 0 ? ['', `${formatPlural(omitted, 'selection')} more`] : []),
  ];
}

function createDrawn(signal: DbcSignalInfo, index: number, output: Output): DrawnSignal {
  const style = PAINTS[index % PAINTS.length] ?? 'cyan';
  return { signal, letter: letterOf(index), paint: (text) => output.style(style, text) };
}

function layOutSignals(signals: readonly DbcSignalInfo[], output: Output): readonly string[] {
  if (signals.length === 0) return ['The message has no signal.'];
  const rows = signals.map((signal, index) => [letterOf(index), ...listCells(signal)]);
  const [heading = '', ...lines] = layOutTable(COLUMNS, rows);
  return [output.style('bold', heading), ...lines];
}

function listCells(signal: DbcSignalInfo): readonly string[] {
  const { name, factor, offset, minimum, maximum, unit, receivers } = signal;
  return [
    showName(name),
    writeBits(signal),
    String(factor),
    String(offset),
    minimum === null || maximum === null ? '' : `${String(minimum)} to ${String(maximum)}`,
    showName(unit),
    showNames(receivers),
    describeKind(signal),
  ];
}

/** As `SG_` lines have it: `16|13@1+`. */
function writeBits({ startBit, length, byteOrder, isSigned }: DbcSignalInfo): string {
  const order = byteOrder === 'little-endian' ? '1' : '0';
  return `${String(startBit)}|${String(length)}@${order}${isSigned ? '-' : '+'}`;
}

function describeKind(signal: DbcSignalInfo): string {
  const { valueType, multiplexing, role, labels, isDecodable } = signal;
  const selection = nameSelection(signal);
  return [
    ...(isDecodable ? [] : ['cannot be decoded']),
    ...(valueType === 'integer' ? [] : [valueType]),
    ...(role === null ? [] : [role]),
    ...(multiplexing?.isMultiplexor === true ? ['selects others'] : []),
    ...(selection === undefined ? [] : [`where ${showName(selection)}`]),
    ...(labels.length > 0
      ? [`${formatCount(labels.length)} value ${labels.length === 1 ? 'text' : 'texts'}`]
      : []),
  ].join(', ');
}

function describeTexts({ name, comment, labels }: DbcSignalInfo, letter: string): readonly string[] {
  if (comment === null && labels.length === 0) return [];
  const width = labels.reduce((widest, { value }) => Math.max(widest, String(value).length), 0);
  return [
    '',
    `${letter}  ${showName(name)}`,
    ...(comment === null ? [] : indentText(comment)),
    ...labels.map(({ value, label }) => `   ${String(value).padStart(width)}  ${makeHarmless(label)}`),
  ];
}

function indentText(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).map((line) => `   ${makeHarmless(line)}`.trimEnd());
}
