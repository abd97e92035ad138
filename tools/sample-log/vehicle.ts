import type { ButtonPress, DrivePlan, Span } from './drive-plan.ts';
import { SeededRandom, wave } from './seeded-random.ts';

/** Time between two steps of the simulation; openpilot's control loop runs at the same rate. */
export const TICK_SECONDS = 0.01;

/** Metres per second in one mile per hour. */
export const MPH = 0.44704;
/** Kilometres per hour of one count in Wheel_Speeds. */
export const WHEEL_SPEED_FACTOR = 0.057;
const COUNTS_PER_MPS = 3.6 / WHEEL_SPEED_FACTOR;

const WHEELBASE_M = 2.67;
const TRACK_M = 1.57;
const STEER_RATIO = 14.5;
const RADIANS = 0.017453292519943295;

/** Flash and gap of a turn signal's lamp. */
const LAMP_SECONDS = 0.35;

/** What the steering does at one tick. */
export interface SteeringState {
  readonly steeringAngleDeg: number;
  readonly steeringRateDeg: number;
  /** Driver's torque as the sensor counts it. */
  readonly steeringTorque: number;
  /** Radians per second. */
  readonly yawRate: number;
}

/** What the sensors of the drive train report at one tick. */
export interface DriveTrainState {
  /** Raw counts of Wheel_Speeds: front left, front right, rear left, rear right. */
  readonly wheelCounts: readonly [number, number, number, number];
  /** 0..255. */
  readonly throttle: number;
  readonly engineRpm: number;
  /** 0..255. */
  readonly brakePressure: number;
}

/** The car at one tick. */
export interface VehicleState extends SteeringState, DriveTrainState {
  /** Since the start of the drive. */
  readonly seconds: number;
  /** Metres per second and metres per second squared. */
  readonly speed: number;
  readonly accel: number;
  /** Metres driven since the start. */
  readonly odometer: number;
  readonly isBraking: boolean;
  readonly leftBlinker: boolean;
  readonly rightBlinker: boolean;
  /** Whether the lamps of a signal in use are lit just now. */
  readonly isLampLit: boolean;
  readonly pressedButton: ButtonPress['button'] | undefined;
  readonly isCruiseOn: boolean;
  readonly isCruiseActive: boolean;
  /** As the dashboard shows it; 0 before the first press of set. */
  readonly setSpeedMph: number;
  readonly isWatchedBitSet: boolean;
}

/** Drives a plan, one tick after the other. */
export class Vehicle {
  readonly #plan: DrivePlan;
  readonly #random: SeededRandom;
  #tick = -1;
  #speed: number;
  #accel = 0;
  #angle = 0;
  #odometer = 0;
  #isCruiseOn = false;
  #isCruiseActive = false;
  /** Speed that cruise control holds; the dashboard shows it in whole mph. */
  #heldSpeed = 0;

  constructor(plan: DrivePlan) {
    this.#plan = plan;
    this.#random = new SeededRandom(plan.seed ^ 0x0ca2);
    this.#speed = plan.startMph * MPH;
  }

