import { describe, expect, it } from 'vitest';
import { listDisagreements } from '../../../bench/agreement.ts';
import type { RowResult } from '../../../bench/rounds.ts';

const WALL = { count: 1, minimum: 1, median: 1 };
const FOUND = {
  wallMs: [1],
  cpuMs: [1],
  rawBytes: 100,
  events: 10,
  frames: 20,
  csvBytes: 0,
  peakRssBytes: 1,
};
const PEER: RowResult = {
  id: 'peer-can',
  reference: undefined,
  wall: WALL,
  cpu: undefined,
  peakRssBytes: 1,
  report: FOUND,
};

function disagreements(...rows: readonly RowResult[]): readonly string[] {
  return listDisagreements({ input: { id: 'minute', label: 'Minute', files: [] }, rows });
}

describe('listDisagreements', () => {
  it('is silent where both sides found the same, however long it took them', () => {
    const row: RowResult = {
      ...PEER,
      id: 'cts-can-streamed',
      reference: 'peer-can',
      report: { ...FOUND, wallMs: [9], peakRssBytes: 2 },
    };
    expect(disagreements(PEER, row)).toEqual([]);
  });

  it('names each finding that differs', () => {
    const row: RowResult = {
      ...PEER,
      id: 'cts-can-streamed',
      reference: 'peer-can',
      report: { ...FOUND, events: 9, frames: 19 },
    };
    expect(disagreements(PEER, row)).toEqual([
      'Minute: CTS, CAN to columns, streamed has events 9, C++ peer, CAN to columns 10',
      'Minute: CTS, CAN to columns, streamed has frames 19, C++ peer, CAN to columns 20',
    ]);
  });

  it('has nothing to say where the peer was not run, or a row reports nothing', () => {
    const row: RowResult = { ...PEER, id: 'cts-can-streamed', reference: 'peer-can' };
    expect(disagreements(row)).toEqual([]);
    expect(disagreements(PEER, { ...row, report: undefined })).toEqual([]);
  });
});
