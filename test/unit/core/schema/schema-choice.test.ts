import { describe, expect, it } from 'vitest';
import {
  chooseSchema,
  listSchemas,
  type LogWriter,
  type SchemaChoice,
  openSchema,
} from '../../../../server/core/schema/schema-choice.ts';
import { failureOf } from '../../../support/failure.ts';

const MAINLINE: LogWriter = {
  version: '0.10.0',
  gitRemote: 'https://github.com/commaai/openpilot.git',
  gitBranch: 'release3',
};

describe('chooseSchema', () => {
  it.each<readonly [string, Partial<LogWriter>, SchemaChoice]>([
    ['a release', {}, { id: 'v0.10.0', reason: 'written by openpilot 0.10.0' }],
    [
      'a release build',
      { version: '0.8.16-release' },
      { id: 'v0.8.16', reason: 'written by openpilot 0.8.16-release' },
    ],
    ['four numbers', { version: '0.7.6.1' }, { id: 'v0.7.6.1', reason: 'written by openpilot 0.7.6.1' }],
    [
      'between releases',
      { version: '0.9.10' },
      { id: 'v0.9.9', reason: 'version 0.9.10 is no release; v0.9.9 is the nearest' },
    ],
    [
      'before all releases',
      { version: '0.0.1' },
      { id: 'v0.1', reason: 'version 0.0.1 is no release; v0.1 is the nearest' },
    ],
    [
      'the future',
      { version: '0.99.0' },
      { id: 'newest', reason: 'version 0.99.0 is newer than every known release' },
    ],
    ['no version', { version: '' }, { id: 'newest', reason: 'version "" is no openpilot release' }],
    [
      'FrogPilot',
      { gitRemote: 'git@github.com:FrogAi/FrogPilot.git' },
      { id: 'frogpilot-2024-10', reason: 'written by a build of frogai/frogpilot' },
    ],
    [
      'StarPilot',
      { gitRemote: 'https://github.com/firestar5683/StarPilot/' },
      { id: 'starpilot-2025-03', reason: 'written by a build of firestar5683/starpilot' },
    ],
    [
      'sunnypilot',
      { gitRemote: 'https://github.com/sunnypilot/sunnypilot.git' },
      { id: 'sunnypilot-2026.003', reason: 'written by a build of sunnypilot/sunnypilot' },
    ],
    [
      'a fork of sunnypilot',
      { gitRemote: 'https://github.com/chinna244/zoompilot' },
      { id: 'sunnypilot-2026.003', reason: 'written by a build of chinna244/zoompilot' },
    ],
    [
      'infiniteCable',
      { gitRemote: 'https://github.com/infiniteCable2/openpilot' },
      { id: 'infinitecable-2026-08', reason: 'written by a build of infinitecable2/openpilot' },
    ],
    [
      'carrot',
      { gitRemote: 'https://github.com/ajouatom/openpilot' },
      { id: 'carrot2-2024-10', reason: 'written by a build of ajouatom/openpilot' },
    ],
    [
      'a branch without a remote',
      { gitRemote: '', gitBranch: 'StarPilot' },
      { id: 'starpilot-2025-03', reason: 'written by branch StarPilot' },
    ],
    [
      'a remote without an owner',
      { gitRemote: 'lab' },
      { id: 'v0.10.0', reason: 'written by openpilot 0.10.0' },
    ],
  ])('knows %s', (_, writer, choice) => {
    expect(chooseSchema({ ...MAINLINE, ...writer })).toEqual(choice);
  });

  it('takes the newest for a log that says nothing', () => {
    expect(chooseSchema(undefined)).toEqual({ id: 'newest', reason: 'the log does not say what wrote it' });
  });

  it('lets the user decide', () => {
    expect(chooseSchema(MAINLINE, '0.8.16')).toEqual({ id: 'v0.8.16', reason: 'chosen by the user' });
    expect(failureOf(() => chooseSchema(MAINLINE, 'frogpilot'))).toEqual({
      code: 'SCHEMA_NOT_FOUND',
      actions: [],
      message: 'No schema "frogpilot". Did you mean frogpilot-2024-10?',
      details: { schema: 'frogpilot', nearest: ['frogpilot-2024-10'] },
    });
  });
});

describe('openSchema', () => {
  it('opens every schema that is listed, with names for all services', () => {
    const ids = listSchemas().map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(['newest', 'master-2026-08-14', 'v0.11.1']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      const schema = openSchema(id);
      expect([schema.id, schema.serviceName(4), schema.findService('sendcan').tag]).toEqual([id, 'can', 16]);
    }
  });

  it('shows the services and slots of a fork', () => {
    const frogpilot = openSchema('frogpilot-2024-10');
    expect(frogpilot.serviceName(107 - 2)).toBe('frogpilotCarControl');
    const fields = (id: string, struct: string) => {
      const schema = openSchema(id);
      return schema.struct(schema.findStruct(struct)).fields.map(({ name }) => name);
    };
    expect(fields('carrot2-2024-10', 'CarState')).toContain('logCarrot');
    expect(fields('newest', 'CarState')).not.toContain('logCarrot');
  });
});
