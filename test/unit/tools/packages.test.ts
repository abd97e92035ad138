import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../../tools/packages.mjs';

const ROOT = { '': { version: '0.1.0' } };
const ZOD = { 'node_modules/zod': { version: '4.6.7' } };
const NATIVE = { 'node_modules/zstd-napi': { version: '0.0.13', optional: true } };

describe('isInstalled', () => {
  it.each([
    { what: 'nothing is installed', wanted: { ...ROOT, ...ZOD }, installed: undefined, expected: false },
    {
      what: 'all is installed',
      wanted: { ...ROOT, ...ZOD, ...NATIVE },
      installed: { ...ZOD, ...NATIVE },
      expected: true,
    },
    { what: 'a package is missing', wanted: { ...ROOT, ...ZOD }, installed: {}, expected: false },
    {
      what: 'an optional one could not be built',
      wanted: { ...ZOD, ...NATIVE },
      installed: ZOD,
      expected: true,
    },
    {
      what: 'a version has changed',
      wanted: ZOD,
      installed: { 'node_modules/zod': { version: '4.6.6' } },
      expected: false,
    },
    {
      what: 'an optional one is there in another version',
      wanted: NATIVE,
      installed: { 'node_modules/zstd-napi': { version: '0.0.12', optional: true } },
      expected: false,
    },
    { what: 'more is installed than wanted', wanted: ZOD, installed: { ...ZOD, ...NATIVE }, expected: true },
  ])('answers $expected when $what', ({ wanted, installed, expected }) => {
    const record = installed === undefined ? undefined : { packages: installed };
    expect(isInstalled({ packages: wanted }, record)).toBe(expected);
  });
});
