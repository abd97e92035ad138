import { listNumbers, writeMessage, writeTop } from './message-lines.ts';

/*
 * Radar of Toyota Safety Sense 3. Source of the layout: opendbc/dbc/generator/toyota/toyota_tss3_radar.py of
 * commaai/opendbc, commit bbf2af1b.
 */

const FIRST_GEOMETRY = 0x180;
const FIRST_MOTION = 0x183;
const BANKS = listNumbers(0, 2);
const OBJECTS = listNumbers(0, 7);
/** Bits from one object of a bank to the next. */
const STEP = 56;

const HEAD = ['CHECKSUM 0 16 <+ 1 0 0 65535', 'COUNTER 16 8 <+ 1 0 0 255', 'CYCLE_BYTE 24 8 <+ 1 0 0 255'];

/** Three banks of eight objects: where they are in three messages, how they move in three more. */
export function writeToyotaRadar(): string {
  return [
    writeTop('toyota_tss3_radar', ['XXX']),
    ...BANKS.map((bank) => writeBank(FIRST_GEOMETRY, 'OBJECT_GEOMETRY', bank, listGeometryRows())),
    ...BANKS.map((bank) => writeBank(FIRST_MOTION, 'OBJECT_MOTION', bank, listMotionRows())),
  ].join('');
}

function writeBank(first: number, name: string, bank: number, rows: readonly string[]): string {
  const head = { name: `${name}_${String(bank)}`, size: 64, transmitter: 'XXX', receiver: 'XXX' };
  return writeMessage({ arbitrationId: first + bank, ...head }, [...HEAD, ...rows].join('\n'));
}

function listGeometryRows(): readonly string[] {
  return OBJECTS.flatMap((i) => [
    `DIST_${String(i)} ${String(39 + STEP * i)} 16 >+ 0.005 0 0 327.675 m`,
    `LAT_${String(i)} ${String(55 + STEP * i)} 12 >- 0.04 0 -81.92 81.88 m`,
  ]);
}

function listMotionRows(): readonly string[] {
  return [
    ...OBJECTS.map((i) => `VREL_${String(i)} ${String(45 + STEP * i)} 14 >- 0.025 0 -204.8 204.775 m/s`),
    ...OBJECTS.flatMap((i) => [
      `NEW_TRACK_${String(i)} ${String(71 + STEP * i)} 1 >+ 1 0 0 1`,
      `TRACK_ENDED_${String(i)} ${String(76 + STEP * i)} 1 >+ 1 0 0 1`,
      `TRACK_STATE_${String(i)} ${String(73 + STEP * i)} 2 >+ 1 0 0 3`,
    ]),
  ];
}
