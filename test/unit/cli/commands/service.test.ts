import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import { json, problem, useFakeService } from '../../../support/fake-service.ts';
import { expectGolden } from '../../../support/golden.ts';
import { CAPABILITIES, HEALTH, UPLOAD } from '../../../support/service-bodies.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const service = useFakeService();
const folder = useTemporaryFolder();

function cts(...args: readonly string[]): Promise<CtsOutcome> {
  return runFakeCts(['--url', service.current.url, ...args]);
}

async function readJson(...args: readonly string[]): Promise<unknown> {
  return JSON.parse((await cts(...args, '--json')).stdout);
}

describe('cts ping', () => {
  it('tells how the service is', async () => {
    expect(await cts('ping')).toEqual({
      exitCode: 0,
      stdout: 'CTS-Lite API is healthy\nStatus: healthy\nVersion: 0.1.0\nUptime: 0d 0h 0m 5s\n',
      stderr: '',
    });
    expect(await readJson('ping')).toEqual(HEALTH);
  });
});

describe('what the service can do', () => {
  it.each([
    { args: ['cap'], golden: 'cap' },
    { args: ['capabilities'], golden: 'cap' },
    { args: ['tools'], golden: 'tools' },
    { args: ['describe', 'rlog-to-csv'], golden: 'describe' },
    { args: ['describe', 'count_events'], golden: 'describe-plain' },
  ])('$args', async ({ args, golden }) => {
    const { exitCode, stdout, stderr } = await cts(...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expectGolden(`cli/${golden}.txt`, stdout);
  });

  it('is for programs too', async () => {
    expect(await readJson('cap')).toEqual(CAPABILITIES);
    expect(await readJson('tools')).toEqual(CAPABILITIES.tools);
    expect(await readJson('describe', 'rlog-to-csv')).toEqual(CAPABILITIES.tools[0]);
  });
});

describe('cts status', () => {
  it('tells what the service is doing', async () => {
    const { stdout } = await cts('status');
    expectGolden('cli/status.txt', stdout.replace(service.current.url, 'http://service'));
    expect(await readJson('status')).toMatchObject({
      status: 'healthy',
      active_runs: 1,
      queued_runs: 2,
      protocol_version: 1,
      tools: ['rlog-to-csv', 'count-events'],
    });
  });
});

describe('cts upload', () => {
  function prepare(): string {
    const path = join(folder.path, 'in.csv');
    writeFileSync(path, 'hello');
    service.current
      .answer('POST /v1/uploads', json(UPLOAD, 201))
      .answer('PUT /v1/uploads/{id}/content', json({ ...UPLOAD, received: 5 }))
      .answer('POST /v1/uploads/{id}/finalize', json({ ...UPLOAD, status: 'completed', sha256: SHA256 }));
    return path;
  }

  const SHA256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

  it('hands a file over', async () => {
    const path = prepare();
    expect(await cts('upload', path)).toEqual({
      exitCode: 0,
      stdout: `Upload completed: up-1\nFilename: in.csv\nSize: 5 B\nSHA256: ${SHA256}\n`,
      stderr: '',
    });
    expect(service.current.bodiesAt('POST /v1/uploads')).toEqual([
      { filename: 'in.csv', size: 5, sha256: SHA256 },
    ]);
    expect(service.current.heardAt('PUT /v1/uploads/{id}/content')[0]?.body.toString()).toBe('hello');
    expect(await readJson('upload', path)).toMatchObject({ upload_id: 'up-1', status: 'completed' });
  });

  it('goes on where the service says that it broke off', async () => {
    const path = prepare();
    service.current
      .answer(
        'PUT /v1/uploads/{id}/content',
        (response) => response.destroy(),
        json({ ...UPLOAD, received: 5 }),
      )
      .answer('GET /v1/uploads/{id}', json({ ...UPLOAD, received: 2 }));
    expect(await cts('upload', path)).toMatchObject({ exitCode: 0 });
    const [, second] = service.current.heardAt('PUT /v1/uploads/{id}/content');
    expect(second?.headers['content-range']).toBe('bytes 2-4/5');
    expect(second?.body.toString()).toBe('llo');
  });

  it('shows how far it is', async () => {
    const path = prepare();
    expect((await cts('upload', path, '--progress')).stderr).toBe('100 %  uploading in.csv\n');
  });

  it.each([
    {
      name: 'nope.csv',
      exitCode: 1,
      stderr: /^error FILE_NOT_FOUND: Cannot upload .*: there is no such file\n$/,
    },
    { name: '.', exitCode: 1, stderr: /^error FILE_IS_DIRECTORY: Cannot upload .*: it is no file\. / },
  ])('refuses $name before anything is sent', async ({ name, ...expected }) => {
    const outcome = await cts('upload', join(folder.path, name));
    expect(outcome.exitCode).toBe(expected.exitCode);
    expect(outcome.stderr).toMatch(expected.stderr);
    expect(service.current.heardAt('POST /v1/uploads')).toEqual([]);
  });
});

describe('cts download', () => {
  const DOWNLOAD = {
    id: 'dl-1',
    status: 'queued',
    route: 'a/b',
    dest_root: '/data/downloads',
    total_files: 2,
    downloaded_files: 1,
    skipped_files: 1,
    failed_files: 0,
    received_bytes: 50,
    total_bytes: 100,
    failures: [],
    error: null,
    error_code: null,
  };

  it('starts one', async () => {
    service.current.answer('POST /v1/downloads', json(DOWNLOAD, 202));
    const args = [
      'a/b',
      '--qlogs',
      '--qcameras',
      '--dest',
      'x',
      '--days',
      '3',
      '--parallel',
      '2',
      '--no-resume',
    ];
    expect((await cts('download', ...args)).stdout).toBe('Started download: dl-1\n');
    await cts('download', 'a/b', '--since', '2026-01-01', '--until', '2026-01-02');
    expect(service.current.bodiesAt('POST /v1/downloads')).toEqual([
      {
        ...{ route: 'a/b', file_types: { qlogs: true, qcameras: true }, resume: false },
        ...{ dest_root: 'x', search_days: 3, parallel: 2 },
      },
      { route: 'a/b', file_types: { logs: true }, resume: true, since: '2026-01-01', until: '2026-01-02' },
    ]);
  });

  it('waits for its end', async () => {
    service.current
      .answer('POST /v1/downloads', json(DOWNLOAD, 202))
      .answer(
        'GET /v1/downloads/{id}',
        json({ ...DOWNLOAD, status: 'downloading' }),
        json({ ...DOWNLOAD, status: 'completed' }),
      );
    expect(await cts('download', 'a/b', '--wait')).toEqual({
      exitCode: 0,
      stdout: 'Fetched 1 file, 50 B to /data/downloads; 1 were there.\n',
      stderr: 'Started download: dl-1\n',
    });
  });

  it('tells why it failed', async () => {
    service.current.answer('POST /v1/downloads', json(DOWNLOAD, 202)).answer(
      'GET /v1/downloads/{id}',
      json({
        ...DOWNLOAD,
        status: 'failed',
        failures: [{ file: 'rlog.zst', message: 'gone' }],
        error: 'No token',
        error_code: 'COMMA_TOKEN_MISSING',
      }),
    );
    expect(await cts('download', 'a/b', '--wait')).toEqual({
      exitCode: 5,
      stdout: '',
      stderr: 'Started download: dl-1\nwarning: rlog.zst: gone\nerror COMMA_TOKEN_MISSING: No token\n',
    });
  });
});

describe('cts mon', () => {
  const MONITOR = {
    ...{ id: 'mon-1', monitor_id: 'mon-1', tool_id: 'can_bus_check', status: 'running' },
    ...{ started_at: 't0', stopped_at: null, uptime: null },
  };

  it('tells that there are none yet', async () => {
    service.current
      .answer('GET /v1/monitors', json([]))
      .answer('POST /v1/monitors', problem('MONITOR_NOT_FOUND', 'There are no monitors yet'));
    expect(await cts('mon', 'ls')).toEqual({ exitCode: 0, stdout: '', stderr: 'No monitors yet.\n' });
    expect(await readJson('mon', 'ls')).toEqual([]);
    expect(await cts('mon', 'start', 'x', '-p', 'bus=1')).toMatchObject({
      exitCode: 1,
      stderr: 'error MONITOR_NOT_FOUND: There are no monitors yet\n',
    });
    expect(service.current.bodiesAt('POST /v1/monitors')).toEqual([{ tool_id: 'x', params: { bus: 1 } }]);
  });

  it('handles one', async () => {
    service.current
      .answer('GET /v1/monitors', json([MONITOR]))
      .answer('POST /v1/monitors', json(MONITOR, 201))
      .answer('DELETE /v1/monitors/{id}', json(MONITOR))
      .answer(
        'GET /v1/monitors/{id}',
        json(MONITOR),
        json({ ...MONITOR, status: 'stopped', stopped_at: 't1' }),
      );
    expect((await cts('mon', 'start', 'can_bus_check')).stdout).toBe('Started monitor: mon-1\n');
    expect((await cts('mon', 'ls')).stdout).toMatch(
      /^ID +Tool +Status +Started +Uptime\nmon-1 +can_bus_check +running/,
    );
    expect((await cts('mon', 'stop', 'mon-1')).stdout).toBe('Stopped monitor: mon-1\n');
    expect((await cts('mon', 'stream', 'mon-1')).stdout).toBe('[t0] status: running\n[t1] status: stopped\n');
  });
});
