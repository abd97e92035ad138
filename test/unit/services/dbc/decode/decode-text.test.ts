import { describe, expect, it } from 'vitest';
import { Caller, handleDecoding } from '../../../../support/decode-requests.ts';

describe('dbc/decodeText', () => {
  const databases = [{ path: 'toyota_x' }];
  const text = [
    '(1.5) can0 025#0400',
    '(1.6) can1 025#0400',
    'what is this',
    '(1.7) can128 025#R',
    '(1.8) can0 999#00',
    '(1.8) can0 099#00',
    '  can0  030   [1]  01',
  ].join('\n');

  it('decodes lines, and tells which it cannot read', async () => {
    const result = await handleDecoding()['dbc/decodeText']({ text, databases, firstLine: 10 }, new Caller());
    expect(result).toEqual({
      lines: [
        '{"seconds":1.5,"bus":0,"arbitrationId":37,"message":"GEAR","signals":{"POSITION":4,"SPORT":0},' +
          '"labels":{"POSITION":"D"}}',
        '{"bus":0,"arbitrationId":48,"message":"BRAKE","signals":{"PRESSED":1}}',
      ],
      frames: 5,
      decodedFrames: 2,
      interfaces: ['can0', 'can1', 'can128'],
      unreadable: [
        { line: 12, reason: '"what is this" is no frame' },
        { line: 14, reason: '"999" is no id' },
      ],
    });
  });

  it('numbers buses as in the parts of the text before', async () => {
    const part = { text: '(1.5) can0 025#0400', databases };
    const decode = handleDecoding()['dbc/decodeText'];
    const alone = await decode(part, new Caller());
    expect(alone).toMatchObject({ decodedFrames: 1, interfaces: ['can0'] });
    // Bus 0 is another's already, and no database is for bus 1.
    const later = await decode({ ...part, interfaces: ['vcan0'] }, new Caller());
    expect(later).toMatchObject({ decodedFrames: 0, interfaces: ['vcan0', 'can0'] });
  });

  it('keeps to messages, signals and form', async () => {
    const params = { text, databases, messages: ['GEAR'], signals: ['SPORT'], form: 'text' } as const;
    const { lines, decodedFrames } = await handleDecoding()['dbc/decodeText'](params, new Caller());
    expect([lines, decodedFrames]).toEqual([['    1.500000   0 0x025 GEAR: SPORT=0'], 2]);
    await expect(
      handleDecoding()['dbc/decodeText']({ ...params, messages: ['GAER'] }, new Caller()),
    ).rejects.toMatchObject({ code: 'INVALID_PARAMETER', actions: ['Did you mean GEAR?'] });
  });

  it('reads long texts piece by piece, lines whole, and an empty one', async () => {
    const long = Array.from({ length: 20_000 }, (_, i) => `(${String(i)}) can0 025#0400`).join('\n');
    const { lines, frames } = await handleDecoding()['dbc/decodeText'](
      { text: long, databases },
      new Caller(),
    );
    expect([lines.length, frames]).toEqual([20_000, 20_000]);
    expect(lines[19_999]).toContain('"seconds":19999,');
    expect(await handleDecoding()['dbc/decodeText']({ text: '', databases }, new Caller())).toMatchObject({
      lines: [],
    });
  });

  it('stops when it is aborted', async () => {
    const caller = new Caller(AbortSignal.abort(new Error('enough')));
    await expect(handleDecoding()['dbc/decodeText']({ text, databases }, caller)).rejects.toThrow('enough');
  });
});
