import { describe, expect, it } from 'vitest';
import { writeExportCommand } from '../../../../../webviews/log/signals/export-command.ts';
import { makeSeries, makeSignalSeries } from '../../../../support/fake-series-log.ts';

describe('writeExportCommand', () => {
  it('names fields, signals, databases and the range', () => {
    const command = writeExportCommand({
      path: '/logs/a drive.rlog',
      series: [makeSeries({ key: 'pandaStates[0].voltage' }), makeSignalSeries('SPEED')],
      range: { from: 1.23456, to: 2 },
      databases: new Map([
        [0, '/dbc/toyota.dbc'],
        [1, '/dbc/unused.dbc'],
      ]),
    });
    expect(command).toBe(
      "cts run signals-export --path '/logs/a drive.rlog' -p 'fields=pandaStates[0].voltage' " +
        '-p signals=0:STEER_TORQUE_SENSOR.SPEED -p dbc=0=/dbc/toyota.dbc -p time_from=1.235 -p time_to=2 --wait',
    );
  });

  it('says nothing of what is not there, and lets no name become a command', () => {
    const series = [makeSeries({ key: "x'; rm -rf ~" })];
    expect(writeExportCommand({ path: '/l', series, range: null, databases: new Map() })).toBe(
      "cts run signals-export --path /l -p 'fields=x'\\''; rm -rf ~' --wait",
    );
  });
});
