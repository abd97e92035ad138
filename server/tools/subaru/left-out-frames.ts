/** What was not used of the frames of a message. */
export interface LeftOut {
  /** Shorter than the message is. */
  readonly shortFrames: number;
  /** Frames of wheel speeds, or single values of other messages, which then count as unchanged. */
  readonly outliers: number;
  readonly firstOutlier: Outlier | undefined;
}

/** A value that cannot be true. */
export interface Outlier {
  readonly seconds: number;
  /** `FL`, `FR`, `RL`, `RR` or `cruise_set_speed`. */
  readonly signal: string;
  /** km/h for wheels; as logged for set speeds. */
  readonly value: number;
}

/** Counts the frames of a message that are not used, and why. */
export class LeftOutFrames implements LeftOut {
  shortFrames = 0;
  outliers = 0;
  firstOutlier: Outlier | undefined;

  addOutlier(outlier: Outlier): void {
    if (this.outliers++ === 0) this.firstOutlier = outlier;
  }
}
