import { describe, expect, it } from 'vitest';
import type { EventToWrite } from '../../../../../server/adapters/capnp/event-writer.ts';
import { describeLog } from '../../../../../server/services/logs/log-info.ts';
import { makeLog } from '../../../../support/log-builder.ts';
import { fileOf } from '../../../../support/memory-logs.ts';
import { OpenSessions } from '../../../../support/open-sessions.ts';
import { FIRST_SEGMENT, SECOND_SEGMENT } from '../../../../support/small-drive.ts';

const at = (seconds: number, service: string, value: EventToWrite['value'] = {}): EventToWrite => ({
  ...{ logMonoTime: BigInt(Math.round((100 + seconds) * 1e9)), service, value },
});
const floats = ({ base64 }: { readonly base64: string }): readonly number[] => [
  ...new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer),
];

const DRIVE: readonly EventToWrite[] = [
  at(0, 'carState', { vEgo: 1, steeringPressed: false }),
  at(1, 'carState', { vEgo: 3, steeringPressed: true }),
  at(2, 'carState', { vEgo: 2, steeringPressed: false }),
  at(0, 'selfdriveState', { enabled: false }),
  at(1, 'selfdriveState', {
    enabled: true,
    alertStatus: 'critical',
    alertText1: 'TAKE CONTROL',
    alertText2: 'now',
  }),
  at(3, 'selfdriveState', { enabled: false }),
  at(2.5, 'userBookmark'),
  at(0, 'pandaStates', [{ canState0: { totalErrorCnt: 4 } }]),
  at(1, 'pandaStates', [{ canState0: { totalErrorCnt: 9 } }]),
  at(2, 'pandaStates', [{ canState0: { totalErrorCnt: 9, busOff: true } }]),
  at(4, 'pandaStates', [{ canState0: { totalErrorCnt: 9 } }]),
  at(3, 'thumbnail', { thumbnail: Uint8Array.of(0xff, 0xd8, 1, 2) }),
  at(4, 'errorLogMessage', '{"msg":"broken","level":"ERROR"}'),
];

async function open(events: readonly EventToWrite[] = DRIVE) {
  const sessions = new OpenSessions({ drive: fileOf(makeLog(events)) });
  const { session } = await sessions.openWhole();
  return { sessions, session };
}

describe('the overview of a log', () => {
  it('tells what logs/info tells', async () => {
    const { sessions, session } = await open(FIRST_SEGMENT);
    const { info } = await sessions.ask('sessions/overview', { session });
    const source = await sessions.logs.locate('drive');
    expect(info).toEqual(await describeLog(source, { path: 'drive' }, {}));
  });

  it('tells when what held', async () => {
    const { sessions, session } = await open();
    const { bands, engagedSeconds, drivingSeconds } = await sessions.ask('sessions/overview', { session });
    expect(bands.engaged).toEqual([{ from: 1, to: 3 }]);
    expect(bands.alerts).toEqual([{ from: 1, to: 3, severity: 'critical', label: 'TAKE CONTROL: now' }]);
    expect(bands.driverSteering).toEqual([{ from: 1, to: 2 }]);
    expect(bands.userFlags).toEqual([2.5]);
    expect(bands.canErrors).toEqual([
      { from: 1, to: 1, label: 'bus 0: 5 errors' },
      { from: 2, to: 4, label: 'bus 0 off' },
    ]);
    expect(bands.textErrors).toEqual([4]);
    expect(bands.gaps.at(-1)).toEqual({ from: 3, to: 4 });
    expect([engagedSeconds, drivingSeconds]).toEqual([2, 2]);
  });

  it('finds engagement and alerts of older logs in controlsState', async () => {
    const { sessions, session } = await open([
      at(0, 'controlsState', { deprecated: { enabled: true, alertText1: 'Old' } }),
      at(1, 'controlsState', {}),
    ]);
    const { bands } = await sessions.ask('sessions/overview', { session });
    expect(bands.engaged).toEqual([{ from: 0, to: 1 }]);
    expect(bands.alerts).toEqual([{ from: 0, to: 1, severity: 'normal', label: 'Old' }]);
  });

  it('draws speed, least and greatest per column', async () => {
    const { sessions, session } = await open();
    const { speed } = await sessions.ask('sessions/overview', { session, columns: 2 });
    expect(speed?.columns).toBe(2);
    expect(floats(speed?.low ?? { base64: '' })).toEqual([1, 2]);
    expect(floats(speed?.high ?? { base64: '' })).toEqual([3, 2]);
  });

  it('lists pictures and gives them', async () => {
    const { sessions, session } = await open();
    const { thumbnails, textErrors, textErrorCount } = await sessions.ask('sessions/overview', { session });
    expect(thumbnails).toEqual([{ index: 11, seconds: 3, service: 'thumbnail' }]);
    expect(await sessions.ask('sessions/thumbnail', { session, index: 11 })).toEqual({
      contentType: 'image/jpeg',
      bytes: { base64: Buffer.from([0xff, 0xd8, 1, 2]).toString('base64') },
    });
    await expect(sessions.ask('sessions/thumbnail', { session, index: 0 })).rejects.toThrow(/no picture/);
    expect(textErrors).toEqual([{ index: 12, seconds: 4, text: 'broken' }]);
    expect(textErrorCount).toBe(1);
  });

  it('tells which segments are missing, and which service fell silent', async () => {
    const can = Array.from({ length: 300 }, (_, i) => at(i < 150 ? i / 100 : 2 + i / 100, 'can', []));
    const sessions = new OpenSessions({
      drive: { segments: { 0: makeLog([...can, at(5, 'carState', {})]), 3: makeLog(SECOND_SEGMENT) } },
    });
    const { session } = await sessions.openWhole();
    const { findings, bands } = await sessions.ask('sessions/overview', { session });
    expect(bands.missingSegments).toEqual([{ from: 5, to: 60, label: 'segment 1–2' }]);
    expect(findings[0]).toMatchObject({ kind: 'missing', severity: 'warning', atSeconds: 5 });
    expect(findings.map(({ kind }) => kind)).toContain('gap');
  });
});

describe('the activity of a log', () => {
  it('counts the events of each service over time', async () => {
    const { sessions, session } = await open();
    const { services } = await sessions.ask('sessions/activity', { session, columns: 4 });
    const speed = services.find(({ service }) => service === 'carState');
    const bytes = Uint8Array.from(Buffer.from(speed?.counts.base64 ?? '', 'base64'));
    expect([...new Uint32Array(bytes.buffer)]).toEqual([1, 1, 1, 0]);
    expect(speed?.bytes).toBeGreaterThan(0);
  });
});
