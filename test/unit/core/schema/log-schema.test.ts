import { describe, expect, it } from 'vitest';
import type { LogSchema } from '../../../../server/core/schema/log-schema.ts';
import { openSchema } from '../../../../server/core/schema/schema-choice.ts';
import { failureOf } from '../../../support/failure.ts';
import { openTinySchema } from '../../../support/tiny-schema.ts';

const newest = openSchema('newest');
const v0100 = openSchema('v0.10.0');

describe('LogSchema services', () => {
  it.each([
    [newest, 21, 'carState'],
    [newest, 1, 'narrowRoadCameraState'],
    [v0100, 1, 'roadCameraState'],
    [openSchema('v0.8.1'), 1, 'frame'],
    [openSchema('v0.8.16'), 69, 'driverMonitoringState'],
    [newest, 999, 'unknown(999)'],
  ] as const)('names a tag as its release does', (schema, tag, name) => {
    expect(schema.serviceName(tag)).toBe(name);
  });

  it.each([
    [newest, 'carState', 21],
    [newest, 'frame', 1],
    [newest, 'liveParameters', 60],
    [newest, 'androidLogEntry', 19],
    // Two services were called so, one after the other: the release's own name wins, then the one used last.
    [newest, 'liveTracks', 129],
    [v0100, 'liveTracks', 129],
    [openSchema('v0.9.7'), 'liveTracks', 15],
    [newest, 'liveLocationKalman', 70],
    [openSchema('v0.7.3'), 'liveLocationKalman', 50],
    [openSchema('v0.7.3'), 'modelV2', 73],
  ] as const)('finds a service by any name it ever had', (schema, name, tag) => {
    expect(schema.findService(name)).toMatchObject({ tag, name: schema.serviceName(tag) });
  });

  it('offers the nearest names for an unknown service', () => {
    expect(failureOf(() => newest.findService('carstat'))).toEqual({
      code: 'SERVICE_NOT_FOUND',
      actions: [],
      message: 'No service "carstat" in schema newest. Did you mean carState?',
      details: { service: 'carstat', schema: 'newest', nearest: ['carState'] },
    });
    expect(failureOf(() => newest.findService('logMonoTime'))).toMatchObject({ code: 'SERVICE_NOT_FOUND' });
  });

  it('lists services by tag, with their rates', () => {
    const services = v0100.listServices();
    expect(services.map(({ tag }) => tag)).toEqual(Array.from({ length: services.length }, (_, tag) => tag));
    expect(v0100.serviceOf(999)).toBeUndefined();
    expect([21, 4, 32, 14, 17, 0].map((tag) => v0100.rateOf(tag))).toEqual([
      { frequencyHz: 100, qlogDecimation: 10, shouldLog: true },
      { frequencyHz: 100, qlogDecimation: 2053, shouldLog: true },
      { frequencyHz: 0.5, qlogDecimation: 15, shouldLog: true },
      { frequencyHz: 20, qlogDecimation: 1, shouldLog: false },
      { frequencyHz: 0, qlogDecimation: undefined, shouldLog: true },
      undefined,
    ]);
  });
});

describe('LogSchema fields', () => {
  it.each([
    ['newest', 'count', ['count']],
    ['newest', 'amount', ['count']],
    ['newest', 'lone', ['pair', 'first']],
    ['newest', 'pair.first', ['pair', 'first']],
    ['v0.1', 'count', ['amount']],
    ['v0.2', 'pair.first', ['lone']],
    ['v0.3', 'lone', ['pair', 'first']],
    ['newest', 'pair', ['pair']],
    ['newest', 'inner.x', undefined],
    ['newest', 'nothingOfTheKind', undefined],
  ] as const)('in %s finds %s', (release, path, names) => {
    const schema = openTinySchema(release);
    expect(schema.findField(1, path)?.map(({ name }) => name)).toEqual(names);
  });

  it('knows no former names in groups', () => {
    const schema = openTinySchema();
    const pair = schema.findField(1, 'pair')?.[0]?.type.number ?? -1;
    expect(schema.findField(pair, 'second')?.map(({ name }) => name)).toEqual(['second']);
    expect(schema.findField(pair, 'lone')).toBeUndefined();
  });

  it('knows units by the newest name, whatever the field is called', () => {
    const unit = (schema: LogSchema, struct: string, path: string) => {
      const number = schema.findStruct(struct);
      return schema.unitOf(number, schema.findField(number, path)?.at(-1)?.ordinal ?? -1);
    };
    expect(unit(newest, 'CarState', 'vEgo')).toBe('m/s');
    expect(unit(openSchema('v0.8.1'), 'CarState', 'steeringAngle')).toBe('deg');
    expect(unit(v0100, 'CarState', 'gearShifter')).toBeUndefined();
    expect(unit(v0100, 'CarState', 'engineRpmDEPRECATED')).toBe('rpm');
  });

  it('loses no field in any release', () => {
    const all = listOrdinals(newest);
    for (const id of ['v0.1', 'v0.5.1', 'v0.8.16', 'v0.9.7', 'v0.10.0', 'master-2026-08-14']) {
      expect(listOrdinals(openSchema(id))).toEqual(all);
    }
  });
});

/** Ordinals of every struct that services consist of, by struct name. */
function listOrdinals(schema: LogSchema): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  const visit = (number: number) => {
    const struct = schema.struct(number);
    if (found.has(struct.name)) return;
    found.set(struct.name, ordinalsOf(schema, number));
    visitFields(number);
  };
  const visitFields = (number: number) => {
    for (const { type } of schema.struct(number).fields) {
      const inner = type.element ?? type;
      if (inner.kind === 'struct') visit(inner.number);
      if (inner.kind === 'group') visitFields(inner.number);
    }
  };
  visit(schema.findStruct('Event'));
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ordinalsOf(schema: LogSchema, number: number): readonly number[] {
  return schema
    .struct(number)
    .fields.flatMap(({ ordinal, type }) =>
      type.kind === 'group' ? ordinalsOf(schema, type.number) : [ordinal],
    )
    .sort((a, b) => a - b);
}
