import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHART_WIDTHS, findRoom, type Label, LabelRoom } from '../../../../server/core/report/label-room.ts';
import { estimateTextWidth, fitText } from '../../../../server/core/report/text-width.ts';

const label = (at: number, text = 'label', anchor: Label['anchor'] = 'start'): Label => ({
  at,
  text,
  anchor,
  shift: 0,
});

describe('LabelRoom', () => {
  it('shows a label from the width on in which it does not touch another', () => {
    const room = new LabelRoom(76);
    expect(room.take(label(0))).toBe(0);
    expect(room.take(label(0.955, 'far'))).toBe(1);
    expect(room.take(label(0.06))).toBe(2);
    expect(room.take(label(0.001))).toBeUndefined();
  });

  it('keeps labels inside of the plot, but for an overhang', () => {
    expect(new LabelRoom(76).take(label(1))).toBeUndefined();
    expect(new LabelRoom(76).take(label(1, 'label', 'end'))).toBe(0);
    expect(new LabelRoom(76).take(label(1, 'label', 'middle'))).toBeUndefined();
    expect(new LabelRoom(76, 20).take(label(1, 'label', 'middle'))).toBe(0);
  });

  it('never lets two labels overlap in any width', () => {
    const anchors = fc.constantFrom<Label['anchor']>('start', 'middle', 'end');
    const wanted = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.string({ maxLength: 12 }), anchors),
    );
    fc.assert(
      fc.property(wanted, (labels) => {
        const room = new LabelRoom(76, 30);
        const kept = labels.map(([at, text, anchor]) => ({
          at,
          text,
          anchor,
          level: room.take(label(at, text, anchor)),
        }));
        CHART_WIDTHS.forEach((width, level) => {
          const shown = kept
            .filter((one) => one.level !== undefined && one.level <= level)
            .map(({ at, text, anchor }) => {
              const size = estimateTextWidth(text);
              const left = at * (width - 76) - (anchor === 'start' ? 0 : anchor === 'end' ? size : size / 2);
              return { left, right: left + size };
            })
            .sort((a, b) => a.left - b.left);
          shown.slice(1).forEach(({ left }, i) => expect(left).toBeGreaterThanOrEqual(shown[i]!.right));
        });
      }),
    );
  });
});

describe('findRoom', () => {
  it.each([
    [1, 200, 0],
    [0.5, 200, 1],
    [0.1, 60, 3],
    [0.01, 60, undefined],
  ])('a part of %d has %d px from width %s on', (fraction, pixels, level) => {
    expect(findRoom(fraction, pixels, 76)).toBe(level);
  });
});

describe('fitText', () => {
  it('cuts a text that is too long, between signs', () => {
    expect(fitText('short', 100)).toBe('short');
    expect(fitText('ACC_STATE_OF_THE_OTHER_BUS', 80)).toMatch(/^ACC_S\w*…$/);
    expect(fitText('😀😀😀😀😀😀', 40)).toBe('😀😀…');
    expect(fitText('m'.repeat(1e6), 40).length).toBeLessThan(6);
  });
});
