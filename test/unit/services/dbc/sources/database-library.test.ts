import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import {
  createDatabaseLibrary,
  type SearchableLibrary,
} from '../../../../../server/services/dbc/sources/database-library.ts';
import { MemoryDbcFiles } from '../../../../support/memory-dbc-files.ts';

const { signal } = new AbortController();

const CHECKOUT = {
  '/opendbc/opendbc/dbc/plain.dbc': 'BO_ 1 PLAIN: 8 X\n',
  '/opendbc/opendbc/dbc/made_generated.dbc': 'BO_ 2 LYING: 8 X\n',
  '/opendbc/opendbc/dbc/generator/brand/made.dbc': 'BO_ 3 TEMPLATE: 8 X\n',
  '/opendbc/opendbc/dbc/generator/brand/car.dbc': 'CM_ "IMPORT _common.dbc";\nBO_ 4 OWN: 8 X\n',
  '/opendbc/opendbc/dbc/generator/brand/_common.dbc': 'BO_ 5 COMMON: 8 X\n',
  '/opendbc/opendbc/dbc/generator/hyundai/hyundai_kia_mando_front_radar.py': '# makes a radar\n',
  '/opendbc/opendbc/dbc/generator/brand/unknown.py': '# makes something\n',
  '/opendbc/opendbc/dbc/generator/brand/radar_common.py': '# for others\n',
};

function open(files: MemoryDbcFiles, ...searchPaths: readonly string[]): SearchableLibrary {
  return createDatabaseLibrary(files, { searchPaths });
}

async function namesOf(library: SearchableLibrary, name: string, places = {}): Promise<readonly string[]> {
  const { database } = await library.open(name, places, signal);
  return database.messages.map((message) => message.name);
}

