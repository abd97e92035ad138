import './signal-key.css';
import { makeElement } from '../element.ts';
import { letterOf, seriesClassOf } from './signal-bits.ts';

/** Makes the letter of a signal in its colour. */
export function makeSignalKey(place: number): HTMLElement {
  return makeElement('span', { className: `signal-key ${seriesClassOf(place)}` }, letterOf(place));
}
