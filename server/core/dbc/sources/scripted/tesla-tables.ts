/*
 * Layouts of the radars of Tesla. Source: opendbc/dbc/generator/tesla (tesla_radar_bosch.py, tesla_radar_continental.py
 * and what both share) of commaai/opendbc, commit 228556e1, and of a fork, commit 833bf8c3.
 */

/** First message of a point: where it is. */
export const POINT_A = `
  LongDist 0 12 <+ 0.0625 0 0 255.9 meters
  LongSpeed 12 12 <+ 0.0625 -128 -128 128 meters/sec
  LatDist 24 11 <+ 0.125 -128 -128 128 meters
  ProbExist 35 5 <+ 3.125 0 0 96.875 %
  LongAccel 40 10 <+ 0.03125 -16 -16 16 meters/sec/sec
  ProbObstacle 50 5 <+ 3.125 0 0 96.875 %
  Valid 55 1 <+ 1 0 0 1
  ProbNonObstacle 56 5 <+ 3.125 0 0 96.875 %
  Meas 61 1 <+ 1 0 0 1
  Tracked 62 1 <+ 1 0 0 1
  Index 63 1 <+ 1 0 0 1`;

/** Second message of a point: how it moves, and what it may be. */
export const POINT_B = `
  LatSpeed 0 10 <+ 0.125 -64 -64 64 meters/sec
  Length 10 6 <+ 0.125 0 0 7.875 m
  dZ 16 6 <+ 0.25 -5 -5 10.75 m
  MovingState 22 2 <+ 1 0 0 3
  dxSigma 24 6 <+ 1 0 0 63
  vxSigma 30 6 <+ 1 0 0 63
  axSigma 36 6 <+ 1 0 0 63
  dySigma 42 6 <+ 1 0 0 63
  ProbClass 48 5 <+ 3.125 0 0 96.875 %
  Class 53 3 <+ 1 0 0 7
  dxRearEndLoss 56 6 <+ 1 0 0 63
  NotUsed 62 1 <+ 1 0 0 1
  Index2 63 1 <+ 1 0 0 1`;

/** Texts of `MovingState`. */
export const MOVING_STATES = [
  [3, 'RADAR_MOVESTATE_STANDING'],
  [2, 'RADAR_MOVESTATE_STOPPED'],
  [1, 'RADAR_MOVESTATE_MOVING'],
  [0, 'RADAR_MOVESTATE_INDETERMINATE'],
] as const;

/** Texts of `Class`. */
export const POINT_CLASSES = [
  [4, 'RADAR_CLASS_CONSTRUCTION_ELEMENT'],
  [3, 'RADAR_CLASS_MOVING_PEDESTRIAN'],
  [2, 'RADAR_CLASS_MOVING_TWO_WHEEL_VEHICLE'],
  [1, 'RADAR_CLASS_MOVING_FOUR_WHEEL_VEHICLE'],
  [0, 'RADAR_CLASS_UNKNOWN'],
] as const;

/** What a radar of Bosch tells besides its points: id, name, bytes, and its signals. */
export const BOSCH_STATUS = [
  [
    769,
    'TeslaRadarSguInfo',
    8,
    `RADC_VerticalMisalignment 0 8 <+ 1 0 0 255
    RADC_SCUTemperature 8 8 <+ 1 -128 -128 127
    RADC_VMA_Plaus 16 8 <+ 1 0 0 255
    RADC_SGU_ITC 24 8 <+ 1 0 0 255
    RADC_HorizontMisalignment 32 12 <+ 1 0 0 4096
    RADC_SensorDirty 44 1 <+ 1 0 0 1
    RADC_HWFail 45 1 <+ 1 0 0 1
    RADC_SGUFail 46 1 <+ 1 0 0 1
    RADC_SGUInfoConsistBit 47 1 <+ 1 0 0 1`,
  ],
  [
    770,
    'TeslaRadarTguInfo',
    8,
    `RADC_ACCTargObj1_sguIndex 0 6 <+ 1 0 0 63
    RADC_ACCTargObj2_sguIndex 6 6 <+ 1 0 0 63
    RADC_ACCTargObj3_sguIndex 12 6 <+ 1 0 0 63
    RADC_ACCTargObj4_sguIndex 18 6 <+ 1 0 0 63
    RADC_ACCTargObj5_sguIndex 24 6 <+ 1 0 0 63
    unused30 30 1 <+ 1 0 0 1
    RADC_TGUInfoConsistBit 31 1 <+ 1 0 0 1
    RADC_ACCTargObj1_dBPower 32 16 <+ 1 0 0 65535
    RADC_ACCTargObj5_dBPower 48 16 <+ 1 0 0 65535`,
  ],
] as const;

