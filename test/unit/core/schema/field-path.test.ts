import { describe, expect, it } from 'vitest';
import { compileFieldPath } from '../../../../server/core/schema/field-path.ts';
import { openSchema } from '../../../../server/core/schema/schema-choice.ts';
import { failureOf } from '../../../support/failure.ts';
import { openTinySchema } from '../../../support/tiny-schema.ts';

describe('compileFieldPath', () => {
  it.each([
    ['carState.vEgo', 21, 'm/s'],
    ['carState.cruiseState.speed', 21, 'm/s'],
    ['carState.gasDEPRECATED', 21, undefined],
    ['carState.deprecated.gas', 21, undefined],
    ['pandaStates[0].voltage', 79, 'mV'],
    ['health.voltage', 11, 'mV'],
    ['modelV2.position.x[3]', 73, undefined],
    ['deviceState.cpuTempC[7]', 5, '°C'],
    ['deviceState.cpuTempC.length', 5, undefined],
    ['can.length', 4, undefined],
    ['controlsState.lateralControlState.torqueState.error', 6, undefined],
    ['liveTorqueParameters.points[2][1]', 92, undefined],
    ['logMonoTime', -1, 'ns'],
    ['valid', -1, undefined],
  ])('compiles %s', (text, tag, unit) => {
    expect(compileFieldPath(openSchema('newest'), text)).toMatchObject({ text, tag, unit });
  });

  it('knows the names of an enum', () => {
    expect(compileFieldPath(openTinySchema(), 'sample.level').labels).toEqual(['low', 'high']);
    expect(compileFieldPath(openTinySchema(), 'sample.levels[1]').labels).toEqual(['low', 'high']);
    expect(compileFieldPath(openTinySchema(), 'sample.count').labels).toBeUndefined();
  });

  it.each([
    ['', '"" is no field path. Write it like carState.vEgo or can[0].src.'],
    ['sample.', '"sample." is no field path. Write it like carState.vEgo or can[0].src.'],
    ['sample[x]', '"sample[x]" is no field path. Write it like carState.vEgo or can[0].src.'],
    ['sample', 'sample is no number. Numbers in it: sample.flag, sample.small, sample.wide, sample.level.'],
    ['sample.cuont', 'sample has no field "cuont". Did you mean count?'],
    ['sample.qqqq', 'sample has no field "qqqq".'],
    ['sample.name', 'sample.name is no number.'],
    ['sample.nothing', 'sample.nothing is no number.'],
    ['sample.pair', 'sample.pair is no number. Numbers in it: sample.pair.first, sample.pair.second.'],
    ['sample.count.x', 'sample.count has no "x".'],
    ['sample.floats', 'sample.floats is no number. Numbers in it: sample.floats[0], sample.floats.length.'],
    [
      'sample.floats.max',
      'sample.floats has no "max". Numbers in it: sample.floats[0], sample.floats.length.',
    ],
    ['sample.floats[0].x', 'sample.floats[0] has no "x".'],
    ['sample.texts[0]', 'sample.texts[0] is no number.'],
    ['sample.inner[0]', 'sample.inner has no [0]. Numbers in it: sample.inner.x, sample.inner.y.'],
    ['points[1]', 'points[1] is no number. Numbers in it: points[1].x, points[1].y.'],
    ['points[1][2]', 'points[1] has no [2]. Numbers in it: points[1].x, points[1].y.'],
    ['note.length', 'note has no "length".'],
  ])('refuses %j', (text, message) => {
    const failure = failureOf(() => compileFieldPath(openTinySchema(), text));
    expect(failure).toMatchObject({ code: 'FIELD_NOT_FOUND', message, details: { path: text } });
  });

  it('refuses an unknown service', () => {
    expect(failureOf(() => compileFieldPath(openTinySchema(), 'simple.count'))).toMatchObject({
      code: 'SERVICE_NOT_FOUND',
      message: 'No service "simple" in schema newest. Did you mean sample?',
    });
  });
});
