import { describe, expect, it } from 'vitest';
import { describeMissingNode, hasBundledNode, isNewEnough } from '../../../tools/node-runtime.mjs';

describe('isNewEnough', () => {
  it.each([
    ['20.20.2', false],
    ['22.14.9', false],
    ['22.15.0', true],
    ['22.21.1', true],
    ['23.0.0', true],
    ['24.21.0', true],
    ['100.0.0', true],
  ])('answers %s with %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});

describe('hasBundledNode', () => {
  it.each([
    ['linux', 'x64', true],
    ['linux', 'arm64', false],
    ['darwin', 'x64', false],
    ['win32', 'x64', false],
  ])('answers %s %s with %s', (platform, architecture, expected) => {
    expect(hasBundledNode(platform, architecture)).toBe(expected);
  });
});

describe('describeMissingNode', () => {
  it('says in one paragraph what is there, what is needed and what to do', () => {
    const text = describeMissingNode('20.20.2');
    expect(text).toMatch(/this is Node 20\.20\.2, and CTS needs Node 22\.15\.0 or newer/);
    expect(text).toMatch(/nvm install 24/);
    expect(text).not.toContain('\n');
  });
});
