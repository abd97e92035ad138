import { describe, expect, it } from 'vitest';
import { choose, makeDbc, makeToyotaDbc, sumToyota, tell } from '../../../../support/dbc-drive.ts';

const IDS = [100, 101, 102, 103, 104];

describe('what fits a bus', () => {
  it('is none of several that explain as much by other messages', async () => {
    const files = { '/dbc/a.dbc': makeDbc([1, 2, 3, 4, 5]), '/dbc/b.dbc': makeDbc([4, 5, 6, 7, 8]) };
    const { buses } = await choose({ files }, { buses: { 0: [1, 2, 3, 4, 5, 6, 7, 8] } });
    expect(tell(buses)).toEqual([[0, undefined, undefined]]);
    expect(buses[0]?.advice).toBe(
      'None of 2 databases is clearly that of bus 0: a explains most, 63 % of the frames. Name one to use it.',
    );
  });

  it('is, of those that know the same messages, the one whose checksums are right', async () => {
    const files = { '/dbc/honda_a.dbc': makeToyotaDbc(IDS), '/dbc/toyota_b.dbc': makeToyotaDbc(IDS) };
    const { buses } = await choose({ files }, { buses: { 0: IDS }, payload: sumToyota });
    expect(tell(buses)).toEqual([[0, 'toyota_b', 'match']]);
  });

  it('is none whose checksums are wrong', async () => {
    const files = { '/dbc/toyota_b.dbc': makeToyotaDbc(IDS) };
    const { buses } = await choose({ files }, { buses: { 0: IDS } });
    expect(tell(buses)).toEqual([[0, undefined, undefined]]);
  });

  it('is one that explains little, where the checksums of its messages are right', async () => {
    const files = { '/dbc/toyota_b.dbc': makeToyotaDbc(IDS) };
    const others = Array.from({ length: 20 }, (_, i) => 500 + i);
    const { buses } = await choose({ files }, { buses: { 2: [...IDS, ...others] }, payload: sumToyota });
    expect(tell(buses)).toEqual([[2, 'toyota_b', 'match']]);
    expect(buses[0]?.advice).toBe(
      '20 % of the frames on bus 2 are known to toyota_b; its checksums are right, the rest are messages that it does not have.',
    );
  });
});

describe('checksums that prove nothing', () => {
  const files = { '/dbc/vw_pq.dbc': makeToyotaDbc(IDS) };
  const others = Array.from({ length: 20 }, (_, i) => 500 + i);

  it('are those of frames of zeros', async () => {
    const { buses } = await choose({ files }, { buses: { 2: [...IDS, ...others] } });
    expect(tell(buses)).toEqual([[2, undefined, undefined]]);
  });
});

describe('what is said of a bus', () => {
  const files = { '/dbc/other_car.dbc': makeDbc([100]), '/dbc/this_car.dbc': makeDbc(IDS) };

  it('is nothing where all is well', async () => {
    expect(
      (await choose({ files }, { buses: { 0: IDS, 128: [9] } })).buses.map(({ advice }) => advice),
    ).toEqual([null, null]);
  });

  it('names the database that explains more', async () => {
    const { buses } = await choose({ files }, { buses: { 0: IDS } }, { databases: [{ path: 'other_car' }] });
    expect(buses[0]?.advice).toBe(
      '20 % of the frames on bus 0 are known to other_car; this_car explains 100 %.',
    );
  });

  it('tells of checksums that are wrong', async () => {
    const toyota = { '/dbc/toyota_car.dbc': makeToyotaDbc(IDS) };
    const { buses } = await choose(
      { files: toyota },
      { buses: { 0: IDS } },
      { databases: [{ path: 'toyota_car' }] },
    );
    expect(buses[0]?.advice).toBe(
      '100 % of the frames on bus 0 are known to toyota_car, and 50 of 50 checksums are wrong; check that it belongs to this car and this bus.',
    );
  });

  it('tells how to get databases where there are none', async () => {
    const { buses } = await choose({}, { buses: { 0: IDS } });
    expect(buses[0]).toMatchObject({
      database: null,
      coverage: { frames: 50, decodedFrames: 0, messages: 5 },
      advice:
        'No database to choose from: name a DBC file for this bus, or a checkout of opendbc in dbc_paths.',
    });
  });

  it('tells which databases of the car are missing', async () => {
    const { buses } = await choose({ files }, { car: 'TOYOTA_RAV4', buses: { 0: [700] } });
    expect(buses[0]?.advice).toBe(
      'opendbc reads this car with toyota_new_mc_pt_generated and toyota_adas, which no search path has. ' +
        'None of 2 databases fits a message of bus 0.',
    );
  });
});
