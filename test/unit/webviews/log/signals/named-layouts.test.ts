import { describe, expect, it } from 'vitest';
import { layOut, LAYOUT_SEARCHES, NAMED_LAYOUTS } from '../../../../../webviews/log/signals/named-layouts.ts';
import { makeSeries, makeSignalSeries } from '../../../../support/fake-series-log.ts';

const [LONGITUDINAL, LATERAL] = NAMED_LAYOUTS;

describe('layOut', () => {
  it('takes of each wish the first that the log has', () => {
    const known = ['carState.vEgo', 'carState.aEgo', 'carControl.actuators.accel', 'controlsState.state'].map(
      (key) => makeSeries({ key }),
    );
    const plan = layOut(LONGITUDINAL!, known);
    expect(plan?.charts.map(({ title, series }) => [title, ...series.map(({ key }) => key)])).toEqual([
      ['Speed', 'carState.vEgo'],
      ['Accel', 'carState.aEgo', 'carControl.actuators.accel'],
    ]);
    expect(plan?.states.map(({ key }) => key)).toEqual(['controlsState.state']);
  });

  it('prefers signals of the car, whatever their message', () => {
    const known = [
      makeSeries({ key: 'carState.steeringTorque' }),
      makeSeries({ key: 'ACCEL_NET' }),
      makeSignalSeries('STEER_TORQUE_DRIVER', { key: '2:0x111:STEER_TORQUE_DRIVER' }),
    ];
    expect(layOut(LONGITUDINAL!, known)?.charts.map(({ series }) => series[0]?.key)).toEqual([
      '2:0x111:STEER_TORQUE_DRIVER',
    ]);
  });

  it('is no layout without any of its charts', () => {
    expect(layOut(LATERAL!, [makeSeries({ key: 'selfdriveState.state' })])).toBeNull();
  });
});

describe('LAYOUT_SEARCHES', () => {
  it('finds services and names of signals, each once', () => {
    expect(LAYOUT_SEARCHES).toContain('carState.');
    expect(LAYOUT_SEARCHES).toContain('CRUISE_STATE');
    expect(new Set(LAYOUT_SEARCHES).size).toBe(LAYOUT_SEARCHES.length);
  });
});
