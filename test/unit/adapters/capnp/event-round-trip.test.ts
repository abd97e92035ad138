import { describe, expect, it } from 'vitest';
import { EventWriter } from '../../../../server/adapters/capnp/event-writer.ts';
import { readSchemaSource } from '../../../../server/adapters/capnp/schema-source.ts';
import { readEventObject } from '../../../../server/core/schema/event-object.ts';
import { NEWEST_SCHEMA, openSchema } from '../../../../server/core/schema/schema-choice.ts';
import { SeededRandom } from '../../../../tools/sample-log/seeded-random.ts';
import { openMessage } from '../../../support/opened-message.ts';
import { RandomValues } from '../../../support/random-value.ts';

const source = readSchemaSource();
const schema = openSchema(NEWEST_SCHEMA);
const writer = new EventWriter(source);

/** One segment; segments as they come; a segment for nearly every object, with far pointers between them. */
const SEGMENT_BYTES = [1 << 20, 8192, 64] as const;

const SERVICES = schema.listServices().map(({ name }) => name);

// The writer follows the schema's source, the reader the table made from it: what one misunderstands shows here.
describe('what EventWriter writes', () => {
  it.each(SERVICES)('reads the same in the product: %s', (service) => {
    SEGMENT_BYTES.forEach((segmentBytes, seed) => {
      const value = new RandomValues(source, new SeededRandom(seed)).makeServiceValue(service);
      const event = { logMonoTime: 2n ** 63n + BigInt(seed), valid: seed % 2 === 0, service, value };
      const { logMonoTime, valid } = event;
      const bytes = writer.write(event, { segmentBytes });
      expect(readEventObject(openMessage(bytes), schema)).toEqual({
        event: { logMonoTime, valid, [service]: value },
        badPointers: 0,
        truncated: false,
      });
    });
  });
});
