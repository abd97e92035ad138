import { describe, expect, it } from 'vitest';
import type { StartDownloadParams } from '#protocol';
import { readRouteRequest } from '../../../../server/services/downloads/route-request.ts';
import { failureOf } from '../../../support/failure.ts';

const DONGLE = '0123456789abcdef';
const DATED = '2024-04-19--12-33-20';
const COUNTED = '00000008--0696c823fa';
const NOW = Date.parse('2024-04-20T10:00:00Z');
const DAY = 86_400_000;

function read(params: Partial<StartDownloadParams>): ReturnType<typeof readRouteRequest> {
  const defaults = { fileTypes: ['logs'], searchDays: 7, resume: true, parallel: 4 } as const;
  return readRouteRequest({ route: `${DONGLE}|${DATED}`, ...defaults, ...params }, NOW);
}

describe('readRouteRequest', () => {
  it.each([
    [`${DONGLE}|${DATED}`, { dongleId: DONGLE, logId: DATED }, false],
    [`${DONGLE}|${COUNTED}`, { dongleId: DONGLE, logId: COUNTED }, false],
    [`${DONGLE}/${COUNTED}`, { dongleId: DONGLE, logId: COUNTED }, false],
    [`${DONGLE}|${DATED}--3`, { dongleId: DONGLE, logId: DATED, segments: { from: 3, to: 4 } }, false],
    [`https://connect.comma.ai/${DONGLE}/${COUNTED}`, { dongleId: DONGLE, logId: COUNTED }, true],
    [` connect.comma.ai/${DONGLE}/${DATED} `, { dongleId: DONGLE, logId: DATED }, true],
    [
      `https://connect.comma.ai/${DONGLE}/${COUNTED}/10/20`,
      { dongleId: DONGLE, logId: COUNTED, seconds: { start: 10, end: 20 } },
      true,
    ],
  ])('reads %s', (route, name, isLink) => {
    expect(read({ route })).toMatchObject({ name, isLink });
  });

  it.each([
    ['the days before now', {}, NOW - 7 * DAY, NOW],
    ['more days', { searchDays: 30 }, NOW - 30 * DAY, NOW],
    ['from a day on', { since: '2024-04-18' }, Date.UTC(2024, 3, 18), NOW],
    [
      'up to the end of a day',
      { until: '2024-03-31', searchDays: 2 },
      Date.UTC(2024, 2, 30),
      Date.UTC(2024, 3, 1),
    ],
    ['one day', { since: '2024-01-31', until: '2024-01-31' }, Date.UTC(2024, 0, 31), Date.UTC(2024, 1, 1)],
  ])('searches %s', (_, params, ...window) => {
    const { fromMs, toMs } = read(params).window;
    expect([fromMs, toMs]).toEqual(window);
  });

  it.each([
    [
      'since after until',
      { since: '2024-01-31', until: '2024-01-01' },
      'There is no time between since 2024-01-31 and until 2024-01-01',
    ],
    [
      'since in the future',
      { since: '2024-04-21' },
      'There is no time between since 2024-04-21 and until now',
    ],
    ['an American date', { since: '01/02/2024' }, 'Invalid --since date format: 01/02/2024. Use YYYY-MM-DD'],
    [
      'a day that is none',
      { until: '2024-13-01' },
      'Invalid --until date format: 2024-13-01. Use YYYY-MM-DD',
    ],
  ])('refuses %s', (_, params, message) => {
    const failure = failureOf(() => read(params));
    expect(failure.code).toBe('INVALID_PARAMETER');
    expect(failure.message).toContain(message);
  });

  it.each([`${DONGLE}|invalid-timestamp`, 'https://connect.comma.ai/', '', '../../etc/passwd', COUNTED])(
    'refuses "%s", which names no route of a device',
    (route) => {
      expect(failureOf(() => read({ route })).code).toBe('INVALID_ROUTE_NAME');
    },
  );
});
