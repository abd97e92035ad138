import { describe, expect, it } from 'vitest';
import { readCarValues } from '../../../../../../server/core/dbc/sources/cars/car-values.ts';

function read(...lines: readonly string[]): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const cars = readCarValues(lines.join('\n'));
  return Object.fromEntries([...cars].map(([car, databases]) => [car, Object.fromEntries(databases)]));
}

const CLASS = ['class CAR(Platforms):'];

describe('what a values.py says of databases', () => {
  it('is read from a dictionary in the call that declares a car', () => {
    const car =
      '  FAST = SomeConfig([Docs(\'Fast 2020\', "{All}")], CarSpecs(mass=1.0), {Bus.pt: \'fast_pt\', Bus.radar: "far"},)';
    expect(read(...CLASS, car)).toEqual({ FAST: { pt: 'fast_pt', radar: 'far' } });
  });

  it('is read from a call of a function of the file, its parameters put in', () => {
    const cars = read(
      'def dbc_dict(pt, radar):',
      '  return {Bus.pt: pt, Bus.radar: radar}',
      '',
      'def with_radar(pt):',
      "  return {Bus.pt: pt, Bus.radar: 'near'}",
      ...CLASS,
      '  ONE = SomeConfig(  # the first [',
      '    [],',
      "    dbc_dict('one_pt', 'one_radar'),",
      '  )',
      "  TWO = SomeConfig([], with_radar('two_pt'), flags=Flags.A)",
      "  THREE = SomeConfig([], dbc_dict=with_radar('three_pt'))",
    );
    expect(cars).toEqual({
      ONE: { pt: 'one_pt', radar: 'one_radar' },
      TWO: { pt: 'two_pt', radar: 'near' },
      THREE: { pt: 'three_pt', radar: 'near' },
    });
  });

  it('is taken from the class of a car, from one that it is made from, and from what it sets for a flag', () => {
    const cars = read(
      '@dataclass',
      'class BaseConfig(PlatformConfig):',
      "  dbc_dict: DbcDict = field(default_factory=lambda: {Bus.pt: 'base_pt'})",
      '',
      '  def init(self):',
      '    if self.flags & Flags.HYBRID:',
      "      self.dbc_dict = {Bus.pt: 'hybrid_pt'}",
      'class LaterConfig(BaseConfig):',
      '  def init(self):',
      '    super().init()',
      ...CLASS,
      '  PLAIN = LaterConfig([], CarSpecs(1))',
      '  HYBRID = LaterConfig([], CarSpecs(1), flags=Flags.FAST | Flags.HYBRID)',
      "  OWN = BaseConfig([], {Bus.pt: 'own_pt'})",
      '  COPY = OWN.override(car_docs=[])',
    );
    expect(cars).toEqual({
      PLAIN: { pt: 'base_pt' },
      HYBRID: { pt: 'hybrid_pt' },
      OWN: { pt: 'own_pt' },
      COPY: { pt: 'own_pt' },
    });
  });

  it('may name constants of a class', () => {
    const cars = read(
      'class RADAR:',
      "  NEAR = 'near_radar'",
      'class Config(PlatformConfig):',
      '  dbc_dict: DbcDict = field(default_factory=lambda: {',
      "    Bus.pt: 'pt',",
      '    Bus.radar: RADAR.NEAR,',
      '  })',
      ...CLASS,
      '  ONE = Config([])',
    );
    expect(cars).toEqual({ ONE: { pt: 'pt', radar: 'near_radar' } });
  });

  it('is read from the table of an older file, by the text that stands in logs', () => {
    const cars = read(
      'class CAR(StrEnum):',
      '  RAV4 = "TOYOTA RAV4 2017"',
      'DBC = {',
      "  CAR.RAV4: dbc_dict('new_mc', 'adas'),  # as driven",
      "  CAR.OTHER: dbc_dict('other', None, 'chassis'),",
      '}',
    );
    expect(cars).toEqual({
      'TOYOTA RAV4 2017': { pt: 'new_mc', radar: 'adas' },
      OTHER: { pt: 'other', chassis: 'chassis' },
    });
  });

  it.each([
    ['nothing', ''],
    ['brackets that never close', 'class CAR(Platforms):\n  A = Config([{(('],
    ['a class made from itself', 'class A(A):\n  x = 1\nclass CAR(Platforms):\n  C = A([])'],
    ['a car that overrides itself', 'class CAR(Platforms):\n  A = A.override(docs=[])'],
    ['a function that calls itself', 'def f(x):\n  return f(x)\nclass CAR(Platforms):\n  A = C([], f("a"))'],
    ['a quote that never closes', "class CAR(Platforms):\n  A = C([], {Bus.pt: 'a"],
    ['a name of every object', 'class CAR(__proto__):\n  __proto__ = constructor(["a"])'],
  ])('is passed over where it makes no sense: %s', (_, text) => {
    expect(read(text)).toEqual({});
  });

  it('is read in a moment even from what is no Python', () => {
    const started = performance.now();
    readCarValues('(["\\'.repeat(5_000));
    readCarValues("class CAR(P):\n  A = C('".repeat(5_000));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
