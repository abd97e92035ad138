import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { readParameters } from '../../../../server/services/tools/tool-parameters.ts';
import { findSignal } from '../../../../server/tools/find-signal/find-signal.ts';
import { failureOf } from '../../../support/failure.ts';

describe('find-signal', () => {
  it.each<[ParameterValues, string]>([
    [{}, "'field'"],
    [{ field: 'carState.vEgo', intervals: '1-2' }, "'intervals'"],
    [{ field: 'carState.vEgo', min_length: 9, max_length: 8 }, "'min_length'"],
    [{ field: 'carState.vEgo', time_from: 9, time_to: 8 }, "'time_from'"],
    [{ intervals: '5-9,8-10' }, "'intervals'"],
    [{ intervals: 'now' }, "'intervals'"],
    [{ field: ' ' }, "'field' must name a number in the log"],
    [{ field: 'carState.vEgo', ids: '0x1A0,zz' }, "'ids' must hold CAN addresses"],
    [{ field: 'carState.vEgo', buses: '256' }, "'buses'"],
    [{ field: 'carState.vEgo', max_lag: 11 }, "'max_lag'"],
  ])('refuses %j before the run starts', (parameters, name) => {
    const { code, message } = failureOf(() => readParameters(findSignal, parameters));
    expect(code).toBe('INVALID_PARAMETER');
    expect(message).toContain(name);
  });
});