/** Alerts of a radar of Bosch, a bit each from bit 0; named `RADC_a001_` and so on. */
export const BOSCH_ALERTS = `ecuInternalPerf flashPerformance vBatHigh adjustmentNotDone adjustmentReq adjustmentNotOk
  sensorBlinded plantModeActive configMismatch canBusOff bdyMIA espMIA gtwMIA sccmMIA adasMIA bdyInvalidCount
  adasInvalidCount espInvalidCount sccmInvalidCount bdyInvalidChkSm espInvalidChkSm sccmInvalidChkSm sccmInvalidChkSm
  absValidity ambTValidity brakeValidity CntryCdValidity espValidity longAccOffValidity longAccValidity odoValidity
  gearValidity steerAngValidity steerAngSpdValidity indctrValidity vehStandStillValidity vinValidity whlRotValidity
  whlSpdValidity whlStandStillValidity wiperValidity xwdValidity yawOffValidity yawValidity bsdSanity rctaSanity
  lcwSanity steerAngOffSanity tireSizeSanity velocitySanity yawSanity radomeHtrInop espmodValidity gtwmodValidity
  stwmodValidity bcmodValidity dimodValidity opmodValidity drmiInvalidChkSm drmiInvalidCount radPositionMismatch
  strRackMismatch`;

/** What the car tells a radar of Bosch: id, name, bytes, milliseconds between two, and signals that say 0 to 0. */
export const BOSCH_INPUTS = [
  [
    681,
    'Msg2A9_GTW_carConfig',
    8,
    1000,
    `Msg2A9_Always0x02 48 8; Msg2A9_Always0x10 56 8; Msg2A9_Always0x16 8 8;
    Msg2A9_Always0x41 24 8; Msg2A9_Value1_0x02 0 3; Msg2A9_FourWheelDrive 3 2; Msg2A9_Value2_0x02 5 3;
    Msg2A9_Always0x43 16 8`,
  ],
  [
    409,
    'Msg199_STW_ANGLHP_STAT',
    8,
    10,
    `Msg199Always0x04 32 8; Msg199Always0x20 16 8; Msg199Always0x2F 0 8;
    Msg199Always0x67 8 8; Msg199Always0xFF 40 8; Msg199Checksum 56 8; Msg199Counter 52 4`,
  ],
  [
    345,
    'Msg159_ESP_C',
    8,
    20,
    `Msg159Always0x3A 16 8; Msg159Always0xA5 0 8; Msg159Always0xCF 32 8;
    Msg159Always0xF4 8 8; Msg159Counter 44 4; Msg159Checksum 24 8`,
  ],
  [
    329,
    'Msg149_ESP_145h',
    8,
    20,
    `Msg149Always0x02 16 8; Msg149Always0x04 40 8; Msg149Always0x26 8 8;
    Msg149Always0x6A 24 8; Msg149Always0xAA 32 8; Msg149Always0xF 48 4; Msg149Checksum 56 8; Msg149Counter 52 4`,
  ],
  [297, 'Msg129_ESP_115h', 6, 20, `Msg129Always0x20 24 8; Msg129Checksum 40 8; Msg129Counter 36 4`],
  [
    281,
    'Msg119_DI_torque2',
    6,
    10,
    `Msg119Always0x11 24 8; Msg119Always0x1F 8 8; Msg119Always0x8 36 4;
    Msg119Always0xF4 16 8; Msg119Always0xFF 0 8; Msg119Checksum 40 8; Msg119Counter 32 4`,
  ],
  [265, 'Msg109_DI_torque1', 8, 10, `Msg109Always0x80 24 8; Msg109Checksum 56 8; Msg109Counter 13 3`],
  [
    521,
    'Msg209_GTW_odo',
    8,
    100,
    `Msg209Always0x61 8 8; Msg209Always0x94 16 8; Msg209Always0x52 24 8;
    Msg209Always0x13 32 8; Msg209Always0x03 40 8; Msg209Always0x80 48 8`,
  ],
  [425, 'Msg1A9_DI_espControl', 5, 20, `Msg1A9Always0x0C 16 8; Msg1A9Counter 28 4; Msg1A9Checksum 32 8`],
  [729, 'Msg2D9_BC_status', 8, 1000, `Msg2D9Always0x80 0 8; Msg2D9Always0x40 8 8; Msg2D9Always0x83 16 8`],
] as const;

