import type { Row, TableSchema } from '../../../core/table/table-schema.ts';
import { roundHalfEvenTo } from '../../../core/text/python-number.ts';
import {
  ADDRESS_COLUMN,
  BIT_COLUMNS,
  BUS_COLUMN,
  describeTimeColumns,
  SPEED_COLUMN,
  writeAddress,
  writeBit,
  writeSpeed,
  writeTime,
} from './bit-columns.ts';
import type { StoryEvent } from '../analysis/cruise-findings.ts';

export const TIMELINE_TABLE: TableSchema = {
  name: 'timeline',
  version: 'timeline.v2',
  description:
    'The story of the drive: markers, target speed, buttons, cruise control, brake, blinkers, engaged intervals; by time',
  columns: [
    ...describeTimeColumns('ts', 'Seconds of the moment'),
    ADDRESS_COLUMN,
    ...BIT_COLUMNS,
    {
      name: 'event',
      type: 'text',
      description: 'What happened, such as marker_start, target_speed, set_press',
    },
    {
      name: 'value',
      type: 'float',
      description:
        'The new set speed, or the seconds that what ends has lasted; empty where the event says all',
    },
    SPEED_COLUMN,
    BUS_COLUMN,
  ],
};

export function listTimeline(timeline: readonly StoryEvent[]): readonly Row[] {
  return timeline.map((moment) => [
    ...writeTime(moment.seconds),
    writeAddress(moment),
    ...writeBit(moment),
    moment.event,
    moment.value === undefined ? null : roundHalfEvenTo(moment.value, 3),
    writeSpeed(moment.speed),
    moment.bus ?? null,
  ]);
}
