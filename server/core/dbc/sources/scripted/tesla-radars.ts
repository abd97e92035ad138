import { listNumbers, type MessageHead, writeLabels, writeMessage, writeTop } from './message-lines.ts';
import {
  BOSCH_ALERTS,
  BOSCH_INPUTS,
  BOSCH_RANGED_INPUTS,
  BOSCH_STATUS,
  CONTINENTAL_STATUS,
  DRIVEN_WHEELS,
  MOVING_STATES,
  POINT_A,
  POINT_B,
  POINT_CLASSES,
  POWER_MODES,
} from './tesla-tables.ts';

const NODES = ['Autopilot', 'Radar', 'Diag'];
const FROM_RADAR = { transmitter: 'Radar', receiver: 'Autopilot' };
const TO_RADAR = { transmitter: 'Autopilot', receiver: 'Radar' };

const BOSCH_POINTS = listNumbers(0x310, 0x36d, 3);
const BOSCH_PROCESSED_POINTS = listNumbers(0x371, 0x37d, 3);
const CONTINENTAL_POINTS = listNumbers(0x410, 0x45e, 2);
const DIAGNOSTICS_REQUEST = 1601;
const DIAGNOSTICS_RESPONSE = 1617;

/** Radar of Bosch: points, alerts, and what it wants to hear from the car. */
export function writeBoschRadar(): string {
  return [
    writeTop('tesla_radar_bosch', NODES),
    ...BOSCH_STATUS.map(([arbitrationId, name, size, rows]) =>
      writeMessage({ arbitrationId, name, size, ...FROM_RADAR }, rows),
    ),
    writeMessage(
      { arbitrationId: 1281, name: 'TeslaRadarAlertMatrix', size: 8, ...FROM_RADAR },
      listAlertRows(),
    ),
    ...BOSCH_POINTS.map((id, index) => writePoint(id, `RadarPoint${String(index)}`)),
    ...BOSCH_PROCESSED_POINTS.map((id, index) => writePoint(id, `ProcessedRadarPoint${String(index + 1)}`)),
    ...BOSCH_RANGED_INPUTS.map(([arbitrationId, name, , rows]) =>
      writeMessage({ arbitrationId, name, size: 8, ...TO_RADAR }, rows),
    ),
    ...BOSCH_INPUTS.map(([arbitrationId, name, size, , layouts]) =>
      writeMessage({ arbitrationId, name, size, ...TO_RADAR }, listFixedRows(layouts)),
    ),
    ...writeDiagnostics('radarRequest', '0'),
    writeCycleTimes(),
    writeLabels(681, 'Msg2A9_FourWheelDrive', DRIVEN_WHEELS),
    ...[...BOSCH_POINTS, ...BOSCH_PROCESSED_POINTS].map(writePointLabels),
  ].join('');
}

/** Radar of Continental: 40 points and its own state. */
export function writeContinentalRadar(): string {
  return [
    writeTop('tesla_radar_continental', NODES),
    writeMessage({ arbitrationId: 1025, name: 'RadarStatus', size: 8, ...FROM_RADAR }, CONTINENTAL_STATUS),
    ...writeDiagnostics('radcRequest', '1.84467e+19'),
    ...CONTINENTAL_POINTS.map((id, index) => writePoint(id, `RadarPoint${String(index)}`)),
    writeLabels(1025, 'lowPowerMode', POWER_MODES),
    ...CONTINENTAL_POINTS.map(writePointLabels),
  ].join('');
}

function writePoint(arbitrationId: number, name: string): string {
  const head = { size: 8, ...FROM_RADAR };
  return (
    writeMessage({ arbitrationId, name: `${name}_A`, ...head }, POINT_A) +
    writeMessage({ arbitrationId: arbitrationId + 1, name: `${name}_B`, ...head }, POINT_B)
  );
}

function writePointLabels(arbitrationId: number): string {
  return (
    writeLabels(arbitrationId + 1, 'MovingState', MOVING_STATES) +
    writeLabels(arbitrationId + 1, 'Class', POINT_CLASSES)
  );
}

function writeDiagnostics(request: string, maximum: string): readonly string[] {
  const asked: MessageHead = {
    arbitrationId: DIAGNOSTICS_REQUEST,
    name: `UDS_${request}`,
    size: 8,
    transmitter: 'Diag',
    receiver: 'Radar',
  };
  const answer: MessageHead = {
    arbitrationId: DIAGNOSTICS_RESPONSE,
    name: 'Radar_udsResponse',
    size: 8,
    transmitter: 'Radar',
    receiver: 'Diag',
  };
  return [asked, answer].map((head) => writeMessage(head, `${head.name}Data 7 64 >+ 1 0 0 ${maximum}`));
}

function listAlertRows(): string {
  const alerts = BOSCH_ALERTS.split(/\s+/).map((alert, bit) => {
    const number = String(bit + 1).padStart(3, '0');
    return `RADC_a${number}_${alert} ${String(bit)} 1 <+ 1 0 0 1`;
  });
  return [...alerts, 'unused62 62 2 <+ 1 0 0 3'].join('\n');
}

function listFixedRows(layouts: string): string {
  return layouts
    .split(';')
    .map((layout) => `${layout.trim()} <+ 1 0 0 0`)
    .join('\n');
}

function writeCycleTimes(): string {
  const times = [
    ...BOSCH_RANGED_INPUTS.map(([id, , milliseconds]) => [id, milliseconds] as const),
    ...BOSCH_INPUTS.map(([id, , , milliseconds]) => [id, milliseconds] as const),
  ];
  return [
    'BA_DEF_ BO_ "GenMsgCycleTime" INT 0 0;',
    'BA_DEF_DEF_ "GenMsgCycleTime" 0;',
    ...times.map(([id, milliseconds]) => `BA_ "GenMsgCycleTime" BO_ ${String(id)} ${String(milliseconds)};`),
    '',
  ].join('\n');
}
