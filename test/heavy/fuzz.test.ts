import { expect, it } from 'vitest';
import { runCampaign, type SavedFinding } from '../fuzz/campaign.ts';

it.each([
  ['logs', 'rlog'],
  ['databases', 'dbc'],
] as const)('finds nothing in 20 seconds of damaged %s', async (_, target) => {
  const findings: SavedFinding[] = [];
  const tally = await runCampaign({
    ...{ target, seed: 1, seconds: 20 },
    onFinding: (finding) => findings.push(finding),
    onProgress: () => undefined,
  });
  expect(findings).toEqual([]);
  expect(tally.cases).toBeGreaterThan(100);
});
