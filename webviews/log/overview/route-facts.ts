import './route-facts.css';
import { makeElement, makeLink } from '../../shared/element.ts';
import { formatAmount, formatFixed } from '../../shared/number-text.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { LogDocument } from '../log-document.ts';
import type { Overview } from '../overview-feed.ts';

type Content = readonly (Node | string)[];

/** Makes what is known of the route: device, car, software. Facts that the log does not tell are left out. */
export function makeRouteFacts(log: LogDocument, overview: Overview): HTMLElement {
  const facts: readonly (readonly [string, Content | null])[] = [
    ['Dongle', describeDongle(overview)],
    ['Car', describeCar(overview)],
    ['VIN', describeVin(log, overview)],
    ['openpilot', describeSoftware(overview)],
    ['Device', describeDevice(overview)],
    ['Length', describeLength(overview)],
  ];
  const list = makeElement('dl');
  for (const [name, content] of facts) {
    if (content === null) continue;
    list.append(makeElement('div', {}, makeElement('dt', {}, name), makeElement('dd', {}, ...content)));
  }
  return makeElement('div', { className: 'route-facts' }, makeElement('h2', {}, 'Route'), list);
}

function describeDongle({ info: { device } }: Overview): Content | null {
  return device.dongleId === null ? null : [makeElement('span', { className: 'mono' }, device.dongleId)];
}

function describeCar({ info: { car }, ecus }: Overview): Content | null {
  if (car.fingerprint === null) return null;
  const name = car.fingerprint.replaceAll('_', ' ');
  return ecus === null ? [name] : [name, dim(` ${formatAmount(ecus, 'ECU')}`)];
}

/** The number names a person: it is shown on demand only, and forgotten when the page is left. */
function describeVin(log: LogDocument, { info: { car } }: Overview): Content | null {
  if (car.vin === null) return null;
  const start = car.vin.replace(/[^0-9A-Za-z]+$/, '');
  const shown = makeElement('span', { className: 'mono' }, `${start.slice(0, 3)}…••••••••`);
  const show = makeLink('Show', () => {
    void readVin(log).then(
      (vin) => {
        shown.textContent = vin ?? `${start}…`;
        show.remove();
      },
      () => {
        log.announce('The VIN could not be read.');
      },
    );
  });
  return [shown, ' ', show];
}

async function readVin(log: LogDocument): Promise<string | null> {
  const { rows } = await log.ask('sessions/events', {
    filter: { services: ['carParams'] },
    from: 0,
    count: 1,
  });
  const index = rows[0]?.index;
  if (index === undefined) return null;
  const { fields } = await log.ask('sessions/event', { index });
  return fields.find(({ path }) => path === 'carParams.carVin')?.value ?? null;
}

function describeSoftware({ info: { device } }: Overview): Content | null {
  const { version, gitBranch, gitCommit, isDirty } = device;
  const parts: (Node | string)[] = [];
  if (version !== null) parts.push(version);
  if (gitBranch !== null) parts.push(dim(' branch '), gitBranch);
  if (gitCommit !== null)
    parts.push(' ', makeElement('span', { className: 'mono dim' }, gitCommit.slice(0, 8)));
  if (isDirty === true) parts.push(dim(', changed'));
  return parts.length === 0 ? null : parts;
}

function describeDevice({ info: { device }, safetyModel }: Overview): Content | null {
  const safety = safetyModel === null ? [] : [dim(` safety ${safetyModel}`)];
  if (device.deviceType === null) return safety.length === 0 ? null : safety;
  return [device.deviceType, ...safety];
}

function describeLength({ info, drivingSeconds }: Overview): Content {
  const segments = formatAmount(info.report.segments.length, 'segment');
  const driving = drivingSeconds > 0 ? `, driving ${formatFixed(drivingSeconds, 1)}\u00A0s` : '';
  return [formatTime(info.durationSeconds, 2), dim(` ${segments}${driving}`)];
}

function dim(text: string): HTMLElement {
  return makeElement('span', { className: 'dim' }, text);
}
