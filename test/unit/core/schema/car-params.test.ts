import { describe, expect, it } from 'vitest';
import { readCarParams } from '../../../../server/core/schema/car-params.ts';
import { listSchemas, openSchema } from '../../../../server/core/schema/schema-choice.ts';
import { buildEvent, type Content, struct, text } from '../../../support/message-builder.ts';
import { openMessage } from '../../../support/opened-message.ts';

const schema = openSchema('newest');

function read(vin: Content) {
  const pointers: Content[] = [text('subaru'), text('SUBARU_OUTBACK'), ...Array<undefined>(8), vin];
  return readCarParams(openMessage(buildEvent({ tag: 67, content: struct([], pointers) })), schema);
}

describe('readCarParams', () => {
  it.each([
    ['hides all of the VIN but the manufacturer', text('JF1ABCDEFGH123456'), 'JF1**************'],
    ['knows a VIN that was not read', text('00000000000000000'), undefined],
    ['bears no VIN', undefined, undefined],
  ])('%s', (_, vin, maskedVin) => {
    expect(read(vin)).toEqual({ carFingerprint: 'SUBARU_OUTBACK', brand: 'subaru', maskedVin });
  });

  it('reads the brand under its former name carName', () => {
    const view = openMessage(buildEvent({ tag: 67, content: struct([], [text('honda')]) }));
    expect(readCarParams(view, openSchema('v0.8.16'))).toMatchObject({ brand: 'honda', carFingerprint: '' });
  });

  it.each(listSchemas().map(({ id }) => id))('reads the brand under schema %s', (id) => {
    const view = openMessage(buildEvent({ tag: 67, content: struct([], [text('honda'), text('CIVIC')]) }));
    expect(readCarParams(view, openSchema(id))).toMatchObject({ brand: 'honda', carFingerprint: 'CIVIC' });
  });

  it('gives nothing for an event without content', () => {
    expect(readCarParams(openMessage(buildEvent({ tag: 67 })), schema)).toBeUndefined();
  });
});
