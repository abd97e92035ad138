import { type BitField, setBit, writeField } from './bit-field.ts';
import type { FrameBatch } from './frame-batch.ts';
import type { VehicleState } from './vehicle.ts';

/** Car, and the camera behind the relay. */
const MAIN_BUS = 0;
const CAMERA_BUS = 2;

/** Added to the bus of a frame that openpilot sent, when the panda reports it back. */
const SENT_BY_OPENPILOT = 128;

/** Ticks of 10 ms between two frames at these rates. */
const HZ_100 = 1;
const HZ_50 = 2;
const HZ_20 = 5;
const HZ_10 = 10;

const PAYLOAD_BYTES = 8;
const COUNTER: BitField = { start: 8, length: 4 };

/** A message of the Subaru Global platform: where it comes from, how often, what it says. */
interface SubaruMessage {
  readonly arbitrationId: number;
  readonly bus: number;
  readonly periodTicks: number;
  /** Fills a zeroed payload; counter and checksum are added afterwards. */
  readonly fill: (payload: Uint8Array, car: VehicleState) => void;
  /** G_Sensor alone carries neither counter nor checksum. */
  readonly isPlain?: true;
}

/**
 * Layout: opendbc's subaru_global_2017 DBC (signal name in the comment where the code does not say it). Angles and
 * torques count negative to the left there, ours positive.
 */
const MESSAGES: readonly SubaruMessage[] = [
  { arbitrationId: 0x040, bus: MAIN_BUS, periodTicks: HZ_100, fill: fillThrottle },
  { arbitrationId: 0x048, bus: MAIN_BUS, periodTicks: HZ_100, fill: fillTransmission },
  { arbitrationId: 0x119, bus: MAIN_BUS, periodTicks: HZ_50, fill: fillSteeringTorque },
  { arbitrationId: 0x138, bus: MAIN_BUS, periodTicks: HZ_50, fill: fillBrakePressure },
  { arbitrationId: 0x139, bus: MAIN_BUS, periodTicks: HZ_50, fill: fillBrakePedal },
  { arbitrationId: 0x13a, bus: MAIN_BUS, periodTicks: HZ_50, fill: fillWheelSpeeds },
  { arbitrationId: 0x13b, bus: MAIN_BUS, periodTicks: HZ_50, fill: fillGravity, isPlain: true },
  { arbitrationId: 0x13c, bus: MAIN_BUS, periodTicks: HZ_50, fill: fillBrakeStatus },
  { arbitrationId: 0x146, bus: MAIN_BUS, periodTicks: HZ_50, fill: fillCruiseButtons },
  { arbitrationId: 0x240, bus: MAIN_BUS, periodTicks: HZ_20, fill: fillCruiseControl },
  { arbitrationId: 0x241, bus: MAIN_BUS, periodTicks: HZ_20, fill: fillCruiseStatus },
  { arbitrationId: 0x390, bus: MAIN_BUS, periodTicks: HZ_10, fill: fillDashlights },
  { arbitrationId: 0x3ac, bus: MAIN_BUS, periodTicks: HZ_10, fill: fillBodyInfo },
  { arbitrationId: 0x220, bus: CAMERA_BUS, periodTicks: HZ_20, fill: fillEyeSightBrake },
  { arbitrationId: 0x221, bus: CAMERA_BUS, periodTicks: HZ_20, fill: fillEyeSightDistance },
  { arbitrationId: 0x222, bus: CAMERA_BUS, periodTicks: HZ_20, fill: fillEyeSightStatus },
  { arbitrationId: 0x321, bus: CAMERA_BUS, periodTicks: HZ_10, fill: fillEyeSightDash },
];

/** Messages that openpilot sends while it steers. */
const SENT_MESSAGES: readonly SubaruMessage[] = [
  { arbitrationId: 0x122, bus: MAIN_BUS, periodTicks: HZ_50, fill: fillSteeringCommand },
  { arbitrationId: 0x221, bus: MAIN_BUS, periodTicks: HZ_20, fill: fillEyeSightDistance },
];

