import { makeSvg } from './element.ts';

/** Fills of drawings that are not plain: `url(#…)`. */
export const HATCHES = {
  gap: 'url(#hatch-gap)',
  warning: 'url(#hatch-warning)',
  error: 'url(#hatch-error)',
} as const;

/** Makes the definitions of all hatches; once per page, anywhere in it. */
export function makeHatches(): SVGSVGElement {
  const svg = makeSvg('svg', { width: 0, height: 0, 'aria-hidden': 'true', class: 'hatches' });
  const definitions = makeSvg('defs');
  definitions.append(
    makeHatch('hatch-gap', { size: 6, color: 'var(--grid-2)' }),
    makeHatch('hatch-warning', { size: 5, color: 'var(--warning)' }),
    makeHatch('hatch-error', { size: 5, color: 'var(--error)' }),
  );
  svg.append(definitions);
  return svg;
}

interface HatchOptions {
  readonly size: number;
  readonly color: string;
}

function makeHatch(id: string, { size, color }: HatchOptions): SVGPatternElement {
  const pattern = makeSvg('pattern', {
    id,
    width: size,
    height: size,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  });
  const tint = makeSvg('rect', { width: size, height: size, class: 'hatch-tint' });
  const line = makeSvg('path', { d: `M0 0v${size}` });
  line.style.setProperty('stroke', color);
  if (id !== 'hatch-gap') {
    tint.style.setProperty('fill', `color-mix(in srgb, ${color} 22%, transparent)`);
    line.style.setProperty('stroke-opacity', '0.7');
    pattern.append(tint);
  }
  pattern.append(line);
  return pattern;
}
