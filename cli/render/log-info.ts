import type { LogInfo, ServiceInfo } from '#protocol';
import type { Output } from '../terminal.ts';
import { formatCount, formatDuration, formatPlural, formatRate } from './quantities.ts';
import { layOutTable } from './text-table.ts';

/** Lines for people that tell what a log is and holds. */
export function describeLogInfo(info: LogInfo, output: Output): readonly string[] {
  return [
    output.style('bold', info.name),
    ...layOutTable([{ heading: '' }, { heading: '' }], listFacts(info)).slice(1),
    '',
    ...(info.services.length > 0
      ? withBoldHeading(describeServices(info.services), output)
      : ['The log holds no event.']),
    ...(info.buses.length > 0 ? ['', ...withBoldHeading(describeBuses(info), output)] : []),
  ];
}

function listFacts(info: LogInfo): readonly (readonly string[])[] {
  const { device, car } = info;
  const commit = device.gitCommit?.slice(0, 8) ?? null;
  const software = [device.version, device.gitBranch, commit, device.isDirty === true ? 'dirty' : null];
  const events = `${formatPlural(info.report.events, 'event')}, ${formatCount(info.inversions)} out of order`;
  const facts: readonly (readonly [string, string | null])[] = [
    ['route', info.route],
    ['device', joinKnown([device.deviceType, device.dongleId && `dongle ${device.dongleId}`])],
    ['openpilot', joinKnown(software)],
    ['car', joinKnown([car.fingerprint, car.brand, car.vin && `VIN ${car.vin}`])],
    ['duration', `${formatDuration(info.durationSeconds)}, ${events}`],
    ['schema', `${info.schema.id} (${info.schema.reason})`],
  ];
  return facts.map(([name, value]) => [`  ${name}`, value ?? 'not told']);
}

function joinKnown(values: readonly (string | null)[]): string | null {
  const known = values.filter((value) => value !== null && value !== '');
  return known.length > 0 ? known.join(', ') : null;
}

function describeServices(services: readonly ServiceInfo[]): readonly string[] {
  const columns = [
    { heading: 'service' },
    ...['events', 'Hz', 'expected', 'longest gap', 'at'].map((heading) => ({
      heading,
      align: 'right' as const,
    })),
  ];
  return layOutTable(columns, services.map(listServiceCells));
}

function listServiceCells({
  service,
  count,
  rateHz,
  expectedHz,
  longestGap,
}: ServiceInfo): readonly string[] {
  return [
    service,
    formatCount(count),
    rateHz === null ? '' : formatRate(rateHz),
    expectedHz === null ? '' : formatRate(expectedHz),
    longestGap === null ? '' : `${longestGap.seconds.toFixed(3)} s`,
    // A sentinel may lie just before second 0.
    longestGap === null ? '' : `${Math.max(0, longestGap.fromSeconds).toFixed(2)} s`,
  ];
}

function describeBuses({ buses }: LogInfo): readonly string[] {
  const columns = ['CAN bus', 'frames', 'ids', ''].map((heading) => ({ heading, align: 'right' as const }));
  const rows = buses.map(({ bus, frames, arbitrationIds }) => [
    String(bus),
    formatCount(frames),
    formatCount(arbitrationIds),
    bus >= 192 ? 'rejected' : bus >= 128 ? 'sent' : '',
  ]);
  return layOutTable(columns, rows);
}

function withBoldHeading([heading = '', ...rows]: readonly string[], output: Output): readonly string[] {
  return [output.style('bold', heading), ...rows];
}