describe('opening a database', () => {
  it('finds it by its full path', async () => {
    const library = open(new MemoryDbcFiles({ '/any/My Car.DBC': 'BO_ 1 A: 8 X\n' }));
    const opened = await library.open('/any/My Car.DBC', {}, signal);
    expect(opened).toMatchObject({
      name: 'My Car',
      path: '/any/My Car.DBC',
      encoding: 'ascii',
      madeFrom: [],
    });
    expect(opened.database.messages[0]?.name).toBe('A');
  });

  it('finds it from the folder of the project, and from search paths', async () => {
    const files = new MemoryDbcFiles({ '/p/dbc/a.dbc': 'BO_ 1 A: 8 X\n', '/s/b.dbc': 'BO_ 1 B: 8 X\n' });
    const library = open(files, '/s');
    expect(await namesOf(library, 'dbc/a.dbc', { projectFolder: '/p' })).toEqual(['A']);
    expect(await namesOf(library, 'b.dbc', { projectFolder: '/p' })).toEqual(['B']);
  });

  it('finds it by name below a search path, the first that has it', async () => {
    const files = new MemoryDbcFiles({
      '/s/deep/a.dbc': 'BO_ 1 DEEP: 8 X\n',
      '/t/a.dbc': 'BO_ 1 OTHER: 8 X\n',
    });
    expect(await namesOf(open(files, '/s'), 'a')).toEqual(['DEEP']);
    expect(await namesOf(open(files, '/s'), 'A.dbc')).toEqual(['DEEP']);
    expect(await namesOf(open(files, '/s'), 'a', { searchPaths: ['/t'] })).toEqual(['OTHER']);
  });

  it('looks below the search paths of the project, too', async () => {
    const files = new MemoryDbcFiles({
      '/p/.cts/dbc.json': '{"searchPaths": ["own"]}',
      '/p/own/x/a.dbc': 'BO_ 1 A: 8 X\n',
    });
    expect(await namesOf(open(files), 'a', { projectFolder: '/p/sub' })).toEqual(['A']);
  });

  it.each([
    ['plain', ['PLAIN'], []],
    ['made_generated', ['LYING'], []],
    ['car_generated', ['COMMON', 'OWN'], ['car.dbc', '_common.dbc']],
    ['car', ['COMMON', 'OWN'], ['car.dbc', '_common.dbc']],
  ])('makes what a checkout would make: %s', async (name, messages, madeFrom) => {
    const library = open(new MemoryDbcFiles(CHECKOUT), '/opendbc');
    const opened = await library.open(name, {}, signal);
    expect([opened.database.messages.map((message) => message.name), opened.madeFrom]).toEqual([
      messages,
      madeFrom,
    ]);
  });

  it.each(['/opendbc', '/opendbc/opendbc', '/opendbc/opendbc/dbc'])(
    'takes a checkout at %s',
    async (path) => {
      const [searched] = await open(new MemoryDbcFiles(CHECKOUT), path).search({}, signal);
      expect(searched).toMatchObject({ path, problem: null });
      expect(searched?.databases.map(({ name, kind }) => [name, kind])).toEqual([
        ['car_generated', 'template'],
        ['hyundai_kia_mando_front_radar_generated', 'scripted'],
        ['made_generated', 'file'],
        ['plain', 'file'],
      ]);
      expect(searched?.notMade.map(({ name }) => name)).toEqual(['unknown_generated']);
    },
  );

  it('makes a radar that a script would make, as long as the script says the same of it', async () => {
    const files = new MemoryDbcFiles(CHECKOUT);
    const library = open(files, '/opendbc');
    const name = 'hyundai_kia_mando_front_radar_generated';
    expect(await namesOf(library, name)).toHaveLength(32);
    files.write(
      '/opendbc/opendbc/dbc/generator/hyundai/hyundai_kia_mando_front_radar.py',
      ' SG_ NEW : 0|8@1+ (1,0) [0|1] "" X',
    );
    await expect(library.open(name, {}, signal)).rejects.toMatchObject({
      code: 'DATABASE_NOT_FOUND',
      message: expect.stringContaining('run generator.py') as string,
    });
  });

  it('expands a template that is named by its path, and leaves a file whose imports are missing as it is', async () => {
    const files = new MemoryDbcFiles({
      ...CHECKOUT,
      '/x/lone.dbc': 'CM_ "IMPORT gone.dbc";\nBO_ 1 A: 8 X\n',
    });
    const library = open(files);
    const template = await library.open('/opendbc/opendbc/dbc/generator/brand/car.dbc', {}, signal);
    expect([template.name, template.madeFrom.length]).toEqual(['car_generated', 2]);
    const lone = await library.open('/x/lone.dbc', {}, signal);
    expect([lone.name, lone.madeFrom, lone.database.imports]).toEqual(['lone', [], ['gone.dbc']]);
  });

  it('tells which names are near, and where it looked', async () => {
    const library = open(new MemoryDbcFiles(CHECKOUT), '/opendbc', '/gone');
    await expect(library.open('plane', {}, signal)).rejects.toMatchObject({
      code: 'DATABASE_NOT_FOUND',
      message:
        'Cannot find the database plane: no file, and no name among 4 in /opendbc and 1 more. Did you mean plain?',
      details: { database: 'plane', nearest: ['plain'], searchPaths: ['/opendbc', '/gone'] },
    });
    await expect(library.open('unknown_generated', {}, signal)).rejects.toMatchObject({
      message: expect.stringContaining('only the script') as string,
    });
  });

  it('says what to do where there is no search path', async () => {
    await expect(open(new MemoryDbcFiles()).open('car', {}, signal)).rejects.toMatchObject({
      code: 'DATABASE_NOT_FOUND',
      actions: [expect.stringContaining('dbc_paths') as string],
    });
  });

  it.each(['INPUT_FORBIDDEN', 'FILE_UNREADABLE'] as const)(
    'passes on that a path may not be read: %s',
    async (code) => {
      const files = new MemoryDbcFiles();
      files.write('/secret/car.dbc', new CtsError(code, 'no'));
      await expect(open(files).open('/secret/car.dbc', {}, signal)).rejects.toMatchObject({ code });
    },
  );

  it.each(['', '\0', '..', '__proto__', 'x'.repeat(5000)])(
    'finds nothing by a name such as %j',
    async (name) => {
      const library = open(new MemoryDbcFiles(CHECKOUT), '/opendbc');
      await expect(library.open(name, {}, signal)).rejects.toBeInstanceOf(CtsError);
    },
  );
});

