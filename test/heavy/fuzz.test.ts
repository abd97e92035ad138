import { expect, it } from 'vitest';
import { runCampaign, type SavedFinding } from '../fuzz/campaign.ts';

it('finds nothing in 20 seconds of damaged logs', async () => {
  const findings: SavedFinding[] = [];
  const tally = await runCampaign({
    seed: 1,
    seconds: 20,
    onFinding: (finding) => findings.push(finding),
    onProgress: () => undefined,
  });
  expect(findings).toEqual([]);
  expect(tally.cases).toBeGreaterThan(100);
});
