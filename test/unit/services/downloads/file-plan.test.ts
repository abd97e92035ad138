import { describe, expect, it } from 'vitest';
import type { CommaFileType } from '#protocol';
import type { RouteFiles } from '../../../../server/services/downloads/comma-api.ts';
import { planFiles, type FilePlan } from '../../../../server/services/downloads/file-plan.ts';
import { formatRouteIndex } from '../../../../server/services/downloads/route-index.ts';

const ROUTE = { dongleId: '0123456789abcdef', logId: '2024-04-19--12-33-20' };
type Part = Parameters<typeof planFiles>[2];

function plan(files: RouteFiles, types: readonly CommaFileType[] = ['logs'], part: Part = {}): FilePlan {
  return planFiles({ ...ROUTE, files }, types, part);
}

describe('planFiles', () => {
  it('takes segment and name from the end of the address, without its signature', () => {
    const logs = [
      'https://h/q/d/2024/0/rlog.zst?sig=a/b',
      'https://h/x/1/rlog.bz2#f',
      'https://h/x/2/rlog.bz2/',
    ];
    expect(plan({ logs })).toEqual({
      files: [
        { url: logs[0], path: '0/rlog.zst' },
        { url: logs[1], path: '1/rlog.bz2' },
        { url: logs[2], path: '2/rlog.bz2' },
      ],
      refused: [],
    });
  });

  it('goes kind by kind in the order asked for, each kind once', () => {
    const files = {
      logs: ['https://h/0/rlog.zst'],
      qlogs: ['https://h/0/qlog.zst'],
      cameras: ['https://h/0/fcamera.hevc'],
    };
    const paths = plan(files, ['qlogs', 'logs', 'qlogs', 'dcameras']).files.map(({ path }) => path);
    expect(paths).toEqual(['0/qlog.zst', '0/rlog.zst']);
  });

  it('takes the first of two files for one place, also where only case differs', () => {
    const logs = ['https://a/0/rlog.zst', 'https://b/00/rlog.zst', 'https://c/0/RLOG.zst'];
    expect(plan({ logs }).files).toEqual([{ url: logs[0], path: '0/rlog.zst' }]);
  });

  it.each<[Part, readonly string[]]>([
    [{}, ['0', '1', '2', '3']],
    [{ segments: { from: 1, to: 3 } }, ['1', '2']],
    [{ segments: { from: -1 } }, ['3']],
    [{ segments: { from: 9, to: 10 } }, []],
    [{ seconds: { start: 65, end: 130 } }, ['1', '2']],
  ])('takes the segments of %j', (part, segments) => {
    const logs = ['0', '1', '2', '3'].map((segment) => `https://h/${segment}/rlog.zst`);
    expect(plan({ logs }, ['logs'], part).files.map(({ path }) => path.split('/')[0])).toEqual(segments);
  });

  it.each([
    'no address',
    'https://h/rlog.zst',
    'https://h/',
    'https://h/a/rlog.zst',
    'https://h/-1/rlog.zst',
    'https://h/0/..%2f..%2fetc%2fpasswd',
    'https://h/0/%2e%2e%5cboot.ini',
    'https://h/0/.bashrc',
    'https://h/0/rlog.zst.part',
    'https://h/0/con:',
    'https://h/0/a%00b',
    'https://h/0/r log.zst',
    `https://h/0/${'r'.repeat(65)}`,
    'https://h/9999999/rlog.zst',
  ])('refuses %s', (url) => {
    const { files, refused } = plan({ logs: [url] });
    expect([files.length, refused.length]).toEqual([0, 1]);
  });

  it('tells of a refused address nothing that is secret, nor much of it', () => {
    expect(plan({ logs: ['https://h/x\u0007?sig=secret'] }).refused).toEqual(['https://h/x?']);
    expect(plan({ logs: [`https://h/${'é'.repeat(500)}`] }).refused).toEqual([`…${'?'.repeat(80)}`]);
  });

  it.each(['https://h/a/../0/rlog.zst', 'https://h/0/./rlog.zst'])('reads %s as a browser does', (url) => {
    expect(plan({ logs: [url] }).files.map(({ path }) => path)).toEqual(['0/rlog.zst']);
  });
});

describe('formatRouteIndex', () => {
  it('has the keys of comma-tools', () => {
    const text = formatRouteIndex({
      route: ROUTE,
      writtenFiles: 1,
      skippedFiles: 1,
      failedFiles: 2,
      files: [
        { path: '0/rlog.zst', size: 10 },
        { path: '1/rlog.zst', size: 4 },
      ],
    });
    expect(JSON.parse(text)).toEqual({
      route_name: '0123456789abcdef|2024-04-19--12-33-20',
      dongle_id: ROUTE.dongleId,
      route_timestamp: ROUTE.logId,
      download_summary: { written_files: 1, skipped_files: 1, failed_files: 2, total_bytes: 14 },
      files: [
        { path: '0/rlog.zst', size: 10 },
        { path: '1/rlog.zst', size: 4 },
      ],
    });
    expect(text.split('\n').slice(0, 2)).toEqual([
      '{',
      '  "route_name": "0123456789abcdef|2024-04-19--12-33-20",',
    ]);
  });
});
