import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { describeStatus, OutageWatch } from '../../../../client/backend/backend-words.ts';
import { untranslated } from '../../../../client/translate.ts';

const LOST = { state: 'restarting', reason: new CtsError('SERVER_UNREACHABLE', 'It ended') } as const;

describe('describeStatus', () => {
  it('has an icon and a word for every state', () => {
    const states = [{ state: 'ready' }, { state: 'starting' }, LOST, { state: 'stopped' }] as const;
    expect(states.map((status) => describeStatus(status, undefined, untranslated).text)).toEqual([
      '$(graph-line) CTS',
      '$(loading~spin) CTS: starting',
      '$(loading~spin) CTS: restarting',
      '$(graph-line) CTS',
    ]);
  });

  it('says which CTS answers, and where', () => {
    const describe = (httpUrl: string | null): string =>
      describeStatus({ state: 'ready' }, { ctsVersion: '0.1.0', httpUrl }, untranslated).tooltip;
    expect(describe('http://127.0.0.1:9')).toBe('CTS 0.1.0: ready, answers at http://127.0.0.1:9');
    expect(describe(null)).toBe('CTS 0.1.0: ready');
  });

  it('says why there is none, and what to do', () => {
    const reason = new CtsError('SERVER_NOT_STARTED', 'It ended', { actions: ['See its log.'] });
    expect(describeStatus({ state: 'stopped', reason }, undefined, untranslated)).toEqual({
      text: '$(error) CTS: stopped',
      tooltip: 'It ended\nSee its log.',
      severity: 'error',
    });
  });
});

describe('OutageWatch', () => {
  it('tells an outage once, and again when a minute has passed without one', () => {
    let now = 0;
    const watch = new OutageWatch(() => now);
    const told = (status: Parameters<OutageWatch['observe']>[0]): string | undefined =>
      watch.observe(status, untranslated)?.text;
    expect(told({ state: 'ready' })).toBeUndefined();
    expect(told(LOST)).toBe('The CTS backend stopped. Open logs stay as they are; it is starting again.');
    told({ state: 'ready' });
    now = 5000;
    expect(told(LOST)).toBeUndefined();
    told({ state: 'ready' });
    now = 70_000;
    expect(told(LOST)).toMatch(/^The CTS backend stopped/);
  });

  it('tells an outage once, however long its restarts take', () => {
    let now = 0;
    const watch = new OutageWatch(() => now);
    watch.observe({ state: 'ready' }, untranslated);
    now = 100_000;
    expect(watch.observe(LOST, untranslated)?.kind).toBe('restarting');
    now = 200_000;
    expect(watch.observe(LOST, untranslated)).toBeUndefined();
  });

  it('tells nothing of a first start that takes long, but that it failed in the end', () => {
    const watch = new OutageWatch(() => 0);
    expect(watch.observe(LOST, untranslated)).toBeUndefined();
    const reason = new CtsError('SERVER_NOT_STARTED', 'It ended', { actions: ['See its log.'] });
    expect(watch.observe({ state: 'stopped', reason }, untranslated)).toEqual({
      kind: 'stopped',
      text: 'It ended. See its log.',
    });
    expect(watch.observe({ state: 'stopped' }, untranslated)).toBeUndefined();
  });
});
