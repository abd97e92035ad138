import type { PlainObject } from '../../server/adapters/capnp/plain-value.ts';
import type { Moment, PeriodicService } from './service-value.ts';
import { MPH, type VehicleState, WHEEL_SPEED_FACTOR } from './vehicle.ts';

/** Value of `vCruise` while cruise control has no set speed. */
const NO_CRUISE_SPEED = 255;
const KPH_PER_MPH = 1.609344;

/** Services about the car and its control, at the rates of openpilot. */
export const CAR_SERVICES: readonly PeriodicService[] = [
  { service: 'carState', periodTicks: 1, offsetNanos: 1_400_000, value: describeCarState },
  { service: 'carOutput', periodTicks: 1, offsetNanos: 1_700_000, value: describeCarOutput },
  { service: 'selfdriveState', periodTicks: 1, offsetNanos: 2_200_000, value: describeSelfdriveState },
  { service: 'carControl', periodTicks: 1, offsetNanos: 2_900_000, value: describeCarControl },
  { service: 'controlsState', periodTicks: 1, offsetNanos: 3_200_000, value: describeControlsState },
  { service: 'onroadEvents', periodTicks: 100, offsetNanos: 2_100_000, value: describeOnroadEvents },
  { service: 'carParams', periodTicks: 5000, offsetNanos: 900_000, value: describeCarParams },
];

function describeCarState({ car }: Moment): PlainObject {
  const [fl = 0, fr = 0, rl = 0, rr = 0] = car.wheelCounts.map((count) => (count * WHEEL_SPEED_FACTOR) / 3.6);
  return {
    vEgo: car.speed,
    vEgoRaw: (fl + fr + rl + rr) / 4,
    vEgoCluster: Math.round(car.speed / MPH) * MPH,
    aEgo: car.accel,
    wheelSpeeds: { fl, fr, rl, rr },
    gasPressed: false,
    brakePressed: car.isBraking,
    steeringAngleDeg: Math.round(car.steeringAngleDeg / 0.0217) * 0.0217,
    steeringRateDeg: Math.round(car.steeringRateDeg),
    steeringTorque: car.steeringTorque,
    yawRate: car.yawRate,
    gearShifter: 'drive',
    leftBlinker: car.leftBlinker,
    rightBlinker: car.rightBlinker,
    canValid: true,
    fuelGauge: 0.62,
    buttonEvents: describeButtons(car),
    cruiseState: {
      available: car.isCruiseOn,
      enabled: car.isCruiseActive,
      speed: car.setSpeedMph * MPH,
    },
    vCruise: car.setSpeedMph === 0 ? NO_CRUISE_SPEED : car.setSpeedMph * KPH_PER_MPH,
  };
}

function describeButtons(car: VehicleState): PlainObject[] {
  const types = { main: 'mainCruise', set: 'setCruise', resume: 'resumeCruise' } as const;
  return car.pressedButton === undefined ? [] : [{ type: types[car.pressedButton], pressed: true }];
}

/** Command to the steering, -1 to 1. */
function computeTorque(car: VehicleState): number {
  return car.isCruiseActive ? Math.round(car.steeringAngleDeg * 30) / 400 : 0;
}

function computeCurvature(car: VehicleState): number {
  return car.speed > 0 ? car.yawRate / car.speed : 0;
}

function describeActuators(car: VehicleState): PlainObject {
  const torque = computeTorque(car);
  return { torque, torqueOutputCan: Math.round(torque * 400), curvature: computeCurvature(car) };
}

function describeCarOutput({ car }: Moment): PlainObject {
  return { actuatorsOutput: describeActuators(car) };
}

function describeCarControl({ car }: Moment): PlainObject {
  return {
    enabled: car.isCruiseActive,
    latActive: car.isCruiseActive,
    actuators: describeActuators(car),
    cruiseControl: { cancel: false, resume: false },
    hudControl: {
      setSpeed: car.setSpeedMph * MPH,
      speedVisible: car.isCruiseActive,
      lanesVisible: car.isCruiseActive,
      leftLaneVisible: true,
      rightLaneVisible: true,
      leadDistanceBars: 2,
    },
    leftBlinker: car.leftBlinker,
    rightBlinker: car.rightBlinker,
    currentCurvature: computeCurvature(car),
  };
}

function describeControlsState({ car, monoTime }: Moment): PlainObject {
  return {
    longitudinalPlanMonoTime: monoTime - 21_000_000n,
    curvature: computeCurvature(car),
    desiredCurvature: computeCurvature(car),
    longControlState: 'off',
    lateralControlState: {
      torqueState: {
        active: car.isCruiseActive,
        output: computeTorque(car),
        actualLateralAccel: car.yawRate * car.speed,
      },
    },
  };
}

function describeSelfdriveState({ car }: Moment): PlainObject {
  return {
    state: car.isCruiseActive ? 'enabled' : 'disabled',
    enabled: car.isCruiseActive,
    active: car.isCruiseActive,
    engageable: car.isCruiseOn,
    personality: 'standard',
  };
}

function describeOnroadEvents({ car }: Moment): PlainObject[] {
  if (!car.isCruiseOn) return [{ name: 'wrongCarMode', noEntry: true }];
  return car.isBraking ? [{ name: 'pedalPressed', noEntry: true, userDisable: true }] : [];
}

function describeCarParams({ kind }: Moment): PlainObject {
  const isSubaru = kind !== 'canfd';
  return {
    brand: isSubaru ? 'subaru' : 'hyundai',
    carFingerprint: isSubaru ? 'SUBARU_OUTBACK' : 'HYUNDAI_IONIQ_5',
    carVin: 'SYNTHETIC00000000',
    pcmCruise: true,
    mass: 1700,
    wheelbase: 2.67,
    centerToFront: 1.34,
    steerRatio: 14.5,
    rotationalInertia: 2500,
    tireStiffnessFront: 190_000,
    tireStiffnessRear: 190_000,
    steerActuatorDelay: 0.12,
    steerLimitTimer: 0.4,
    wheelSpeedFactor: 1,
    lateralTuning: { torque: { friction: 0.1, latAccelFactor: 2.1 } },
    safetyConfigs: [{ safetyModel: isSubaru ? 'subaru' : 'hyundaiCanfd', safetyParam: 1 }],
    carFw: ['eps', 'abs', 'fwdCamera'].map((ecu, index) => ({
      ecu,
      address: 0x7a0 + index,
      responseAddress: 0x7a8 + index,
      fwVersion: Uint8Array.of(0x53, 0x59, 0x4e, index),
      brand: isSubaru ? 'subaru' : 'hyundai',
    })),
  };
}
