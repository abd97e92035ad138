import type { Run } from '#protocol';
import { makeHarmless } from '../harmless-text.ts';
import { formatCount } from '../number-text.ts';
import type { Translate } from '../translate.ts';
import { describeState } from './run-words.ts';

/** What the status bar says of runs that are not over; undefined when all are. */
export function describeActiveRuns(active: readonly Run[], translate: Translate): string | undefined {
  const [only, ...others] = active;
  if (only === undefined) return undefined;
  if (others.length > 0) return `$(loading~spin) ${translate('{0} runs', formatCount(active.length))}`;
  // What stands between $( and ) is an icon there.
  const name = makeHarmless(only.toolId).replaceAll('$(', '$ (');
  return `$(loading~spin) ${name} ${describeState(only, translate)}`;
}
