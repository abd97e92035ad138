import type { Candidate } from '../../core/field-search/candidate-fit.ts';
import type { Inline, Text } from '../../core/report/report.ts';
import { countOf } from '../../core/text/counted.ts';
import { describeField, formatNumber, nameField, nameMessage } from './candidate-words.ts';
import { suggestFactor } from './factor-suggestion.ts';
import type { SearchFindings } from './signal-search.ts';

/** Candidates whose scores differ by less than this explain equally well. */
const TIE = 0.002;
/** Below this score nothing was found. */
export const WEAK = 0.4;
/** Below this score a field has to do with the reference, but does not explain it. */
const SURE = 0.75;

/** The answer in a few sentences. */
export function writeLead(findings: SearchFindings): Text {
  const { candidates, reference, effort } = findings;
  const [best] = candidates;
  if (best === undefined)
    return [`Nothing in ${countOf(effort.messages, 'message')} varies with ${reference.name}.`];
  const field = { strong: `${nameMessage(best)}, ${nameField(best.field, best.message.byteLength)}` };
  const where = describeField(best.field, best.message.byteLength);
  if (best.score < WEAK)
    return [
      { strong: `Nothing explains ${reference.name}.` },
      ' Least far off is ',
      field,
      ` (score ${best.score.toFixed(3)}; from ${String(WEAK)} on a field may have to do with it): ${where}.`,
    ];
  const verb = best.score < SURE ? 'goes partly with' : 'explains';
  return [
    field,
    ` ${verb} ${reference.name}${best.score < SURE ? `, nearer than all others (score ${best.score.toFixed(3)})` : ' best'}: ${where}`,
    ...writeCompanions(best),
    '. ',
    ...writeFigures(best, findings),
    ...writeTies(findings),
  ];
}

function writeCompanions(best: Candidate): readonly Inline[] {
  const { companions, message } = best;
  if (companions.length === 0) return [];
  const names = companions.map((field) => nameField(field, message.byteLength)).join(', ');
  const what = best.isSplit ? 'to which the finer part is added in' : 'even better together with its like in';
  return [`, ${what} `, { code: names }];
}

function writeFigures(best: Candidate, { reference }: SearchFindings): readonly Inline[] {
  const { transitions, lag, rms, samples } = best;
  const when =
    lag === 0 ? 'at the same time' : `${Math.abs(lag).toFixed(2)} s ${lag > 0 ? 'before it' : 'after it'}`;
  if (transitions !== undefined) {
    const inverted = best.factor < 0 ? ' It is 0 while the reference is on.' : '';
    return [
      `${String(transitions.matched)} of ${countOf(transitions.wanted, 'transition')} ${transitions.matched === 1 ? 'is' : 'are'} shared, ${when}, in ${countOf(samples, 'frame')}.${inverted}`,
    ];
  }
  const unit = reference.unit === undefined ? '' : ` ${reference.unit}`;
  const left = best.companions.length > 0 ? 'Together they leave' : 'It leaves';
  return [
    `${left} ${formatNumber(rms, 3)}${unit} (rms) unexplained, ${when}, in ${countOf(samples, 'frame')}.`,
    ...writeFactor(best, reference.unit),
  ];
}

/** The scale of what does not explain the reference means nothing. */
function writeFactor(best: Candidate, unit: string | undefined): readonly Inline[] {
  if (best.score < SURE) return [];
  const { factor } = best;
  const round = suggestFactor(factor, unit);
  const fitted = `${formatNumber(factor)}${unit === undefined ? '' : ` ${unit}`}`;
  return [` One step of the field is ${fitted}${round === undefined ? '' : `, probably ${round.text}`}.`];
}

function writeTies({ candidates: [best, ...others] }: SearchFindings): readonly Inline[] {
  const ties = others.filter(({ score }) => best !== undefined && best.score - score < TIE);
  if (ties.length === 0) return [];
  const names = ties
    .slice(0, 4)
    .map((each) => `${nameMessage(each)} ${nameField(each.field, each.message.byteLength)}`);
  const more = ties.length > names.length ? ` and ${String(ties.length - names.length)} more` : '';
  return [
    ` ${countOf(ties.length, 'other field')} ${ties.length === 1 ? 'does' : 'do'} so equally well: ${names.join(', ')}${more}.`,
  ];
}
