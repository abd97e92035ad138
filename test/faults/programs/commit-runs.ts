// Adds runs and completes them, without end. Arguments: the data folder, and what the ids begin with.
import { openStores } from '../../../server/adapters/data-folder/stores.ts';
import { buildArtifact, buildRun } from '../../support/store-records.ts';
import { acknowledge, readArgument } from './acknowledgement.ts';

const { runs } = await openStores(readArgument(0), { ballastBytes: 0 });
for (let number = 0; ; number++) {
  const id = `${readArgument(1)}-${number}`;
  await runs.add(buildRun({ id, state: 'running', name: 'x'.repeat(number % 5000) }));
  acknowledge(`running ${id}`);
  const artifacts = [1, 2, 3].map((part) => buildArtifact(part, { id: `${id}-${part}`, runId: id }));
  const change = { state: 'completed', completedAt: '2026-01-02T03:05:00.000Z' } as const;
  await runs.complete(id, { state: 'running', attempt: 1 }, { change, artifacts });
  acknowledge(`completed ${id}`);
}
