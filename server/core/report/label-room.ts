import { estimateTextWidth } from './text-width.ts';

/** Widths of a chart, in pixels, from which on more labels are shown; below the second only those of the first. */
export const CHART_WIDTHS = [320, 480, 640, 840, 996] as const;

/** What is kept free between two labels. */
const AIR = 6;

/** A text beside a point of a line. */
export interface Label {
  /** Place of the point, from 0 to 1. */
  readonly at: number;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Pixels that the text is moved to the right. */
  readonly shift: number;
}

/** Free places of one line of text. */
export class LabelRoom {
  readonly #gutter: number;
  readonly #overhang: number;
  readonly #kept: { readonly label: Label; readonly width: number }[] = [];

  /**
   * @param gutter Pixels of a chart's width that are not plot.
   * @param overhang Pixels that a text may stand out over the edges of the plot.
   */
  constructor(gutter: number, overhang = 0) {
    this.#gutter = gutter;
    this.#overhang = overhang;
  }

  /**
   * Takes room for a label where there is some.
   *
   * @param lowest The first of CHART_WIDTHS to try.
   * @returns The first of CHART_WIDTHS, by index, that has room for it, and so has every wider one; undefined: none.
   */
  take(label: Label, lowest = 0): number | undefined {
    const level = this.find(label, lowest);
    if (level !== undefined) this.#kept.push({ label, width: estimateTextWidth(label.text) });
    return level;
  }

  /** As `take`, without taking it. */
  find(label: Label, lowest = 0): number | undefined {
    const width = estimateTextWidth(label.text);
    for (let level = lowest; level < CHART_WIDTHS.length; level++) {
      if (this.#isFree(label, width, (CHART_WIDTHS[level] ?? 0) - this.#gutter)) return level;
    }
    return undefined;
  }

  #isFree(label: Label, width: number, plotWidth: number): boolean {
    const [left, right] = placeLabel(label, width, plotWidth);
    if (left < -this.#overhang || right > plotWidth + this.#overhang) return false;
    return this.#kept.every((other) => {
      const [otherLeft, otherRight] = placeLabel(other.label, other.width, plotWidth);
      return right + AIR <= otherLeft || otherRight + AIR <= left;
    });
  }
}

/** The first of CHART_WIDTHS, by index, in which a part of the plot is so many pixels wide; undefined: none. */
export function findRoom(fraction: number, pixels: number, gutter: number): number | undefined {
  const level = CHART_WIDTHS.findIndex((width) => fraction * (width - gutter) >= pixels);
  return level === -1 ? undefined : level;
}

function placeLabel({ at, anchor, shift }: Label, width: number, plotWidth: number): [number, number] {
  const x = at * plotWidth + shift;
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return [left, left + width];
}
