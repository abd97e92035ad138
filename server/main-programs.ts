import { join } from 'node:path';
import type { WorkerProgram } from './main-service.ts';

/** Files of the product that a service works with. */
export interface Programs {
  readonly worker: WorkerProgram;
  /** Folder of the pages that `/ui` serves. */
  readonly pagesFolder: string;
}

/** Where they are, as `npm run build` leaves them. */
export function findPrograms(folder: string): Programs {
  return { worker: { path: join(folder, 'worker.cjs') }, pagesFolder: join(folder, 'pages') };
}
