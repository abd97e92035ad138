import { listNumbers, writeLabels, writeMessage, writeTop } from './message-lines.ts';

/*
 * Radars of Mando. Source of the layouts: the scripts of the same names in opendbc/dbc/generator/hyundai and /rivian of
 * commaai/opendbc, commits 5410973e, 549569ae and e93961fd, and what they make as of 7343a66d.
 */

const TRACKS = listNumbers(0x500, 0x51f);
const RADAR = { transmitter: 'RADAR', receiver: 'XXX' };

const FRONT_TRACK = `
  UNKNOWN_1 7 8 >- 1 0 -128 127
  AZIMUTH 12 10 >- 0.2 0 -102.4 102.2
  STATE 15 3 >+ 1 0 0 7
  LONG_DIST 18 11 >+ 0.1 0 0 204.7
  REL_ACCEL 33 10 >- 0.02 0 -10.24 10.22
  ZEROS 37 4 >+ 1 0 0 255
  COUNTER 38 1 >+ 1 0 0 1
  STATE_3 39 1 >+ 1 0 0 1
  REL_SPEED 53 14 >- 0.01 0 -81.92 81.92
  STATE_2 55 2 >+ 1 0 0 3`;

const RIVIAN_TRACK = `
  CHECKSUM 0 8 <+ 1 0 0 255
  COUNTER 11 4 >+ 1 0 0 15
  UNKNOWN_1 23 8 >- 1 0 -128 127
  AZIMUTH 28 10 >- 0.1 0 -51.2 51.1
  STATE 31 3 >+ 1 0 0 7
  LONG_DIST 34 11 >+ 0.1 0 0 204.7
  MODE 55 2 >+ 1 0 0 3
  REL_SPEED 53 14 >- 0.01 0 -81.92 81.92 m/s`;

const RIVIAN_LEAD = `
  UNKNOWN_1 6 63 >+ 1 0 0 9.22337203685478e+18
  LEAD_CAR 7 1 >+ 1 0 0 1`;

const RIVIAN_STATES = [
  [0, 'Empty'],
  [1, 'New'],
  [2, 'New_updated'],
  [3, 'Updated'],
  [4, 'Coasting'],
  [7, 'New_coasting'],
] as const;

const RIVIAN_MODES = [
  [0, 'None'],
  [1, 'SRR'],
  [2, 'LRR'],
  [3, 'SRR_and_LRR'],
] as const;

/** Factors of the numbered signals of the corner radar's metadata that are not 1. */
const METADATA_FACTORS: Readonly<Record<number, string>> = {
  6: '0.015625',
  9: '0.0625',
  11: '0.015625',
  13: '0.015625',
  14: '0.015625',
  27: '0.125',
  28: '0.015625',
  29: '0.125',
  30: '0.015625',
  32: '0.015625',
  33: '0.03125',
  37: '0.2',
  38: '0.2',
  41: '0.25',
  43: '0.01',
  49: '0.25',
  50: '0.03125',
  51: '0.125',
  52: '0.125',
  55: '0.00390625',
  56: '0.125',
};

/** Start, length and maximum of the numbered signals of the metadata, 1 to 58; `>` marks big-endian ones. */
const METADATA_LAYOUT = `
  0 32 255; 32 32 65535; 64 4 15; 68 4 15; 72 8 255; 80 7 3; 87 1 1; 88 3 7; 91 5 31; 96 8 255; 104 7 127; 111 2 65535;
  113 7 127; 120 7 127; 127 3 3; 130 2 3; 133 2 3 >; 134 1 3 >; 135 3 3; 138 8 63; 146 2 3; 148 1 3; 149 4 7; 153 1 3;
  154 2 3; 157 2 3 >; 158 7 3; 165 7 31; 172 7 3; 179 7 1; 186 4 7; 190 14 15; 204 11 8191; 215 2 3; 217 7 127; 224 6 63;
  230 6 31; 236 6 7; 242 8 255; 250 6 63; 256 8 255; 264 3 3; 267 12 31; 279 32 63; 311 1 1; 312 2 3; 314 32 255;
  346 6 63; 352 7 127; 359 6 31; 365 10 3; 375 10 63; 385 7 127; 392 7 127; 399 8 31; 407 10 63; 417 1 3; 418 1 3`;

