/** Points in the order of time; the value NaN ends the line before it. */
export interface LinePoints {
  readonly seconds: Float64Array;
  readonly values: Float64Array;
}

/** How times and values become pixels. */
export interface PlotScale {
  readonly left: number;
  readonly bottom: number;
  readonly from: number;
  readonly least: number;
  readonly pixelsPerSecond: number;
  /** Of one unit of the value. */
  readonly pixelsPerValue: number;
}

/** What a line is traced on: a canvas, or a path. */
export interface LineSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** A point alone is a stroke of almost no length: a dot where strokes end round. */
const POINT = 0.01;

/** Traces points as straight lines, or as steps that hold a value until the next one. */
export function traceLine(sink: LineSink, { seconds, values }: LinePoints, scale: LineScale): void {
  let isOpen = false;
  let lastY = 0;
  for (let place = 0; place < seconds.length; place += 1) {
    const x = scale.left + ((seconds[place] ?? 0) - scale.from) * scale.pixelsPerSecond;
    const value = values[place] ?? Number.NaN;
    if (Number.isNaN(value)) {
      if (isOpen && scale.isStepped) sink.lineTo(x, lastY);
      isOpen = false;
      continue;
    }
    const y = scale.bottom - (value - scale.least) * scale.pixelsPerValue;
    if (!isOpen) {
      sink.moveTo(x, y);
      sink.lineTo(x + POINT, y);
    } else {
      if (scale.isStepped) sink.lineTo(x, lastY);
      sink.lineTo(x, y);
    }
    isOpen = true;
    lastY = y;
  }
}

/** A scale, and how points are joined. */
export interface LineScale extends PlotScale {
  readonly isStepped: boolean;
}
