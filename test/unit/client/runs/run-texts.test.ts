import { describe, expect, it } from 'vitest';
import { writeRunDocument } from '../../../../client/runs/run-document.ts';
import { writeLogLine } from '../../../../client/runs/run-log-text.ts';
import { makeRun } from '../../../support/sample-run.ts';

describe('writeRunDocument', () => {
  it('has the same lines in the same order for the same values', () => {
    const first = writeRunDocument(makeRun({ parameters: { b: 2, a: [1, 'x'] } }));
    const second = writeRunDocument(makeRun({ id: 'r2', parameters: { a: [1, 'x'], b: 2 } }));
    expect(first).toBe(second);
    expect(JSON.parse(first)).toEqual({
      tool: 'rlog-to-csv',
      version: '1.0.0',
      input: '/logs/drive.rlog.zst',
      parameters: { a: [1, 'x'], b: 2 },
    });
  });
});

describe('writeLogLine', () => {
  it('has time, level and who said it', () => {
    const entry = {
      sequence: 1,
      timestamp: '2026-11-27T12:00:00.123456Z',
      level: 'WARNING',
      source: 'stderr',
    } as const;
    expect(writeLogLine({ ...entry, message: 'Slow' })).toBe('12:00:00.123 WARNING (stderr) Slow');
  });

  it('shows escape sequences instead of obeying them', () => {
    const entry = { sequence: 1, timestamp: 'now', level: 'INFO', source: 'tool' } as const;
    expect(writeLogLine({ ...entry, message: '\u001b[2Jgone\r\n\tx' })).toBe(
      'now INFO    \ufffd[2Jgone\ufffd\ufffd  x',
    );
  });
});