/** Lengths of the signals of a point, one after the other; factor and offset, and the name, where there is one. */
const POINT_SIGNALS = `
  14 0.015625 0 DISTANCE; 2; 8 0.001953125 -0.248046875; 13 0.03125 -66 REL_VELOCITY; 2; 2;
  12 0.001953125 -3.998046875 AZIMUTH; 2; 1; 7; 1; 6; 2; 8 0.001953125 -0.248046875; 1; 2; 3; 6; 8; 1`;
const POINTS_IN_MESSAGE = 5;
const FIRST_POINT_BIT = 7;

/** Radar at the front of Hyundai and Kia: 32 tracks. */
export function writeMandoFrontRadar(): string {
  const tracks = TRACKS.map((id) =>
    writeMessage(
      { arbitrationId: id, name: `RADAR_TRACK_${id.toString(16)}`, size: 8, ...RADAR },
      FRONT_TRACK,
    ),
  );
  return writeTop('hyundai_kia_mando_front_radar', ['XXX']) + tracks.join('');
}

/** Radar at the front of Rivian: 32 tracks; later scripts know a message of the car ahead, too. */
export function writeRivianRadar(script: string): string {
  const lead = { arbitrationId: 533, name: 'LEAD_INFO', size: 8, transmitter: 'XXX', receiver: 'XXX' };
  const tracks = TRACKS.map((id) =>
    writeMessage(
      { arbitrationId: id, name: `RADAR_TRACK_${id.toString(16)}`, size: 8, ...RADAR },
      RIVIAN_TRACK,
    ),
  );
  const labels = TRACKS.map(
    (id) => writeLabels(id, 'STATE', RIVIAN_STATES) + writeLabels(id, 'MODE', RIVIAN_MODES),
  );
  return [
    writeTop('rivian_mando_front_radar', ['XXX']),
    script.includes(lead.name) ? writeMessage(lead, RIVIAN_LEAD) : '',
    ...tracks,
    ...labels,
  ].join('');
}

/** Radars at the corners of Hyundai and Kia: points in groups, five in a message, without gaps between their bits. */
export function writeMandoCornerRadar(): string {
  const sides = [0x100, 0x200];
  const write = (id: number, name: string, size: number, rows: string): string =>
    writeMessage({ arbitrationId: id, name: `${name}_0x${id.toString(16)}`, size, ...RADAR }, rows);
  return [
    writeTop('hyundai_kia_mando_corner_radar', ['XXX']),
    ...sides.map((id) => write(id, 'RADAR_POINTS_METADATA', 64, writeMetadataRows())),
    ...sides.map((id) => write(id + 1, 'RADAR_POINTS', 64, writePointRows())),
    ...sides.map((id) => write(id + 4, 'RADAR_POINTS_CHECKSUM', 3, 'CRC16 0 16 <+ 1 0 0 65535')),
  ].join('');
}

function writeMetadataRows(): string {
  const rows = METADATA_LAYOUT.split(';').map((layout, index) => {
    const [start, length, maximum, order = '<'] = layout.trim().split(/\s+/);
    const number = index + 1;
    const name = number === 5 ? 'RADAR_POINT_COUNT' : `SIGNAL_${String(number)}`;
    const offset = number === 39 ? '-90' : '0';
    return [name, start, length, `${order}+`, METADATA_FACTORS[number] ?? '1', offset, '0', maximum].join(
      ' ',
    );
  });
  return rows.join('\n');
}

function writePointRows(): string {
  const rows = ['MESSAGE_ID 0 5 <+ 1 0 0 31', 'LAYOUT_ID 5 2 <+ 1 0 0 3'];
  let start = FIRST_POINT_BIT;
  for (let point = 1; point <= POINTS_IN_MESSAGE; point++) {
    POINT_SIGNALS.split(';').forEach((signal, index) => {
      const [length = '', factor = '1', offset = '0', name] = signal.trim().split(/\s+/);
      const maximum = (2 ** Number(length) - 1) * Number(factor) + Number(offset);
      const fullName = `POINT_${String(point)}_${name ?? `SIGNAL_${String(index + 1)}`}`;
      rows.push([fullName, start, length, '<+', factor, offset, offset, maximum].join(' '));
      start += Number(length);
    });
  }
  return rows.join('\n');
}
