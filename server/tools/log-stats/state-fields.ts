import { CtsError } from '#protocol';
import { compileFieldPath, type FieldPath } from '../../core/schema/field-path.ts';
import type { LogSchema } from '../../core/schema/log-schema.ts';

/** A state, by the fields that hold it: where releases differ, the newest first. */
export type StateField = readonly [newest: string, ...older: string[]];

/** What a drive is told apart by; each is a Bool or an enum. */
export const STATE_FIELDS: readonly StateField[] = [
  ['selfdriveState.enabled', 'controlsState.enabled'],
  ['selfdriveState.active', 'controlsState.active'],
  ['selfdriveState.state', 'controlsState.state'],
  ['selfdriveState.alertStatus', 'controlsState.alertStatus'],
  ['carControl.latActive'],
  ['carControl.longActive'],
  ['carState.cruiseState.available'],
  ['carState.cruiseState.enabled'],
  ['carState.gearShifter'],
  ['carState.standstill'],
  ['carState.gasPressed'],
  ['carState.brakePressed'],
  ['carState.steeringPressed'],
  ['carState.leftBlinker'],
  ['carState.rightBlinker'],
  ['carState.leftBlindspot'],
  ['carState.rightBlindspot'],
  ['carState.doorOpen'],
  ['carState.seatbeltUnlatched'],
  ['driverMonitoringState.isDistracted'],
  ['deviceState.started'],
  ['deviceState.thermalStatus'],
  ['pandaStates[0].ignitionLine'],
  ['pandaStates[0].ignitionCan'],
  ['pandaStates[0].controlsAllowed'],
];

/** Compiles a path for a schema; undefined where its release has no such field. */
export function findStatePath(schema: LogSchema, text: string): FieldPath | undefined {
  try {
    const path = compileFieldPath(schema, text);
    return path.end.kind === 'field' && path.end.field.isNewer ? undefined : path;
  } catch (error) {
    if (error instanceof CtsError && (error.code === 'FIELD_NOT_FOUND' || error.code === 'SERVICE_NOT_FOUND'))
      return undefined;
    throw error;
  }
}

/** Names the value of a state. */
export function nameStateValue({ end, labels }: FieldPath, value: number): string {
  if (end.kind === 'field' && end.field.type.kind === 'bool') return value === 0 ? 'false' : 'true';
  return labels?.[value] ?? String(value);
}
