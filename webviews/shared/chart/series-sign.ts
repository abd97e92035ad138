import { makeSvg } from '../element.ts';
import { outlineOf } from './series-shapes.ts';

/** Makes the sign of a colour, for a legend. */
export function makeSeriesSign(colour: number): SVGSVGElement {
  const svg = makeSvg('svg', { viewBox: '-5 -5 10 10', 'aria-hidden': 'true' });
  svg.classList.add('series-sign', `series${colour}`);
  svg.append(makeSvg('path', { d: outlineOf(colour) }));
  return svg;
}