describe('databases that were read', () => {
  it('are kept, until one of their files changes or goes', async () => {
    const files = new MemoryDbcFiles(CHECKOUT);
    const library = open(files, '/opendbc');
    const common = '/opendbc/opendbc/dbc/generator/brand/_common.dbc';
    const first = await library.open('car_generated', {}, signal);
    expect(await library.open('car_generated', {}, signal)).toBe(first);
    files.write(common, 'BO_ 6 CHANGED: 8 X\n');
    expect(await namesOf(library, 'car_generated')).toEqual(['CHANGED', 'OWN']);
    files.remove(common);
    expect(await namesOf(library, 'car_generated')).toEqual(['OWN']);
    files.write(common, 'BO_ 7 BACK: 8 X\n');
    expect(await namesOf(library, 'car_generated')).toEqual(['BACK', 'OWN']);
    files.write(common, new CtsError('FILE_UNREADABLE', 'permission denied'));
    expect(await namesOf(library, 'car_generated')).toEqual(['OWN']);
  });

  it('are read again where they change while they are read', async () => {
    const files = new MemoryDbcFiles({ '/a.dbc': 'BO_ 1 OLD: 8 X\n' });
    const read = files.read.bind(files);
    let times = 0;
    files.read = async (path, abort) => {
      const file = await read(path, abort);
      if (times++ === 0) files.write('/a.dbc', 'BO_ 1 NEW: 8 X\n');
      return file;
    };
    expect(await namesOf(open(files), '/a.dbc')).toEqual(['NEW']);
    expect(times).toBe(2);
  });

  it('are taken as they were last where they never rest', async () => {
    const files = new MemoryDbcFiles({ '/a.dbc': '' });
    const read = files.read.bind(files);
    let times = 0;
    files.read = async (path, abort) => {
      files.write('/a.dbc', `BO_ 1 V${String(++times)}: 8 X\n`);
      return read(path, abort);
    };
    expect(await namesOf(open(files), '/a.dbc')).toEqual(['V3']);
  });
});

describe('search paths', () => {
  it('say why nothing could be looked for', async () => {
    const files = new MemoryDbcFiles({ '/file': '', '/ok/a.dbc': '' });
    const searched = await open(files, '/gone', '/file', '/ok').search({}, signal);
    expect(searched.map(({ path, problem, databases }) => [path, problem, databases.length])).toEqual([
      ['/gone', 'it cannot be found', 0],
      ['/file', 'it is a file, not a folder', 0],
      ['/ok', null, 1],
    ]);
  });

  it('pass over what cannot be listed', async () => {
    const files = new MemoryDbcFiles({ '/a/x.dbc': '' });
    files.list = () => Promise.reject(new CtsError('FILE_UNREADABLE', 'permission denied'));
    const [searched] = await open(files, '/a').search({}, signal);
    expect(searched).toMatchObject({ problem: 'permission denied', databases: [] });
  });
});

describe('messages of a database without parsing it', () => {
  it('are read once for as long as the file rests, and passed over where it cannot be read', async () => {
    const files = new MemoryDbcFiles({ '/a/x.dbc': 'BO_ 7 A: 3 X\n' });
    const library = open(files, '/a');
    const found = await library.find('x', {}, signal);
    expect([...((await library.outline(found, signal))?.sizes ?? [])]).toEqual([[7, 3]]);
    await library.outline(found, signal);
    expect(files.reads).toHaveLength(1);
    files.write('/a/x.dbc', new CtsError('FILE_TOO_LARGE', 'huge'));
    expect(await library.outline(found, signal)).toBeUndefined();
  });
});
