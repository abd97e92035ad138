import type { ColumnType, TableColumn, TableSchema } from '../../core/table/table-schema.ts';

const SECONDS = 'Seconds after second 0 of the log';

function column(name: string, type: ColumnType, description: string): TableColumn {
  return { name, type, description };
}

function measure(name: string, unit: string, description: string): TableColumn {
  return { name, type: 'float', description, unit };
}

const BUS = column(
  'bus',
  'integer',
  'As logged: 0 to 127 received, 128 more for frames that openpilot sent, 192 more for those the panda rejected',
);
const SOURCE = column('source', 'text', 'received, sent (by openpilot, echoed) or rejected (by the panda)');

/** How often each service was sent, and should have been. */
export const SERVICES_TABLE: TableSchema = {
  name: 'services',
  version: 'log-stats.services.v1',
  description: 'Events of every service, and their rate against the one that openpilot sends it at.',
  columns: [
    column('service', 'text', "Name in the log's release"),
    column('count', 'integer', 'Events'),
    measure(
      'expected_hz',
      'Hz',
      'Empty for services that are sent on demand; of the qlog where the log is one',
    ),
    measure('rate_hz', 'Hz', 'Between the first event and the last'),
    column(
      'verdict',
      'text',
      'as expected (80 to 120 %), too slow, too fast, missing (every drive has it), not rated (no rate, or below 1 Hz), too few',
    ),
    measure('first_seconds', 's', SECONDS),
    measure('last_seconds', 's', SECONDS),
    measure('longest_gap_seconds', 's', 'Longest time between two events'),
    measure('longest_gap_at', 's', `Where it begins. ${SECONDS}`),
    measure('jitter_ms', 'ms', 'Standard deviation of the time between events'),
    column(
      'inversions',
      'integer',
      'Events that are earlier than one before them; no period is measured at them',
    ),
  ],
};

/** Every message on every bus. */
export const MESSAGES_TABLE: TableSchema = {
  name: 'messages',
  version: 'log-stats.messages.v1',
  description:
    'Every message, that is the frames of one bus and arbitration id. Periods go from frame to frame.',
  columns: [
    BUS,
    SOURCE,
    column('arbitration_id', 'text', 'Hexadecimal'),
    column('count', 'integer', 'Frames'),
    measure('rate_hz', 'Hz', 'Between the first frame and the last'),
    measure('period_ms', 'ms', 'Mean period'),
    measure('median_ms', 'ms', 'Median period; exact where periods repeat, else to 6 %'),
    measure('jitter_ms', 'ms', 'Standard deviation of the period'),
    measure('jitter_p95_ms', 'ms', '95 of 100 periods differ from the mean by no more'),
    measure('jitter_max_ms', 'ms', 'Largest difference from the mean'),
    measure('longest_gap_seconds', 's', 'Longest period'),
    measure('longest_gap_at', 's', `Where it begins. ${SECONDS}`),
    measure('first_seconds', 's', SECONDS),
    measure('last_seconds', 's', SECONDS),
    column('lengths', 'text', 'Different payload lengths, ascending; 65 for everything longer than 64'),
    column(
      'changed_bits',
      'integer',
      'How many bits of the payload were ever another than in the frame before',
    ),
    column('changed_mask', 'text', 'These bits: hexadecimal, laid out like the payload'),
    column(
      'inversions',
      'integer',
      'Frames that are earlier than one before them; no period is measured at them',
    ),
  ],
};

/** Load of every bus over time. */
export const BUS_LOAD_TABLE: TableSchema = {
  name: 'bus_load',
  version: 'log-stats.bus_load.v1',
  description: 'Load of every bus over time. Stretches without frames are left out: their load is 0.',
  columns: [
    BUS,
    SOURCE,
    measure('from_seconds', 's', SECONDS),
    measure('seconds', 's', 'Length of the stretch; the first and the last may be shorter'),
    column('frames', 'integer', 'Frames'),
    column('fd_frames', 'integer', 'Those of CAN-FD among them: longer than 8 bytes'),
    column(
      'bits',
      'integer',
      'Bits on the wire at the nominal bit rate, stuff bits and intermission included',
    ),
    column('data_phase_bits', 'integer', 'Bits at the bit rate of CAN-FD data phases'),
    measure('load_percent', '%', 'Part of the time that the frames take'),
    measure('total_load_percent', '%', 'With what openpilot sent on the bus; for received buses only'),
  ],
};

/** How long each state held. */
export const STATES_TABLE: TableSchema = {
  name: 'states',
  version: 'log-stats.states.v1',
  description:
    'How long each state had which value. A value holds until the next event; behind a gap it is unknown.',
  columns: [
    column('state', 'text', 'Path of the log field'),
    column('value', 'text', 'false and true, or the name of an enum value'),
    measure('seconds', 's', 'Time in all'),
    measure('share_percent', '%', 'Of the time in which the state is known'),
    column('entries', 'integer', 'How often it came to have the value, also behind a gap'),
    measure('longest_seconds', 's', 'Longest time in a row'),
  ],
};

/** Where something was silent. */
export const GAPS_TABLE: TableSchema = {
  name: 'gaps',
  version: 'log-stats.gaps.v1',
  description:
    'Stretches without events or frames where there should have been some; those that a larger one explains are left out.',
  columns: [
    column('scope', 'text', 'log, bus, service or message'),
    column('name', 'text', 'What was silent'),
    column('kind', 'text', 'gap (between two events), start (before the first) or end (behind the last)'),
    measure('from_seconds', 's', SECONDS),
    measure('to_seconds', 's', SECONDS),
    measure('seconds', 's', 'Length'),
    measure('usual_ms', 'ms', 'Median time between events, for services the one that is expected'),
  ],
};
