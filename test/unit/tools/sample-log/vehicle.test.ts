import { expect, it } from 'vitest';
import { planDrive } from '../../../../tools/sample-log/drive-plan.ts';
import { MPH, Vehicle, type VehicleState, WHEEL_SPEED_FACTOR } from '../../../../tools/sample-log/vehicle.ts';

function drive(seed: number, durationSeconds: number): VehicleState[] {
  const vehicle = new Vehicle(planDrive({ kind: 'subaru', seed, durationSeconds }));
  return Array.from({ length: durationSeconds * 100 }, () => vehicle.step());
}

it.each([1, 2, 3, 4, 5, 55])('presses set between 55 and 56 mph, whatever chance does (seed %d)', (seed) => {
  const states = drive(seed, 120);
  const pressed = states.filter(
    (car, tick) => car.pressedButton === 'set' && states[tick - 1]?.pressedButton !== 'set',
  );
  expect(pressed).toHaveLength(6);
  for (const car of pressed) {
    expect(car.speed / MPH).toBeGreaterThan(55);
    expect(car.speed / MPH).toBeLessThan(56);
    expect(car).toMatchObject({ isCruiseActive: true, setSpeedMph: 55 });
  }
});

it('moves as a car can', () => {
  const states = drive(7, 60);
  states.forEach((car, tick) => {
    const mean = car.wheelCounts.reduce((sum, count) => sum + count, 0) / 4;
    expect(Math.abs((mean * WHEEL_SPEED_FACTOR) / 3.6 - car.speed)).toBeLessThan(0.03);
    expect(Math.abs(car.accel)).toBeLessThan(2.01);
    const before = states[tick - 1];
    if (before !== undefined) expect(Math.abs(car.speed - before.speed)).toBeLessThan(0.03);
  });
});

it('ends cruise control with the brake and takes it up again with resume', () => {
  const states = drive(1, 60);
  expect(states.some((car) => car.isBraking && car.isCruiseActive)).toBe(false);
  const resumed = states.findIndex((car) => car.pressedButton === 'resume');
  expect(states.slice(resumed - 1, resumed + 1).map((car) => car.isCruiseActive)).toEqual([false, true]);
});

it('flashes the lamps of a turn signal', () => {
  const lit = drive(1, 60).filter((car) => car.leftBlinker);
  expect(lit).toHaveLength(200);
  expect(lit.map((car) => (car.isLampLit ? 1 : 0)).join('')).toBe(
    `${'1'.repeat(35)}${'0'.repeat(35)}`.repeat(3).slice(0, 200),
  );
});
