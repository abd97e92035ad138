import { describe, expect, it } from 'vitest';
import { listRepositoryFiles, readRepositoryFile } from '../support/repository.ts';

const LONGEST_FILE_LINES = 300;

/** Files that are longer, each with its reason. Files written by a script are not counted. */
const LONGER_WITH_REASON: Readonly<Record<string, string>> = {
  'test/unit/adapters/files/log-locator.test.ts': 'every form of folder and name, and every way they fail',
  'test/unit/core/rlog/route-name.test.ts': 'every spelling of a route, one row each',
  'test/unit/core/schema/event-object.test.ts': 'every kind of value and every damage of the one decoder',
};

const WRITTEN_BY_A_SCRIPT = /^server\/core\/schema\/tables\//;
const ROOMS =
  /^server\/(protocol|core|tools|services|adapters|transports)\/|^server\/main-[a-z-]+\.ts$|^server\/tsconfig\.json$/;
const SAYS_NOTHING = /(^|[-./])(utils?|helpers?|common|misc|manager)([-./]|$)/;

const code = listRepositoryFiles().filter(
  (path) => /\.(ts|mts|mjs|js)$/.test(path) && !path.startsWith('test/fixtures/'),
);

describe('source files', () => {
  it(`have at most ${LONGEST_FILE_LINES} lines, or a reason`, () => {
    const written = code.filter((path) => !WRITTEN_BY_A_SCRIPT.test(path));
    const longer = written.filter(
      (path) => readRepositoryFile(path).split('\n').length - 1 > LONGEST_FILE_LINES,
    );
    expect(longer).toEqual(Object.keys(LONGER_WITH_REASON));
  });

  it('have kebab-case names', () => {
    const names = code.map((path) => path.replace(/^.*\//, '').replace(/^\./, ''));
    expect(names.filter((name) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  it('are named after what they yield', () => {
    expect(code.filter((path) => SAYS_NOTHING.test(path))).toEqual([]);
  });

  it('of the server stand in a room that has import rules', () => {
    const server = listRepositoryFiles().filter((path) => path.startsWith('server/'));
    expect(server.filter((path) => !ROOMS.test(path))).toEqual([]);
  });

  it('leave barrels to the protocol', () => {
    const barrels = code.filter((path) => path.startsWith('server/') && path.endsWith('/index.ts'));
    expect(barrels).toEqual(['server/protocol/index.ts']);
  });
});
