/** Units by field, under the field's newest name; a list's unit is that of its elements. */
type FieldUnits = Readonly<Record<string, string>>;

const LATERAL_STATE: FieldUnits = {
  steeringAngleDeg: 'deg',
  steeringRateDeg: 'deg/s',
  angleError: 'deg',
  steeringAngleDesiredDeg: 'deg',
  actualLateralAccel: 'm/s²',
  desiredLateralAccel: 'm/s²',
  desiredLateralJerk: 'm/s³',
  actualCurvature: '1/m',
  desiredCurvature: '1/m',
};

/** What openpilot's schema and senders say, for the fields that people plot. By newest struct name. */
const UNITS: Readonly<Record<string, FieldUnits>> = {
  CarState: {
    vEgo: 'm/s',
    aEgo: 'm/s²',
    vEgoRaw: 'm/s',
    vEgoCluster: 'm/s',
    vCruise: 'km/h',
    vCruiseCluster: 'km/h',
    yawRate: 'rad/s',
    steeringAngleDeg: 'deg',
    steeringAngleOffsetDeg: 'deg',
    steeringRateDeg: 'deg/s',
    cumLagMs: 'ms',
    'deprecated.engineRpm': 'rpm',
  },
  'CarState.WheelSpeeds': { fl: 'm/s', fr: 'm/s', rl: 'm/s', rr: 'm/s' },
  'CarState.CruiseState': { speed: 'm/s', speedCluster: 'm/s' },
  CarControl: { orientationNED: 'rad', angularVelocity: 'rad/s', currentCurvature: '1/m' },
  'CarControl.Actuators': { steeringAngleDeg: 'deg', curvature: '1/m', accel: 'm/s²', speed: 'm/s' },
  'CarControl.HUDControl': { setSpeed: 'm/s' },
  CarParams: {
    minEnableSpeed: 'm/s',
    minSteerSpeed: 'm/s',
    mass: 'kg',
    wheelbase: 'm',
    centerToFront: 'm',
    steerActuatorDelay: 's',
    longitudinalActuatorDelay: 's',
    radarDelay: 's',
  },
  ControlsState: {
    curvature: '1/m',
    desiredCurvature: '1/m',
    longitudinalPlanMonoTime: 'ns',
    lateralPlanMonoTime: 'ns',
  },
  'ControlsState.LateralTorqueState': LATERAL_STATE,
  'ControlsState.LateralPIDState': LATERAL_STATE,
  'ControlsState.LateralAngleState': LATERAL_STATE,
  'ControlsState.LateralCurvatureState': LATERAL_STATE,
  LongitudinalPlan: {
    accels: 'm/s²',
    speeds: 'm/s',
    jerks: 'm/s³',
    aTarget: 'm/s²',
    modelMonoTime: 'ns',
    processingDelay: 's',
    solverExecutionTime: 's',
  },
  'RadarState.LeadData': { dRel: 'm', yRel: 'm', vRel: 'm/s', vLead: 'm/s', vLeadK: 'm/s', aLeadK: 'm/s²' },
  'RadarData.RadarPoint': { dRel: 'm', yRel: 'm', vRel: 'm/s' },
  ModelDataV2: { frameDropPerc: '%', timestampEof: 'ns', modelExecutionTime: 's' },
  'ModelDataV2.Action': { desiredCurvature: '1/m', desiredAcceleration: 'm/s²' },
  DrivingModelData: { frameDropPerc: '%', modelExecutionTime: 's' },
  DriverStateV2: { modelExecutionTime: 's', gpuExecutionTime: 's' },
  GpsLocationData: {
    latitude: 'deg',
    longitude: 'deg',
    altitude: 'm',
    speed: 'm/s',
    bearingDeg: 'deg',
    horizontalAccuracy: 'm',
    verticalAccuracy: 'm',
    bearingAccuracyDeg: 'deg',
    speedAccuracy: 'm/s',
    unixTimestampMillis: 'ms',
    vNED: 'm/s',
  },
  VehicleParameters: {
    angleOffsetDeg: 'deg',
    angleOffsetAverageDeg: 'deg',
    gyroBias: 'rad/s',
    roll: 'rad',
    posenetSpeed: 'm/s',
  },
  ExtrinsicsCalibration: { rpyCalib: 'rad', rpyCalibSpread: 'rad', height: 'm', calPerc: '%' },
  LateralDelay: { lateralDelay: 's', lateralDelayEstimate: 's', lateralDelayEstimateStd: 's', calPerc: '%' },
  PandaState: { voltage: 'mV', current: 'mA', uptime: 's', fanPower: '%', 'deprecated.fanSpeedRpm': 'rpm' },
  PeripheralState: { voltage: 'mV', current: 'mA', fanSpeedRpm: 'rpm' },
  DeviceState: {
    freeSpacePercent: '%',
    memoryUsagePercent: '%',
    gpuUsagePercent: '%',
    cpuUsagePercent: '%',
    powerDrawW: 'W',
    somPowerDrawW: 'W',
    offroadPowerUsageUwh: 'µWh',
    carBatteryCapacityUwh: 'µWh',
    startedMonoTime: 'ns',
    cpuTempC: '°C',
    gpuTempC: '°C',
    dspTempC: '°C',
    memoryTempC: '°C',
    modemTempC: '°C',
    pmicTempC: '°C',
    intakeTempC: '°C',
    exhaustTempC: '°C',
    gnssTempC: '°C',
    bottomSocTempC: '°C',
    maxTempC: '°C',
    fanSpeedPercentDesired: '%',
    screenBrightnessPercent: '%',
  },
  SensorEventData: { timestamp: 'ns', temperature: '°C' },
  SoundPressure: { soundPressure: 'Pa', soundPressureWeighted: 'Pa', soundPressureWeightedDb: 'dB' },
  FrameData: { timestampEof: 'ns', timestampSof: 'ns', processingTime: 's', temperaturesC: '°C' },
  EncodeIndex: { timestampSof: 'ns', timestampEof: 'ns', len: 'B' },
  CameraOdometry: { timestampEof: 'ns', trans: 'm/s', rot: 'rad/s' },
  Clocks: { wallTimeNanos: 'ns' },
  UIDebug: { cpuTimeMillis: 'ms', frameTimeMillis: 'ms' },
};

/**
 * Finds the unit of a field.
 *
 * @param structName Name of the struct in the newest schema.
 * @param path The field's newest name, behind that of its group if it lies in one.
 * @returns Undefined for quantities without a unit, and for those nobody vouches for.
 */
export function findUnit(structName: string, path: string): string | undefined {
  return UNITS[structName]?.[path];
}
