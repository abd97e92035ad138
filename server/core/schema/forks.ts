import * as carrot from './tables/fork-carrot2-2024-10.ts';
import * as frogpilot from './tables/fork-frogpilot-2024-10.ts';
import * as infinitecable from './tables/fork-infinitecable-2026-08.ts';
import * as starpilot from './tables/fork-starpilot-2025-03.ts';
import * as sunnypilot from './tables/fork-sunnypilot-2026.003.ts';

/** Rows that a fork has otherwise than mainline; functions, so that nothing is built for forks nobody asks for. */
interface ForkTable {
  listStructs(): string;
  listEnums(): string;
}

/** A fork whose layouts are known. */
export interface Fork {
  readonly id: string;
  readonly table: ForkTable;
  readonly summary: string;
  /** `owner/repository` in lower case, as remotes end with; others that share the layouts included. */
  readonly repositories: readonly string[];
  /** Branch names that only this fork uses, for logs without a remote. */
  readonly branches: readonly string[];
}

/** Which repositories share whose layouts was found by comparing them ordinal by ordinal: `source/forks.json`. */
export const FORKS: readonly Fork[] = [
  {
    id: 'frogpilot-2024-10',
    table: frogpilot,
    summary: 'FrogPilot, October 2024',
    repositories: ['frogai/frogpilot'],
    branches: ['FrogPilot', 'FrogPilot-Development', 'FrogPilot-Staging'],
  },
  {
    id: 'starpilot-2025-03',
    table: starpilot,
    summary: 'StarPilot, March 2025',
    repositories: ['firestar5683/starpilot'],
    branches: ['StarPilot'],
  },
  {
    id: 'sunnypilot-2026.003',
    table: sunnypilot,
    summary: 'sunnypilot 2026.003',
    repositories: [
      'sunnypilot/sunnypilot',
      'sunnyhaibin/sunnypilot',
      'chinna244/zoompilot',
      'landonepps/openpilot',
    ],
    branches: [],
  },
  {
    id: 'infinitecable-2026-08',
    table: infinitecable,
    summary: 'infiniteCable, August 2026',
    repositories: ['infinitecable2/openpilot'],
    branches: [],
  },
  {
    id: 'carrot2-2024-10',
    table: carrot,
    summary: 'carrot2, October 2024',
    repositories: ['ajouatom/openpilot'],
    branches: ['carrot2-v2'],
  },
];
