import { describe, expect, it } from 'vitest';
import {
  getSettingField,
  RETIRED_SETTINGS,
  SETTING_FIELDS,
  type SettingField,
  type SettingKey,
} from '../../server/services/service/setting-fields.ts';
import { PrometheusMetrics } from '../../server/adapters/metrics/service-metrics.ts';
import { fakeMachine } from '../support/fake-machine.ts';
import { parsePrometheusText } from '../support/prometheus-text.ts';
import { readRepositoryFile } from '../support/repository.ts';

const page = readRepositoryFile('docs/CONFIGURATION.md');
const KEYS = Object.keys(SETTING_FIELDS) as SettingKey[];

/** A row of the tables of settings, as the code would write it. */
function writeRow(key: SettingKey): string {
  const field = getSettingField(key);
  const aliases = (field.aliases ?? []).map((name) => `\`CTS_${name.toUpperCase()}\``);
  const cells = [
    `\`${key}\``,
    describeValues(field),
    describeDefault(field),
    field.summary,
    aliases.join(', '),
  ];
  return `| ${cells.join(' | ')} |`.replace('|  |', '| |');
}

function describeValues({ kind, choices, minimum, maximum }: SettingField): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (minimum === undefined) return kind === 'secrets' ? 'list' : kind === 'paths' ? 'list of paths' : kind;
  return maximum === undefined ? `${kind}, ${minimum} or more` : `${kind}, ${minimum} to ${maximum}`;
}

function describeDefault(field: SettingField): string {
  if (field.default === undefined) return '';
  const text = Array.isArray(field.default) ? field.default.join(',') : String(field.default);
  return text === '' ? 'none' : `\`${text}\``;
}

describe('docs/CONFIGURATION.md', () => {
  it('lists every setting with its values, default, meaning and other names, in the order of the code', () => {
    const rows = page.split('\n').filter((line) => /^\| `[a-z]/.test(line) && line.split('|').length === 7);
    expect(rows).toEqual(KEYS.map(writeRow));
  });

  it.each(Object.keys(RETIRED_SETTINGS))('tells that %s of comma-tools has no effect', (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  it('lists every metric with its labels', async () => {
    const metrics = new PrometheusMetrics({ toolIds: [], routes: [], machine: fakeMachine() });
    const families = parsePrometheusText(await metrics.prometheusText());
    expect(
      [...families.keys()].filter((name) => !new RegExp(`\`${name}(\\{[a-z_,]+\\})?\``).test(page)),
    ).toEqual([]);
    const documented = new Set(page.match(/(?<=`)cts_\w+/g));
    expect([...documented].filter((name) => !families.has(name))).toEqual([]);
  });
});
