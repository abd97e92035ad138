import { describe, expect, it } from 'vitest';
import { describeDistribution } from '../../../../bench/service/distribution.ts';
import { renderServiceReport, type ServiceReport } from '../../../../bench/service/service-report.ts';

const REPORT: ServiceReport = {
  command: 'npm run bench -- service',
  machine: {
    processor: 'Processor',
    cores: 2,
    memoryBytes: 8 * 2 ** 30,
    system: 'Linux 6',
    node: 'v24.0.0',
    zstd: undefined,
  },
  log: 'a minute of driving (real)',
  findings: {
    commands: {
      times: [
        { id: 'bare-node', times: describeDistribution([40]) },
        { id: 'cts-version', times: describeDistribution([60]) },
      ],
    },
    endurance: { times: [], amounts: [{ id: 'endurance-peak', value: 1234.4 }] },
  },
  goals: [{ promise: 'peak memory', limit: 200, unit: 'MB', value: 1234.4 }],
  wrongs: ['lines missing: 3'],
};

describe('renderServiceReport', () => {
  it('has a table for each part that was measured, the goals, and what is wrong', () => {
    expect(renderServiceReport(REPORT)).toBe(`Command: \`npm run bench -- service\`

Machine: Processor, 2 cores, 8 GiB, Linux 6, Node v24.0.0, zstd not found; the runs under load read a minute of driving (real)

### Commands of \`cts\`

|                                | count | min ms | median ms | p95 ms | p99 ms | max ms | to bare node |
| ------------------------------ | ----: | -----: | --------: | -----: | -----: | -----: | -----------: |
| \`node -e 0\`, whole process     |     1 |   40.0 |      40.0 |   40.0 |   40.0 |   40.0 |         1.00 |
| \`cts --version\`, whole process |     1 |   60.0 |      60.0 |   60.0 |   60.0 |   60.0 |         1.50 |

### 500 runs in a row

|                             |    found |
| --------------------------- | -------: |
| memory of the service, peak | 1,234 MB |

### Goals of the service

| goal        | at most | measured |      |
| ----------- | ------: | -------: | ---: |
| peak memory |  200 MB |  1234 MB | FAIL |

### Wrong

- lines missing: 3`);
  });
});
