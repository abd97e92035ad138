import { labelOf } from '../codec/signal-labels.ts';
import type { DatabaseMessage, DatabaseSignal } from '../model/database.ts';
import {
  type LineForm,
  type LineOptions,
  type LineParts,
  type SignalWriter,
  writeWide,
} from './line-form.ts';

/**
 * One JSON object a line, its members always in this order; what is in brackets is left out where there is none:
 *
 * ```json
 * {["seconds":1.25,]"bus":0,"arbitrationId":37,"message":"GEAR","signals":{"SPEED":-1.5,"GEAR":4}
 *  [,"labels":{"GEAR":"D"}][,"wrong":["checksum","counter"]]}
 * ```
 *
 * `signals` has physical values: raw times factor plus offset as the double that this gives. Integers that no double
 * holds are texts. Signals that the frame does not hold, and floats that are no finite number, are left out.
 */
export function createJsonForm({ labels }: LineOptions): LineForm {
  let lastSeconds = NaN;
  let start = '{';
  return {
    separator: ',',
    writeHead,
    createSignalWriter: (signal) => createWriter(signal, labels),
    writeLine(head, seconds, parts) {
      // Frames of one event share its time.
      if (seconds !== lastSeconds) {
        lastSeconds = seconds;
        start = Number.isFinite(seconds) ? `{"seconds":${String(seconds)},` : '{';
      }
      return start + head + parts.values + writeEnd(parts);
    },
  };
}

function writeHead(bus: number, { arbitrationId, name }: DatabaseMessage): string {
  return `"bus":${String(bus)},"arbitrationId":${String(arbitrationId)},"message":${quote(name)},"signals":{`;
}

function createWriter(signal: DatabaseSignal, hasLabels: boolean): SignalWriter {
  const key = `${quote(signal.name)}:`;
  const { factor, offset } = signal;
  return {
    writeValue(raw, exact) {
      const wide = exact === undefined ? undefined : writeWide(exact, signal);
      if (wide !== undefined) return `${key}"${wide}"`;
      const value = raw * factor + offset;
      return Number.isFinite(value) ? key + String(value) : '';
    },
    writeLabel(raw) {
      const label = hasLabels ? labelOf(signal, raw) : undefined;
      return label === undefined ? '' : key + quote(label);
    },
  };
}

function writeEnd({ labels, isChecksumWrong, isCounterWrong }: LineParts): string {
  if (labels === '' && !isChecksumWrong && !isCounterWrong) return '}}';
  const end = labels === '' ? '}' : `},"labels":{${labels}}`;
  if (!isChecksumWrong && !isCounterWrong) return `${end}}`;
  const wrong = [...(isChecksumWrong ? ['"checksum"'] : []), ...(isCounterWrong ? ['"counter"'] : [])];
  return `${end},"wrong":[${wrong.join(',')}]}`;
}

/** A JSON text; control characters beyond ASCII, which terminals obey, are written as `\u009b`. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
