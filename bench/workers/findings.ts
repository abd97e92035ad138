import type { ChildReport } from '../measurement.ts';

/** What one iteration of some work found. */
export type Findings = Omit<ChildReport, 'wallMs' | 'cpuMs' | 'peakRssBytes'>;
