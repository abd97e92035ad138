import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { readParameters } from '../../../../server/services/tools/tool-parameters.ts';
import { cruiseControlAnalyzer } from '../../../../server/tools/cruise-control-analyzer/cruise-control-analyzer.ts';
import {
  cruiseParameters,
  toCruiseOptions,
} from '../../../../server/tools/cruise-control-analyzer/cruise-parameters.ts';
import { describeTool } from '../../../../server/tools/tool-manifest.ts';
import { failureOf } from '../../../support/failure.ts';
import { sharedDir } from '../../../support/shared.ts';

const manifest = describeTool(cruiseControlAnalyzer);

/** A parameter as comma-tools describes it. */
interface TheirParameter {
  readonly type: string;
  readonly default: unknown;
  readonly choices: readonly string[] | null;
}

const TYPES: Readonly<Record<string, string>> = {
  str: 'string',
  float: 'number',
  int: 'integer',
  bool: 'boolean',
};

function readCapabilities(): Readonly<Record<string, TheirParameter>> {
  const path = join(sharedDir ?? '', 'golden/api/capabilities.json');
  if (!existsSync(path)) return {};
  const { tools } = JSON.parse(readFileSync(path, 'utf8')) as {
    tools: { id: string; parameters: Record<string, TheirParameter> }[];
  };
  return tools.find(({ id }) => id === 'cruise-control-analyzer')?.parameters ?? {};
}

describe('what comma-tools can be told', () => {
  const theirs = Object.entries(readCapabilities());

  it.skipIf(sharedDir === undefined)('is known', () => {
    expect(theirs).toHaveLength(17);
  });

  it.skipIf(theirs.length === 0).each(theirs)('%s: the same type, default and choices', (name, parameter) => {
    if (name === manifest.input.parameter) return;
    const ours = manifest.parameters.find((each) => each.name === name);
    expect(ours?.type).toBe(TYPES[parameter.type]);
    expect(ours?.default ?? null).toEqual(parameter.default);
    expect(ours?.choices ?? []).toEqual(expect.arrayContaining([...(parameter.choices ?? [])]));
  });
});

describe('what is refused before the run', () => {
  const cases: readonly (readonly [
    reason: string,
    values: ParameterValues,
    parameter: string,
    words: string,
  ])[] = [
    ['a range that is upside down', { speed_min: 57 }, 'speed_min', 'must be at most speed_max, which is 56'],
    ['a negative speed', { speed_min: -1 }, 'speed_min', 'must be at least 0'],
    ['a negative time before markers', { marker_pre: '-1' }, 'marker_pre', 'must be at least 0'],
    ['a negative time after markers', { marker_post: -0.5 }, 'marker_post', 'must be at least 0'],
    ['a negative timeout', { marker_timeout: -1 }, 'marker_timeout', 'must be at least 0'],
    ['a negative margin', { engaged_margin: -1 }, 'engaged_margin', 'must be at least 0'],
    ['another kind of marker', { marker_type: 'horn' }, 'marker_type', "must be one of ['none', 'blinkers'"],
    ['markers by hand without times', { marker_type: 'manual' }, 'marker_times', 'at least one stretch'],
    ['times without markers by hand', { marker_times: '1-2' }, 'marker_times', 'marker_type is blinkers'],
    [
      'a stretch that ends before it begins',
      { marker_type: 'manual', marker_times: ['5-2'] },
      'marker_times',
      '5-2',
    ],
    ['a filter without a bit', { engaged_mode: 'filter' }, 'engaged_bit', 'where engaged_mode is filter'],
    ['a bus without a bit', { engaged_bus: 1 }, 'engaged_bit', 'where engaged_bus is (1)'],
    ['two buses', { engaged_bit: '0:0x146:b43', engaged_bus: 1 }, 'engaged_bus', 'must be 0'],
    ['a bus that cannot be', { engaged_bit: '0x146:b43', engaged_bus: 256 }, 'engaged_bus', 'at most 255'],
    ['a bit that cannot be read', { engaged_bit: '0x146:bit4' }, 'engaged_bit', '"bit4" names no bit'],
    ['a bit in no payload', { engaged_bit: '0x146:b512' }, 'engaged_bit', 'bit 512 is in no payload'],
    ['an address that cannot be', { engaged_bit: '0x12345678A:b1' }, 'engaged_bit', 'is no CAN address'],
    ['a watch that cannot be read', { watch: ['0x146:b1', 'set'] }, 'watch', 'must name a bit of a message'],
    ['no events at all', { max_events: 0 }, 'max_events', 'at least 1'],
  ];

  it.each(cases.map(([reason, values, parameter, words]) => ({ reason, values, parameter, words })))(
    '$reason',
    ({ values, parameter, words }) => {
      const failure = failureOf(() => readParameters(cruiseControlAnalyzer, values));
      expect(failure).toMatchObject({ code: 'INVALID_PARAMETER', details: { parameter } });
      expect(failure.message).toContain(`Parameter '${parameter}'`);
      expect(failure.message).toContain(words);
    },
  );
});

describe('options of the analysis', () => {
  it('are the defaults of comma-tools', () => {
    expect(toCruiseOptions(cruiseParameters.parse({}), 100)).toEqual({
      speedRange: { minMph: 55, maxMph: 56 },
      markers: { type: 'blinkers', preSeconds: 1.5, postSeconds: 1.5, timeoutSeconds: 15, manual: [] },
      engaged: undefined,
      watches: [],
      zeroSeconds: 100,
    });
  });

  it.each(['0x146:b43', '0x146:43', '0x146:B5b4', '0x146:B5.3', '0x146:MSB B20', '2:0x146:b43'])(
    'read the bit %s',
    (engaged_bit) => {
      const { engaged } = toCruiseOptions(cruiseParameters.parse({ engaged_bit, engaged_bus: 2 }), 0);
      expect(engaged).toEqual({
        bit: { arbitrationId: 0x146, bus: 2, bit: 43 },
        mode: 'annotate',
        marginSeconds: 0.5,
      });
    },
  );

  it('read stretches in seconds, and in minutes and seconds', () => {
    const parameters = readParameters(cruiseControlAnalyzer, {
      marker_type: 'manual',
      marker_times: '1:05-1:20.5,3-4',
    });
    expect(toCruiseOptions(cruiseParameters.parse(parameters), 0).markers.manual).toEqual([
      { startSeconds: 65, endSeconds: 80.5 },
      { startSeconds: 3, endSeconds: 4 },
    ]);
  });
});