/** Inputs of a radar of Bosch whose signals have ranges. */
export const BOSCH_RANGED_INPUTS = [
  [
    697,
    'VIN_VIP_405HS',
    250,
    `VIN_MuxID 0 8 <+ 1 0 0 0 - M
    VIN_Part1 47 24 >+ 1 0 0 16777215 - m16
    VIN_Part2 15 56 >+ 1 0 0 7.2057594038E+16 - m17
    VIN_Part3 15 56 >+ 1 0 0 7.2057594038E+16 - m18`,
  ],
  [
    361,
    'Msg169_ESP_wheelSpeeds',
    10,
    `ESP_wheelSpeedFrL_HS 0 13 <+ 0.04 0 0 327.64 km/h
    ESP_wheelSpeedFrR_HS 13 13 <+ 0.04 0 0 327.64 km/h
    ESP_wheelSpeedReL_HS 26 13 <+ 0.04 0 0 327.64 km/h
    ESP_wheelSpeedReR_HS 39 13 <+ 0.04 0 0 327.64 km/h
    Msg169Checksum 56 8 <+ 1 0 0 0
    Msg169Counter 52 4 <+ 1 0 0 0`,
  ],
  [
    537,
    'Msg219_STW_ACTN_RQ',
    100,
    `Msg219Counter 52 4 <+ 1 0 0 15
    Msg219CRC 56 8 <+ 1 0 0 0`,
  ],
] as const;

/** What a radar of Continental tells of itself. */
export const CONTINENTAL_STATUS = `
  carparkDetected 29 1 <+ 1 0 0 1
  decreaseBlockage 25 1 <+ 1 0 0 1
  horizontMisalignment 8 12 <+ 0.00012207 -0.25 -0.25 0.249878 rad
  increaseBlockage 24 1 <+ 1 0 0 1
  lowPowerMode 20 2 <+ 1 0 0 3
  powerOnSelfTest 22 1 <+ 1 0 0 1
  sensorBlocked 26 1 <+ 1 0 0 1
  sensorInfoConsistBit 30 1 <+ 1 0 0 1
  sensorReplace 31 1 <+ 1 0 0 1
  shortTermUnavailable 23 1 <+ 1 0 0 1
  tunnelDetected 28 1 <+ 1 0 0 1
  vehDynamicsError 27 1 <+ 1 0 0 1
  verticalMisalignment 0 8 <+ 0.00195313 -0.25 -0.25 0.248047 rad`;

/** Texts of `lowPowerMode`. */
export const POWER_MODES = [
  [1, 'COMMANDED_LOW_POWER'],
  [0, 'DEFAULT_LOW_POWER'],
  [2, 'NORMAL_POWER'],
  [3, 'SNA'],
] as const;

/** Texts of `Msg2A9_FourWheelDrive`. */
export const DRIVEN_WHEELS = [
  [3, 'SNA'],
  [2, 'UNUSED'],
  [1, '4WD'],
  [0, '2WD'],
] as const;
