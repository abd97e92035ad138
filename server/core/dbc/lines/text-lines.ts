import { formatAddress } from '../../can/address-text.ts';
import { labelOf } from '../codec/signal-labels.ts';
import type { DatabaseMessage, DatabaseSignal } from '../model/database.ts';
import {
  type LineForm,
  type LineOptions,
  type LineParts,
  type SignalWriter,
  writeWide,
} from './line-form.ts';
import { createNumberWriter } from './number-text.ts';

/** Room for times up to a day, and for three digits of a bus. */
const SECONDS_WIDTH = 12;
const BUS_WIDTH = 3;
/** Room for extended ids would push all others to the side. */
const ID_WIDTH = 5;

/**
 * Lines for people; what is in brackets is there where there is something to tell:
 *
 * ```
 *     1.250000   0 0x025 GEAR: SPEED=-1.5 kph, GEAR=4 [D][  (wrong checksum, wrong counter)]
 * ```
 *
 * Values are rounded to the decimals that factor and offset have. Signals that the frame does not hold, and floats that
 * are no finite number, are left out. Control characters of a database are shown as `\x1b`, not obeyed, and so
 * are those that turn the direction of text.
 */
export function createTextForm({ labels }: LineOptions): LineForm {
  let lastSeconds = Infinity;
  let start = '';
  return {
    separator: ', ',
    writeHead,
    createSignalWriter: (signal) => createWriter(signal, labels),
    writeLine(head, seconds, parts) {
      // Frames of one event share its time.
      if (seconds !== lastSeconds) {
        lastSeconds = seconds;
        start = (Number.isFinite(seconds) ? seconds.toFixed(6) : '-').padStart(SECONDS_WIDTH);
      }
      return start + head + parts.values + writeEnd(parts);
    },
  };
}

function writeHead(bus: number, { arbitrationId, name }: DatabaseMessage): string {
  const id = formatAddress(arbitrationId).padEnd(ID_WIDTH);
  return ` ${String(bus).padStart(BUS_WIDTH)} ${id} ${showControls(name)}: `;
}

function createWriter(signal: DatabaseSignal, hasLabels: boolean): SignalWriter {
  const writeNumber = createNumberWriter(signal);
  const start = `${showControls(signal.name)}=`;
  const unit = signal.unit === '' ? '' : ` ${showControls(signal.unit)}`;
  const { factor, offset } = signal;
  return {
    writeValue(raw, exact) {
      const wide = exact === undefined ? undefined : writeWide(exact, signal);
      const value = raw * factor + offset;
      if (wide === undefined && !Number.isFinite(value)) return '';
      const label = hasLabels ? labelOf(signal, raw) : undefined;
      const text = start + (wide ?? writeNumber(value)) + unit;
      return label === undefined ? text : `${text} [${showControls(label)}]`;
    },
    writeLabel: () => '',
  };
}

function writeEnd({ isChecksumWrong, isCounterWrong }: LineParts): string {
  if (!isChecksumWrong && !isCounterWrong) return '';
  if (isChecksumWrong && isCounterWrong) return '  (wrong checksum, wrong counter)';
  return isChecksumWrong ? '  (wrong checksum)' : '  (wrong counter)';
}

/** A line stays one line, and a terminal does nothing but show it. */
function showControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}
