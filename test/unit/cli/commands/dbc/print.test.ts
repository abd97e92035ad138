import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DbcQuery } from '#protocol';
import { runFakeCts } from '../../../../support/fake-engine.ts';

const CONTENT = 'VERSION ""\r\nCM_ "\u00b0\u001b";\r\n';

function printDatabase(...args: string[]) {
  const asked: DbcQuery[] = [];
  const outcome = runFakeCts(['dbc', 'print', ...args], {
    engine: {
      'dbc/text': (params) => {
        asked.push(params);
        const contentBase64 = Buffer.from(CONTENT).toString('base64');
        return Promise.resolve({ path: '/dbc/car.dbc', name: 'car', madeFrom: ['_base.dbc'], contentBase64 });
      },
    },
  });
  return outcome.then((told) => ({ ...told, asked }));
}

describe('cts dbc print', () => {
  it('writes the bytes of a database as they are', async () => {
    const { exitCode, stdout, asked } = await printDatabase('car', '--opendbc', 'checkout');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: CONTENT });
    expect(asked).toEqual([{ path: 'car', searchPaths: [resolve('checkout')], projectFolder: resolve('.') }]);
  });

  it('tells as JSON where it is from', async () => {
    const { stdout } = await printDatabase('car', '--json');
    expect(JSON.parse(stdout)).toEqual({
      path: '/dbc/car.dbc',
      name: 'car',
      madeFrom: ['_base.dbc'],
      contentBase64: Buffer.from(CONTENT).toString('base64'),
    });
  });
});
