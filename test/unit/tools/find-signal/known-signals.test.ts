import { describe, expect, it } from 'vitest';
import { findSignal } from '../../../../server/tools/find-signal/find-signal.ts';
import { makeLog } from '../../../support/log-builder.ts';
import { openMemoryLog } from '../../../support/memory-log.ts';
import { runTool, textInput } from '../../../support/tool-run.ts';

/** A speed that rises and falls, in km/h with two decimals, big-endian in the first two bytes. */
function speedAt(seconds: number): number {
  return 60 + 20 * Math.sin(seconds / 3) + 5 * Math.sin(seconds * 1.7);
}

function makeDrive(): ReturnType<typeof openMemoryLog> {
  const events = Array.from({ length: 1000 }, (_, i) => i / 50).flatMap((seconds) => {
    const raw = Math.round(100 * speedAt(seconds));
    const logMonoTime = BigInt(Math.round((50 + seconds) * 1e9));
    const dat = Uint8Array.of(raw >> 8, raw & 0xff, 0, 0, 0, 0, 0, 0);
    return [
      { logMonoTime, service: 'can', value: [{ address: 0x1a0, src: 0, dat }] },
      { logMonoTime, service: 'carState', value: { vEgo: speedAt(seconds) / 3.6 } },
    ];
  });
  return openMemoryLog('drive.rlog', makeLog(events));
}

describe('find-signal with databases', () => {
  it.each([
    ['the same bits', 'SG_ SPEED : 7|16@0+ (1,0) [0|0] "" XXX', 'MOTION.SPEED'],
    ['some of its bits', 'SG_ SPEED : 7|12@0+ (1,0) [0|0] "" XXX', 'MOTION.SPEED (12 of its 12 bits)'],
    ['other bits', 'SG_ OTHER : 16|8@1+ (1,0) [0|0] "" XXX', 'MOTION, no signal there'],
    ['none of the message', '', null],
  ])('names what a database has there: %s', async (_, signal, known) => {
    const message = signal === '' ? 'BO_ 7 OTHER: 8 XXX' : `BO_ 416 MOTION: 8 XXX\n ${signal}`;
    const run = await runTool(findSignal, {
      input: await makeDrive(),
      files: { dbc: [textInput('car.dbc', `${message}\n`)] },
      parameters: { field: 'carState.vEgo', dbc: 'car.dbc', buses: '0' },
    });
    const [best] = JSON.parse(String(run.files.get('candidates.json'))) as unknown[];
    expect(best).toMatchObject({ dbc: '7|16@0+', known });
    expect(run.lines.at(-1)?.includes(`(${String(known)})`)).toBe(known !== null);
    expect(String(run.files.get('find-signal.report.html'))).toContain('Known as');
  });
});
