import { expect, it } from 'vitest';
import { planDrive } from '../../../../tools/sample-log/drive-plan.ts';

it('plans the same drive for the same choices and another one for another seed', () => {
  const choices = { kind: 'subaru', seed: 3, durationSeconds: 60 } as const;
  expect(planDrive(choices)).toEqual(planDrive(choices));
  expect(planDrive({ ...choices, seed: 4 }).presses).not.toEqual(planDrive(choices).presses);
});

it.each([0, 5, 30, 60, 61.5, 3600])('repeats the minute within a drive of %d s', (durationSeconds) => {
  const plan = planDrive({ kind: 'mixed', seed: 1, durationSeconds });
  const spans = [...plan.presses.slice(1), ...plan.blinkers, ...plan.brakes, ...plan.bitPulses];
  expect(
    spans.every((span) => span.atSeconds >= 0 && span.atSeconds + span.forSeconds < durationSeconds),
  ).toBe(true);
  const wholeMinutes = Math.floor(durationSeconds / 60);
  expect(plan.presses.filter(({ button }) => button === 'set').length).toBeGreaterThanOrEqual(
    3 * wholeMinutes,
  );
});