  /** Moves on by one tick and returns the car's state then; the first call gives the start of the drive. */
  step(): VehicleState {
    const seconds = ++this.#tick * TICK_SECONDS;
    const pressedButton = this.#plan.presses.find((span) => isWithin(span, seconds))?.button;
    const isBraking = isWithinAny(this.#plan.brakes, seconds);
    this.#moveCruise(pressedButton, isBraking);
    this.#moveCar(seconds, isBraking);
    const steering = this.#steer(seconds);
    const driveTrain = this.#measure(steering.yawRate, isBraking);
    return { ...steering, ...driveTrain, ...this.#readSigns(seconds), pressedButton, isBraking };
  }

  #moveCruise(button: ButtonPress['button'] | undefined, isBraking: boolean): void {
    if (button === 'main') this.#isCruiseOn = true;
    if (isBraking) this.#isCruiseActive = false;
    if (isBraking || !this.#isCruiseOn || this.#isCruiseActive) return;
    if (button === 'set') this.#heldSpeed = this.#speed;
    this.#isCruiseActive = button === 'set' || (button === 'resume' && this.#heldSpeed > 0);
  }

  #moveCar(seconds: number, isBraking: boolean): void {
    const wanted = isBraking ? -2 : this.#wantedAccel(seconds);
    this.#accel += (wanted - this.#accel) * (TICK_SECONDS / 0.25);
    this.#speed = Math.max(0, this.#speed + this.#accel * TICK_SECONDS);
    this.#odometer += this.#speed * TICK_SECONDS;
  }

  #wantedAccel(seconds: number): number {
    const target = this.#isCruiseActive ? this.#heldSpeed : this.#plan.driverMph * MPH;
    const ripple = 0.04 * wave(seconds / 7);
    return clamp((target - this.#speed) * 0.9 + ripple, -1, 1.5);
  }

  /** Gentle bends, and a lane change while a turn signal is in use. */
  #steer(seconds: number): SteeringState {
    const change = this.#plan.blinkers.find((span) => isWithin(span, seconds));
    const swerve = change === undefined ? 0 : 2.5 * wave((seconds - change.atSeconds) / change.forSeconds);
    const angle = 1.8 * wave(seconds / 23) + (change?.side === 'right' ? -swerve : swerve);
    const rate = (angle - this.#angle) / TICK_SECONDS;
    this.#angle = angle;
    const yawRate = (this.#speed * angle * RADIANS) / (STEER_RATIO * WHEELBASE_M);
    const torque = Math.round(12 * angle + 0.4 * rate + this.#random.noise(3));
    return { steeringAngleDeg: angle, steeringRateDeg: rate, steeringTorque: torque, yawRate };
  }

  /** What is measured; the inner wheels of a bend turn slower. */
  #measure(yawRate: number, isBraking: boolean): DriveTrainState {
    const side = (yawRate * TRACK_M) / 2;
    const count = (speed: number): number => Math.round(speed * COUNTS_PER_MPS + this.#random.noise(0.4));
    const [left, right] = [this.#speed - side, this.#speed + side];
    return {
      wheelCounts: [count(left), count(right), count(left), count(right)],
      throttle: isBraking ? 0 : Math.round(clamp(28 + this.#accel * 45, 0, 255)),
      engineRpm: Math.round(700 + this.#speed * 48 + Math.max(0, this.#accel) * 500),
      brakePressure: isBraking ? Math.round(clamp(-this.#accel * 35, 0, 255)) : 0,
    };
  }

  #readSigns(
    seconds: number,
  ): Omit<VehicleState, keyof SteeringState | keyof DriveTrainState | 'pressedButton' | 'isBraking'> {
    const blinker = this.#plan.blinkers.find((span) => isWithin(span, seconds));
    const flashes = blinker === undefined ? 0 : Math.floor((seconds - blinker.atSeconds) / LAMP_SECONDS);
    return {
      seconds,
      speed: this.#speed,
      accel: this.#accel,
      odometer: this.#odometer,
      leftBlinker: blinker?.side === 'left',
      rightBlinker: blinker?.side === 'right',
      isLampLit: blinker !== undefined && flashes % 2 === 0,
      isCruiseOn: this.#isCruiseOn,
      isCruiseActive: this.#isCruiseActive,
      setSpeedMph: Math.round(this.#heldSpeed / MPH),
      isWatchedBitSet: isWithinAny(this.#plan.bitPulses, seconds),
    };
  }
}

function isWithin(span: Span, seconds: number): boolean {
  return seconds >= span.atSeconds && seconds < span.atSeconds + span.forSeconds;
}

function isWithinAny(spans: readonly Span[], seconds: number): boolean {
  return spans.some((span) => isWithin(span, seconds));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
