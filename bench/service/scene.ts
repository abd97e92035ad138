import type { MinuteLog } from '../inputs.ts';
import type { ServicePrograms } from './service-programs.ts';

/** Everything that the parts of the bench work with. */
export interface Scene {
  readonly programs: ServicePrograms;
  /** What runs work on while requests are timed. */
  readonly minute: MinuteLog;
  /** A log that a run is done with at once. */
  readonly shortLog: string;
  /** An empty folder that is removed at the end. */
  readonly makeFolder: () => string;
}
