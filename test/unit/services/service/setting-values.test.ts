import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  getSettingField,
  SETTING_FIELDS,
  type SettingKey,
} from '../../../../server/services/service/setting-fields.ts';
import { readSettingText, readSettingValue } from '../../../../server/services/service/setting-values.ts';
import { sharedDir } from '../../../support/shared.ts';

const KEYS = Object.keys(SETTING_FIELDS) as SettingKey[];

describe('readSettingText', () => {
  it.each([
    ['port', ' 5 ', 5],
    ['tool_timeout_seconds', '1.5', 1.5],
    ['debug', 'Yes', true],
    ['debug', 'on', true],
    ['debug', '0', false],
    ['log_level', 'warning', 'WARNING'],
    ['allowed_hosts', '["a","b"]', ['a', 'b']],
    ['allowed_hosts', ' a, ,b ', ['a', 'b']],
    ['api_keys', 'one\ntwo\n', ['one', 'two']],
    ['allowed_hosts', '', []],
  ] as const)('reads %s from "%s"', (key, text, value) => {
    expect(readSettingText(key, text)).toEqual({ value });
  });

  it.each([
    ['port', 'x', false],
    ['port', '1.5', false],
    ['port', '-1', true],
    ['port', '99999999999999999999', false],
    ['debug', 'perhaps', false],
    ['environment', 'prod', false],
    ['allowed_hosts', '{"a":1}', false],
    ['allowed_hosts', '[1,2]', false],
    ['allowed_hosts', '[1,2],[3]', false],
    ['host', 'a\0b', false],
  ] as const)('refuses %s from "%s"', (key, text, isOutOfRange) => {
    expect(readSettingText(key, text)).toEqual({ expected: expect.any(String) as string, isOutOfRange });
  });

  it('reads any text without failing, and what it reads is a value of the setting', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), fc.string(), (key, text) => {
        const read = readSettingText(key, text);
        if ('value' in read) expect(readSettingValue(key, read.value)).toEqual({ value: read.value });
      }),
    );
  });
});

describe('the defaults', () => {
  it.each(KEYS)('%s is one that may be given', (key) => {
    const field = getSettingField(key);
    if (field.default !== undefined)
      expect(readSettingValue(key, field.default)).toEqual({ value: field.default });
  });
});

/** Settings of each type that comma-tools reads. */
const KEY_OF_TYPE: Readonly<Record<string, SettingKey>> = {
  int: 'port',
  float: 'tool_timeout_seconds',
  bool: 'debug',
  'List[str]': 'allowed_hosts',
  Environment: 'environment',
};

interface GoldenCase {
  readonly args: { readonly value: string; readonly type: string };
  readonly result?: unknown;
}

function readGoldenCases(): readonly GoldenCase[] {
  if (sharedDir === undefined) return [];
  const text = readFileSync(join(sharedDir, 'golden/api/functions.json'), 'utf8');
  return (JSON.parse(text) as { coerce_env_value: readonly GoldenCase[] }).coerce_env_value;
}

describe.skipIf(sharedDir === undefined)('as comma-tools read variables', () => {
  it('gives the same values, and refuses what it refused', () => {
    const cases = readGoldenCases().filter(({ args }) => args.type in KEY_OF_TYPE);
    expect(cases.length).toBeGreaterThan(5);
    for (const { args, result } of cases) {
      const read = readSettingText(KEY_OF_TYPE[args.type] ?? 'port', args.value);
      expect('value' in read ? read.value : undefined).toEqual(result);
    }
  });
});
