import type { TableSchema } from '../../core/table/table-schema.ts';

/** What the CSV of frames holds; it is written by `CanCsvWriter`. */
export const FRAMES_TABLE: TableSchema = {
  name: 'frames',
  version: 'frames.v1',
  description:
    'Every CAN frame of a log, in the order of the log. The file is called after the log unless `out` names it.',
  columns: [
    { name: 'window', type: 'integer', description: 'Always 1' },
    {
      name: 'segment',
      type: 'text',
      description: '`pre`, `window` or `post`: before, in or after the stretch of time that was marked',
    },
    {
      name: 'timestamp',
      type: 'float',
      unit: 's',
      description:
        'Time after the first `can` event, with six decimals; negative where the log is out of order',
    },
    { name: 'address', type: 'text', description: 'Arbitration id, such as `0x027`' },
    {
      name: 'bus',
      type: 'integer',
      description:
        'Bus as logged: 128 more for frames that openpilot sent and the panda echoed, 192 more for rejected ones',
    },
    { name: 'data_hex', type: 'text', description: 'Payload in upper-case hexadecimal' },
  ],
};
