import type { Findings } from './findings.ts';
import type { Scene } from './scene.ts';
import { measureColdStart } from './sections/cold-start.ts';
import { measureCommands } from './sections/commands.ts';
import { measureEndurance } from './sections/endurance.ts';
import { measureLogDelivery } from './sections/log-delivery.ts';
import { measureRequestsAtRest } from './sections/requests-at-rest.ts';
import { measureRequestsUnderLoad } from './sections/requests-under-load.ts';
import { measureRunStart } from './sections/run-start.ts';
import { measureThousandReaders } from './sections/thousand-readers.ts';

/** One part of the bench: a service, and what is done to it. */
export interface Section {
  readonly title: string;
  measure(scene: Scene): Promise<Findings>;
}

/** The parts, in the order in which they are measured and shown. */
export const SECTIONS = {
  start: { title: 'Cold start', measure: measureColdStart },
  commands: { title: 'Commands of `cts`', measure: measureCommands },
  runs: { title: 'From request to work, service at rest', measure: measureRunStart },
  requests: { title: 'Requests while 8 runs work', measure: measureRequestsUnderLoad },
  rest: { title: 'Requests at rest', measure: measureRequestsAtRest },
  log: { title: 'A line of a log to 10 readers, 100 lines a second', measure: measureLogDelivery },
  readers: { title: '1000 readers of one log', measure: measureThousandReaders },
  endurance: { title: '500 runs in a row', measure: measureEndurance },
} as const satisfies Readonly<Record<string, Section>>;

export type SectionId = keyof typeof SECTIONS;

/** The parts by their names; all of them where none is named. */
export function selectSections(names: readonly string[]): readonly SectionId[] {
  const ids = Object.keys(SECTIONS) as SectionId[];
  const unknown = names.find((name) => !ids.some((id) => id === name));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}": there are ${ids.join(', ')}`);
  return names.length === 0 ? ids : ids.filter((id) => names.includes(id));
}
