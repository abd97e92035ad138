import type { LeftOut, Outlier } from './cruise-findings.ts';

/** Counts the frames of a message that are not used, and why. */
export class LeftOutFrames implements LeftOut {
  shortFrames = 0;
  outliers = 0;
  firstOutlier: Outlier | undefined;

  addOutlier(outlier: Outlier): void {
    if (this.outliers++ === 0) this.firstOutlier = outlier;
  }
}
