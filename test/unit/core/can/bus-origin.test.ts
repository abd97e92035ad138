import { expect, it } from 'vitest';
import { findCarBus, findOrigin, findSentBus } from '../../../../server/core/can/bus-origin.ts';

it.each([
  [0, 'received', 0],
  [127, 'received', 127],
  [128, 'sent', 0],
  [191, 'sent', 63],
  [192, 'rejected', 0],
  [255, 'rejected', 63],
])('takes bus %i for %s on bus %i of the car', (bus, origin, carBus) => {
  expect(findOrigin(bus)).toBe(origin);
  expect(findCarBus(bus)).toBe(carBus);
  if (origin === 'sent') expect(findSentBus(carBus)).toBe(bus);
});