/** Packs the car's own traffic and what openpilot sends. */
export class SubaruFrames {
  readonly #payload = new Uint8Array(PAYLOAD_BYTES);

  /** Adds the frames that are due at `tick`: the car's, and the echo of those sent one tick ago. */
  addReceived(batch: FrameBatch, tick: number, car: VehicleState): void {
    for (const message of MESSAGES) this.#addDue(batch, { message, tick, busOffset: 0 }, car);
    for (const message of SENT_MESSAGES) {
      this.#addDue(batch, { message, tick: tick - 1, busOffset: SENT_BY_OPENPILOT }, car);
    }
  }

  /** Adds the frames that openpilot sends at `tick`. */
  addSent(batch: FrameBatch, tick: number, car: VehicleState): void {
    for (const message of SENT_MESSAGES) this.#addDue(batch, { message, tick, busOffset: 0 }, car);
  }

  #addDue(batch: FrameBatch, due: DueMessage, car: VehicleState): void {
    const { message, tick, busOffset } = due;
    if ((tick + message.arbitrationId) % message.periodTicks !== 0) return; // staggered by id, or all would be due at once
    packMessage(this.#payload, due, car);
    batch.add(message.arbitrationId, message.bus + busOffset, this.#payload);
  }
}

interface DueMessage {
  readonly message: SubaruMessage;
  readonly tick: number;
  readonly busOffset: number;
}

function packMessage(payload: Uint8Array, { message, tick }: DueMessage, car: VehicleState): void {
  payload.fill(0);
  message.fill(payload, car);
  if (message.isPlain) return;
  writeField(payload, COUNTER, Math.floor((tick + message.arbitrationId) / message.periodTicks));
  payload[0] = computeSubaruChecksum(message.arbitrationId, payload);
}

/** Sum of the address bytes and of all payload bytes behind the checksum, which stands in byte 0. */
export function computeSubaruChecksum(arbitrationId: number, payload: Uint8Array): number {
  let sum = (arbitrationId & 0xff) + (arbitrationId >> 8);
  for (let i = 1; i < payload.length; i++) sum += payload[i] ?? 0;
  return sum & 0xff;
}

function fillThrottle(payload: Uint8Array, car: VehicleState): void {
  writeField(payload, { start: 16, length: 13 }, car.engineRpm);
  payload[4] = car.isCruiseActive ? 0 : car.throttle; // Throttle_Pedal
  payload[5] = car.isCruiseActive ? car.throttle : 0; // Throttle_Cruise
  payload[6] = car.throttle; // Throttle_Combo
}

function fillTransmission(payload: Uint8Array, car: VehicleState): void {
  payload[3] = 121; // Gear: D
  writeField(payload, { start: 40, length: 15 }, car.engineRpm);
}

function fillSteeringTorque(payload: Uint8Array, car: VehicleState): void {
  writeField(payload, { start: 16, length: 11 }, -car.steeringTorque);
  writeField(payload, { start: 32, length: 16 }, Math.round(car.steeringAngleDeg / -0.0217));
  writeField(
    payload,
    { start: 48, length: 11 },
    car.isCruiseActive ? Math.round(car.steeringAngleDeg * -4) : 0,
  );
}

function fillBrakePressure(payload: Uint8Array, car: VehicleState): void {
  writeField(payload, { start: 16, length: 16 }, Math.round(car.steeringAngleDeg * -10));
  payload[6] = car.brakePressure;
  payload[7] = car.brakePressure;
}

function fillBrakePedal(payload: Uint8Array, car: VehicleState): void {
  writeField(payload, { start: 16, length: 12 }, Math.round((car.speed * 3.6) / 0.05625));
  if (car.isBraking) setBit(payload, 34); // Brake_Lights
  writeField(payload, { start: 36, length: 12 }, car.brakePressure * 8);
}

function fillWheelSpeeds(payload: Uint8Array, car: VehicleState): void {
  const [frontLeft, frontRight, rearLeft, rearRight] = car.wheelCounts;
  writeField(payload, { start: 12, length: 13 }, frontRight);
  writeField(payload, { start: 25, length: 13 }, rearRight);
  writeField(payload, { start: 38, length: 13 }, rearLeft);
  writeField(payload, { start: 51, length: 13 }, frontLeft);
}

function fillGravity(payload: Uint8Array, car: VehicleState): void {
  payload[6] = Math.round(car.yawRate * car.speed * -10) & 0xff; // Lateral
  payload[7] = Math.round(car.accel * -10) & 0xff; // Longitudinal
}

function fillBrakeStatus(payload: Uint8Array, car: VehicleState): void {
  if (car.isBraking) setBit(payload, 62);
}

function fillCruiseButtons(payload: Uint8Array, car: VehicleState): void {
  if (car.pressedButton === 'main') setBit(payload, 42);
  if (car.pressedButton === 'set') setBit(payload, 43);
  if (car.pressedButton === 'resume') setBit(payload, 44);
}

function fillCruiseControl(payload: Uint8Array, car: VehicleState): void {
  if (car.isCruiseOn) setBit(payload, 40);
  if (car.isCruiseActive) setBit(payload, 41);
}

/** Cruise_Set_Speed is Motorola 51|12: the low nibble of byte 6, then byte 7. */
function fillCruiseStatus(payload: Uint8Array, car: VehicleState): void {
  payload[6] = (car.setSpeedMph >> 8) & 0x0f;
  payload[7] = car.setSpeedMph & 0xff;
  if (car.isCruiseOn) setBit(payload, 54);
  if (car.isCruiseActive) setBit(payload, 55);
}

function fillDashlights(payload: Uint8Array, car: VehicleState): void {
  setBit(payload, 24); // UNITS: imperial
  if (car.leftBlinker && car.isLampLit) setBit(payload, 50);
  if (car.rightBlinker && car.isLampLit) setBit(payload, 51);
}

function fillBodyInfo(payload: Uint8Array, car: VehicleState): void {
  if (car.isBraking) setBit(payload, 54);
  setBit(payload, 57); // LOWBEAM
}

function fillEyeSightBrake(payload: Uint8Array, car: VehicleState): void {
  const isBraking = car.isCruiseActive && car.accel < -0.5;
  writeField(payload, { start: 16, length: 16 }, isBraking ? Math.round(car.accel * -200) : 0);
  if (isBraking) setBit(payload, 36); // Cruise_Brake_Lights
  if (isBraking) setBit(payload, 38); // Cruise_Brake_Active
  if (car.isCruiseActive) setBit(payload, 39);
}

function fillEyeSightDistance(payload: Uint8Array, car: VehicleState): void {
  writeField(payload, { start: 16, length: 13 }, car.isCruiseActive ? 1200 + car.throttle * 8 : 808); // Cruise_Throttle
  payload[5] = 255; // Close_Distance: nobody ahead
  if (car.pressedButton === 'set') setBit(payload, 57);
  if (car.pressedButton === 'resume') setBit(payload, 58);
}

function fillEyeSightStatus(payload: Uint8Array, car: VehicleState): void {
  writeField(payload, { start: 16, length: 13 }, car.isCruiseActive ? car.engineRpm : 600); // Cruise_RPM
  if (car.isCruiseActive) setBit(payload, 29);
}

function fillEyeSightDash(payload: Uint8Array, car: VehicleState): void {
  if (car.isCruiseActive) setBit(payload, 36); // Cruise_Activated_Dash
  payload[5] = car.setSpeedMph;
  if (car.isCruiseOn) setBit(payload, 49);
  if (car.isBraking) setBit(payload, 51); // Brake_Lights
}

function fillSteeringCommand(payload: Uint8Array, car: VehicleState): void {
  writeField(
    payload,
    { start: 16, length: 13 },
    car.isCruiseActive ? Math.round(car.steeringAngleDeg * -30) : 0,
  );
  if (car.isCruiseActive) setBit(payload, 29); // LKAS_Request
}
