import type { SeriesInfo } from '#protocol';
import { addChart, addSeries, NO_PLAN, type SignalsPlan } from './signals-plan.ts';

/** One series of a layout: the first of these that a log has. A bare name is a signal, whatever its message. */
type Wish = readonly string[];

/** A chart of a layout. */
interface WishedChart {
  readonly title: string;
  readonly series: readonly Wish[];
}

/** A layout that makes sense for any car. */
export interface NamedLayout {
  readonly name: string;
  readonly charts: readonly WishedChart[];
  readonly states: readonly Wish[];
}

const SPEED: WishedChart = { title: 'Speed', series: [['carState.vEgo'], ['carState.cruiseState.speed']] };
const STEER: WishedChart = {
  title: 'Steer',
  series: [['carState.steeringAngleDeg'], ['carControl.actuators.steeringAngleDeg']],
};
const ENGAGED: Wish = ['selfdriveState.state', 'controlsState.state', 'controlsState.stateDEPRECATED'];

/** The layouts that are offered for every log, as far as it has their series. */
export const NAMED_LAYOUTS: readonly NamedLayout[] = [
  {
    name: 'Longitudinal',
    charts: [
      SPEED,
      { title: 'Accel', series: [['carState.aEgo'], ['ACCEL_NET', 'carControl.actuators.accel']] },
      { title: 'Steer', series: [['carState.steeringAngleDeg']] },
      {
        title: 'Torque',
        series: [
          ['STEER_TORQUE_DRIVER', 'carState.steeringTorque'],
          ['STEER_TORQUE_EPS', 'carState.steeringTorqueEps'],
        ],
      },
    ],
    states: [ENGAGED, ['CRUISE_STATE'], ['carState.gearShifter'], ['carState.steeringPressed']],
  },
  {
    name: 'Lateral',
    charts: [
      STEER,
      { title: 'Rate', series: [['carState.steeringRateDeg']] },
      { title: 'Curvature', series: [['controlsState.curvature'], ['controlsState.desiredCurvature']] },
      { title: 'Torque', series: [['carState.steeringTorque'], ['carState.steeringTorqueEps']] },
    ],
    states: [ENGAGED, ['carState.steeringPressed'], ['carState.leftBlinker'], ['carState.rightBlinker']],
  },
  {
    name: 'States',
    charts: [SPEED],
    states: [
      ENGAGED,
      ['CRUISE_STATE'],
      ['carState.cruiseState.enabled'],
      ['carState.cruiseState.available'],
      ['carState.gearShifter'],
      ['carState.gasPressed'],
      ['carState.brakePressed'],
      ['carState.steeringPressed'],
      ['carState.leftBlinker'],
      ['carState.rightBlinker'],
      ['carState.standstill'],
      ['carState.doorOpen'],
      ['carState.seatbeltUnlatched'],
    ],
  },
  {
    name: 'Lead car',
    charts: [
      { title: 'Distance', series: [['radarState.leadOne.dRel'], ['radarState.leadTwo.dRel']] },
      { title: 'Closing speed', series: [['radarState.leadOne.vRel'], ['radarState.leadTwo.vRel']] },
      SPEED,
    ],
    states: [['radarState.leadOne.status'], ['radarState.leadTwo.status'], ENGAGED],
  },
];

/** Texts to look for, so that everything that the layouts wish for is found: services, and names of signals. */
export const LAYOUT_SEARCHES: readonly string[] = [
  ...new Set(
    NAMED_LAYOUTS.flatMap(({ charts, states }) => [...charts.flatMap(({ series }) => series), ...states])
      .flat()
      .map((key) => (key.includes('.') ? `${key.slice(0, key.indexOf('.'))}.` : key)),
  ),
];

/** Lays out the series that a log has; null where it has none of the charts. */
export function layOut({ charts, states }: NamedLayout, known: readonly SeriesInfo[]): SignalsPlan | null {
  let plan = NO_PLAN;
  for (const { title, series } of charts) {
    const keys = series.map((wish) => findWish(wish, known)).filter((key) => key !== undefined);
    if (keys.length === 0) continue;
    plan = addChart(plan, title);
    const id = plan.charts.at(-1)?.id ?? 0;
    for (const key of keys) plan = addSeries(plan, key, id);
  }
  if (plan.charts.length === 0) return null;
  for (const wish of states) {
    const key = findWish(wish, known);
    if (key !== undefined) plan = addSeries(plan, key, 'states');
  }
  return plan;
}

function findWish(wish: Wish, known: readonly SeriesInfo[]): string | undefined {
  for (const name of wish) {
    const found = known.find(({ key, label, origin }) =>
      name.includes('.') ? key === name : origin === 'signal' && label === name,
    );
    if (found !== undefined) return found.key;
  }
  return undefined;
}
